"""What is clean is kept under a name of its own; what is not says why; what is our fault says that it passes."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from app.file_cleaning import FileCleaning
from app.sandbox import Allowance, Origin
from core.errors import Refused, StoreAway
from storage import Files
from tests.fakes.cued_house import CuedSandbox

T = TypeVar("T")
HERE = Origin("telegram")


async def at_once(work: Callable[[], T], /) -> T:
    return work()


async def test_a_file_is_cleaned_and_kept_or_refused_or_comes_again(tmp_path: Path) -> None:
    files = Files(tmp_path)
    cleaning = FileCleaning(CuedSandbox(), files, at_once)
    clean = await cleaning.clean(b"photo", HERE, Allowance(9))
    kept = await cleaning.keep(clean)
    assert (files.get(kept), kept.kind) == (clean.data, clean.kind)
    with pytest.raises(Refused, match="file_kind"):
        await cleaning.clean(b"bad", HERE, Allowance(9))
    with pytest.raises(StoreAway, match="no sandbox"):
        await cleaning.clean(b"away", HERE, Allowance(9))
    assert len(files.names()) == 1
