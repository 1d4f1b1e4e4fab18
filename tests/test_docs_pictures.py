"""The pictures of the docs: what the command takes is there, is shown with words beside it, and is light."""

import re
from pathlib import Path

import pytest
from PIL import Image

from docs.camera import INTO, PICTURES, Picture

ROOT = Path(__file__).parents[1]
PAGES = tuple(ROOT / "docs" / name for name in ("desk.md", "form.md"))
SHOWN = re.compile(r'!\[(?P<words>[^\]]+)\]\((?P<file>[\w/.]+)\)|<img src="(?P<other>[\w/.]+)" alt="(?P<alt>[^"]+)"')
MOST, MOST_OF_ALL = 200_000, 1_200_000  # bytes
FILES = tuple(sorted(INTO.glob("*")))


def shown(page: Path) -> dict[Path, str]:
    """File -> the words that stand for it."""
    found = SHOWN.finditer(page.read_text(encoding="utf-8"))
    return {(page.parent / (each["file"] or each["other"])).resolve(): each["words"] or each["alt"] for each in found}


def test_every_picture_that_is_taken_is_there_and_no_other() -> None:
    assert {each.name for each in FILES} == {f"{each.name}.png" for each in PICTURES}


def test_the_walk_shows_each_with_words_for_who_cannot_see_it() -> None:
    words = {file: said for page in PAGES for file, said in shown(page).items()}
    assert set(words) == {each.resolve() for each in FILES}
    assert all(len(each) > 20 for each in words.values())
    assert len(set(words.values())) == len(words)


@pytest.mark.parametrize("page", [ROOT / "README.md", *PAGES], ids=lambda page: page.name)
def test_no_page_shows_a_picture_that_is_not_there(page: Path) -> None:
    assert [file.name for file in shown(page) if not file.exists()] == []
    assert shown(page)


def test_they_are_light() -> None:
    sizes = {each.name: each.stat().st_size for each in FILES}
    assert {name: size for name, size in sizes.items() if size >= MOST} == {}
    assert sum(sizes.values()) < MOST_OF_ALL


@pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)
def test_each_is_a_whole_picture_of_its_size_that_tells_of_no_machine(picture: Picture) -> None:
    with Image.open(INTO / f"{picture.name}.png") as image:
        image.load()
        assert image.size == (picture.width, picture.height)
        assert not image.info.keys() & {"Software", "Comment", "exif"}
