"""`resi scrub`: clean copies whose names tell nothing, a map, and a reason for each that was refused."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.fakes.shell import Ran, Shell
from tests.hostile.files import CANARY, after_start, picture, png, segment

NAME = re.compile(r"[a-z2-7]{26}\.(jpg|png)")


def dirty() -> bytes:
    return after_start(picture(), segment(0xFE, CANARY))


def put(shell: Shell, **files: bytes) -> Path:
    """A folder of photos, with one below another."""
    for name, data in files.items():
        path = shell.folder / "in" / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return shell.folder / "in"


def names(shell: Shell) -> dict[str, str | None]:
    found: dict[str, str | None] = json.loads((shell.folder / "names.json").read_text(encoding="utf-8"))
    return found


def scrubbed(shell: Shell, *paths: str | Path) -> Ran:
    return shell.resi("scrub", *paths, "-o", "out", "--map", "names.json")


def copies(shell: Shell) -> set[str]:
    return {path.name for path in (shell.folder / "out").iterdir()}


def test_a_folder_is_read_with_all_below_it_and_the_map_says_which_is_which(shell: Shell) -> None:
    put(shell, a_jpg=dirty(), below__deep__b_jpeg=dirty(), below__c_PNG=png())
    ran = scrubbed(shell, "in")
    assert (ran.code, ran.err) == (0, "")
    found = names(shell)
    assert set(found) == {"a.jpg", "below/deep/b.jpeg", "below/c.PNG"}
    assert set(found.values()) == copies(shell)
    assert all(NAME.fullmatch(str(name)) for name in found.values())
    assert [str(found[name])[-4:] for name in sorted(found)] == [".jpg", ".png", ".jpg"]
    for name in copies(shell):
        assert CANARY not in (shell.folder / "out" / name).read_bytes()


def test_a_file_given_by_itself_goes_by_its_bare_name(shell: Shell) -> None:
    put(shell, below__b_jpg=dirty())
    assert scrubbed(shell, "in/below/b.jpg").code == 0
    assert set(names(shell)) == {"b.jpg"}


def test_the_name_says_what_it_now_is_and_not_what_it_was_called(shell: Shell) -> None:
    put(shell, a_png=dirty())
    assert scrubbed(shell, "in").code == 0
    assert str(names(shell)["a.png"]).endswith(".jpg")


def test_two_files_of_one_name_both_stand_in_the_map(shell: Shell) -> None:
    put(shell, one__x_jpg=b"\x7fELF no photo\x00\x01", two__x_jpg=dirty())
    ran = scrubbed(shell, "in/one/x.jpg", "in/two/x.jpg", "in/two/x.jpg")
    assert ran.code == 1, "one was refused, though another of its name was not"
    found = names(shell)
    assert found["x.jpg"] is None
    assert found["in/two/x.jpg"] in copies(shell)
    assert len(found) == 2


def test_a_refusal_is_named_with_its_reason_and_the_others_are_done(shell: Shell) -> None:
    put(shell, a_zip=b"PK\x03\x04" + bytes(40), b_jpg=dirty(), c_jpg=picture()[:200], d_jpg=b"")
    ran = scrubbed(shell, "in")
    assert ran.code == 1
    found = names(shell)
    assert [found[name] for name in ("a.zip", "c.jpg", "d.jpg")] == [None, None, None]
    assert copies(shell) == {found["b.jpg"]}
    lines = {line.partition(": ")[0]: line.partition(": ")[2] for line in ran.err.splitlines()}
    assert set(lines) == {"a.zip", "c.jpg", "d.jpg"}
    assert all(lines.values())


def test_what_cannot_be_read_for_ever_is_refused(shell: Shell) -> None:
    put(shell, b_jpg=dirty())
    os.mkfifo(shell.folder / "pipe")
    with (shell.folder / "huge.jpg").open("wb") as huge:
        huge.truncate(1 << 33)
    ran = scrubbed(shell, "pipe", "huge.jpg", "in")
    assert ran.code == 1
    assert names(shell)["pipe"] is None
    assert names(shell)["huge.jpg"] is None
    assert names(shell)["b.jpg"] is not None


@pytest.mark.parametrize("words", [("in",), ("in", "-o", "out", "--map", "no/where.json"), ("in", "-o", "in/a.jpg")])
def test_wrong_usage_is_two_and_cleans_nothing(shell: Shell, words: tuple[str, ...]) -> None:
    put(shell, a_jpg=dirty())
    ran = shell.resi("scrub", *words)
    assert ran.code == 2
    assert ran.err
    assert not ran.shows_a_trace
    assert not (shell.folder / "out").exists() or copies(shell) == set()


def test_copies_that_lie_below_the_folder_are_not_cleaned_again(shell: Shell) -> None:
    folder = put(shell, a_jpg=dirty())
    for _ in range(2):
        assert shell.resi("scrub", "in", "-o", "in/out", "--map", "names.json").code == 0
        assert set(names(shell)) == {"a.jpg"}
    assert len(list((folder / "out").iterdir())) == 2


def test_a_name_that_is_no_utf8_is_cleaned_and_told_too(shell: Shell) -> None:
    folder = put(shell, a_jpg=dirty())
    (folder / "a.jpg").rename(os.fsdecode(os.fsencode(folder) + b"/\xff\n\x1b[1m.jpg"))
    ran = scrubbed(shell, "in")
    assert ran.code == 0
    assert list(names(shell)) == ["\\udcff\n\x1b[1m.jpg"]
    assert len(ran.lines) == 1, "a name does not break a line"
    assert "\x1b" not in ran.out, "nor speak to the terminal"


def test_one_can_do_without_a_map(shell: Shell) -> None:
    put(shell, a_jpg=dirty())
    ran = shell.resi("scrub", "in", "-o", "out")
    assert ran.code == 0
    assert len(copies(shell)) == 1
    assert {path.name for path in shell.folder.iterdir()} == {"in", "out"}
