"""A city's real outlines and names, which the repository does not hold: TEST_MAP_DATA names a folder with them."""

import os
from pathlib import Path

import pytest


def map_data(name: str) -> Path:
    """A file of that folder; a test that needs it is skipped, and says so, where there is none."""
    folder = os.environ.get("TEST_MAP_DATA", "")  # noqa: TID251 - of the tests, not of the service
    file = Path(folder, name)
    if not folder or not file.is_file():
        pytest.skip(f"NO MAP: TEST_MAP_DATA names no folder with {name}")
    return file
