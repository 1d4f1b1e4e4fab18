"""A city's logo: a picture of the folder that runs nothing, and that pages show."""

import shutil
from pathlib import Path

import pytest

from app.city_pack.check import checked
from tests.test_city_pack import SKELETON, edit

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{more}><path fill="url(#a)" d="M0 0h9v9z"/>{inside}</svg>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = Path(shutil.copytree(SKELETON, tmp_path / "town"))
    edit(made, "city.toml", 'language = "en"', 'logo = "logo.svg"\nlanguage = "en"')
    return made


def drawn(more: str = "", inside: str = "") -> str:
    return SVG.format(more=more, inside=inside)


def test_a_plain_picture_is_taken(folder: Path) -> None:
    (folder / "logo.svg").write_text(drawn(), encoding="utf-8")
    assert checked(folder) == []
    edit(folder, "city.toml", "logo.svg", "logo.png")
    (folder / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    assert checked(folder) == []


@pytest.mark.hostile
@pytest.mark.parametrize(
    ("text", "says"),
    [
        (drawn(inside="<script>x</script>"), "runs"),
        (drawn(more=' onload="x"'), "runs"),
        (drawn(inside="<foreignObject/>"), "runs"),
        (drawn(inside='<image href="https://example.org/x.png"/>'), "another file"),
        (drawn(inside='<use xlink:href="data:x" xmlns:xlink="http://www.w3.org/1999/xlink"/>'), "another file"),
        (drawn(inside="<style>@import 'x'</style>"), "another file"),
        (drawn(inside='<path fill="url(https://example.org)"/>'), "another file"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + drawn(), "document type"),
        ('<?xml-stylesheet href="x"?>' + drawn(), "or a style"),
        ("<html/>", "is no SVG"),
        ("<svg", "is no SVG"),
        ("", "is no SVG"),
        ("x" * 100_001, "too large"),
    ],
)
def test_what_runs_or_asks_for_more_is_refused(folder: Path, text: str, says: str) -> None:
    (folder / "logo.svg").write_text(text, encoding="utf-8")
    [flaw] = checked(folder)
    assert says in flaw.what
    assert flaw.shown().startswith("city.toml:")


def test_a_file_outside_of_the_folder_or_none_is_refused(folder: Path) -> None:
    assert "is not there" in checked(folder)[0].what
    for wrong in ("../logo.svg", "/etc/passwd", "logo.exe"):
        text = (folder / "city.toml").read_text(encoding="utf-8")
        (folder / "city.toml").write_text(text.replace('"logo.svg"', f'"{wrong}"'), encoding="utf-8")
        assert "is no file of the folder" in checked(folder)[0].what
        (folder / "city.toml").write_text(text, encoding="utf-8")
