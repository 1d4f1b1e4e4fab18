"""`resi scrub`: every file gets a clean copy under a name that tells nothing, or a reason; useful alone, to anyone."""

import contextlib
import json
import os
import pty
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.cli import app
from app.commands.scrub import Job, scrub
from app.sandbox import Sandbox
from app.sandbox.spawning import environment, spawner_of
from core.phrases import phrase
from core.scrub import Limits
from core.scrub import scrub as scrubbed
from tests.hostile.files import CANARY, after_start, exif_segment, picture, png, segment, tiff
from tests.hostile.pdf_files import paper

PHOTO = after_start(picture(), exif_segment(tiff()), segment(0xFE, CANARY))
FILES = {
    "a.jpg": PHOTO,
    "sub/b.pdf": paper(),
    "sub/c.docx": b"PK\3\4" + bytes(26) + b"[Content_Types].xml" + CANARY,
    "sub/deep/d.txt": b"jalan rusak\r\n",
    "e.png": png(),
}


@pytest.fixture
def given(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["scrub", *map(str, arguments)])
    return done.exit_code, done.stdout, done.stderr


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_folder_is_read_to_its_depths_and_the_map_says_which_is_which(given: Path, tmp_path: Path) -> None:
    out, names = tmp_path / "clean", tmp_path / "names.json"
    code, said, complaints = run(given, "-o", out, "--map", names)
    copies = json.loads(names.read_text())
    assert code == 1  # one was refused, after the others were done
    assert copies.keys() == FILES.keys()
    assert copies["sub/c.docx"] is None
    assert names_in(out) == {copy for copy in copies.values() if copy}
    for name, copy in copies.items():
        if copy:
            assert (out / copy).read_bytes() == scrubbed(FILES[name]).data
            assert re.fullmatch(r"[a-z2-7]{26}\.(jpg|pdf|txt|png)", copy)
    assert "a.jpg: camera, comment, gps, text, time" in said.splitlines()
    assert "sub/deep/d.txt: nothing to remove" in said.splitlines()
    assert complaints.splitlines() == [f"sub/c.docx: {phrase('file_office', 'en')}"]


def test_extensions_say_what_a_copy_now_is_and_times_say_nothing(given: Path, tmp_path: Path) -> None:
    (given / "liar.txt").write_bytes(PHOTO)
    os.utime(given / "liar.txt", (1, 1))
    run(given / "liar.txt", "-o", tmp_path / "clean", "--map", tmp_path / "m.json")
    copy = tmp_path / "clean" / json.loads((tmp_path / "m.json").read_text())["liar.txt"]
    assert copy.suffix == ".jpg"
    assert copy.stat().st_mtime > 1_000


def test_lines_come_in_the_order_of_the_files_whichever_is_done_first(given: Path, tmp_path: Path) -> None:
    for number in range(12):
        (given / f"x{number:02}").write_bytes(b"halo" if number % 2 else PHOTO)
    code, said, _ = run(given, "-o", tmp_path / "clean", "--json")
    rows = [json.loads(line) for line in said.splitlines()]
    assert [row["file"] for row in rows] == sorted((*FILES, *(f"x{number:02}" for number in range(12))))
    assert code == 1


def test_json_has_one_object_a_line(given: Path, tmp_path: Path) -> None:
    _, said, complaints = run(given / "a.jpg", given / "sub" / "c.docx", "-o", tmp_path / "clean", "--json")
    good, bad = map(json.loads, said.splitlines())
    assert good == {
        "file": "a.jpg",
        "copy": next(iter(names_in(tmp_path / "clean"))),
        "kind": "image/jpeg",
        "removed": ["camera", "comment", "gps", "text", "time"],
        "refused": None,
        "why": None,
    }
    assert (bad["file"], bad["copy"], bad["refused"]) == ("c.docx", None, "file_office")
    assert bad["why"] in complaints


def test_all_clean_is_0_and_nothing_to_do_too(given: Path, tmp_path: Path) -> None:
    assert run(given / "a.jpg", "-o", tmp_path / "clean")[0] == 0
    (tmp_path / "empty").mkdir()
    assert run(tmp_path / "empty", "-o", tmp_path / "clean")[0] == 0


# Wrong usage


def test_wrong_usage_is_2_and_nothing_is_done(given: Path, tmp_path: Path) -> None:
    out = tmp_path / "clean"
    (tmp_path / "file").write_text("x")
    for wrong in (
        (given, tmp_path / "missing", "-o", out),
        (given, "-o", given),
        (given, "-o", given / "sub" / ".."),
        (given, "-o", out, "--map", tmp_path / "nowhere" / "m.json"),
        (given, "-o", out, "--map", given),
        (given, "-o", tmp_path / "file"),
        (given,),
        ("-o", out),
    ):
        code, said, complaints = run(*wrong)
        assert (code, said) == (2, "")
        assert complaints
        assert not out.exists()
    assert sorted(str(path.relative_to(given)) for path in given.rglob("*") if path.is_file()) == sorted(FILES)


@pytest.mark.parametrize("out", ["in/clean", "link/clean"])
def test_copies_below_the_folder_that_is_read_are_never_read_again(given: Path, tmp_path: Path, out: str) -> None:
    (tmp_path / "link").symlink_to(given)
    for count in (1, 2):
        code, _, _ = run(given, "-o", tmp_path / out, "--map", tmp_path / "m.json")
        assert code == 1
        assert json.loads((tmp_path / "m.json").read_text()).keys() == FILES.keys()
        assert len(names_in(tmp_path / out)) == 4 * count


def test_two_files_of_one_name_both_stand_in_the_map(given: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "a.jpg").write_bytes(b"PK\3\4")
    code, _, complaints = run(given / "a.jpg", other / "a.jpg", "-o", tmp_path / "clean", "--map", tmp_path / "m.json")
    copies = json.loads((tmp_path / "m.json").read_text())
    assert code == 1
    assert copies.keys() == {"a.jpg", str(other / "a.jpg")}
    assert copies["a.jpg"] in names_in(tmp_path / "clean")
    assert complaints.startswith(f"{other / 'a.jpg'}: ")


def test_nothing_is_left_beside_copies_and_map(given: Path, tmp_path: Path) -> None:
    run(given, "-o", tmp_path / "clean", "--map", tmp_path / "m.json")
    assert names_in(tmp_path) == {"in", "clean", "m.json"}
    assert len(names_in(tmp_path / "clean")) == 4


def test_copies_beside_copies_are_never_overwritten(given: Path, tmp_path: Path) -> None:
    for count in (1, 2, 3):
        run(given / "a.jpg", "-o", tmp_path / "clean")
        assert len(names_in(tmp_path / "clean")) == count


# What can go wrong with a file


def test_what_is_too_large_or_no_file_is_refused_without_reading_it(given: Path, tmp_path: Path) -> None:
    with (given / "huge.jpg").open("wb") as file:
        file.truncate(1 << 40)  # a hole
    os.mkfifo(tmp_path / "pipe")
    code, _, complaints = run(given / "huge.jpg", tmp_path / "pipe", "-o", tmp_path / "clean")
    assert code == 1
    assert [line.split(":")[0] for line in complaints.splitlines()] == ["huge.jpg", "pipe"]


def test_a_limit_of_the_settings_holds_here_too(given: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_FILE_MAX_BYTES", "1000")
    code, _, complaints = run(given / "a.jpg", "-o", tmp_path / "clean")
    assert code == 1
    assert complaints.startswith("a.jpg: That file is too large.")


def test_a_name_cannot_speak_to_the_terminal(given: Path, tmp_path: Path) -> None:
    (given / "a.jpg").rename(given / "\x1b[2Jevil\n.jpg")
    (given / "e.png").rename(given / "\udcff.png")
    code, said, complaints = run(given, "-o", tmp_path / "clean", "--map", tmp_path / "m.json")
    assert code == 1
    assert "\x1b" not in said + complaints
    assert len(said.splitlines()) + len(complaints.splitlines()) == len(FILES)
    assert "\\udcff.png" in json.loads((tmp_path / "m.json").read_text())


CHILD = """
import os, signal, sys
from app.sandbox import child, child_messages as messages

def reply(data):
    if data == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if data == b"hang":
        signal.pause()
    return child.answer(data)

child.say(sys.stdout.buffer.raw, messages.Answer(messages.HELLO, b""))
child.serve(sys.stdin.buffer.raw, sys.stdout.buffer.raw, child.entered(sys.argv)[0], reply)
"""


def bad_children(limits: Limits) -> Sandbox:
    return Sandbox(limits=limits, births=spawner_of(limits, (sys.executable, "-P", "-c", CHILD)), patience=2.0)


def test_a_child_that_dies_or_hangs_costs_one_file_and_is_replaced(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number, data in enumerate((b"die", PHOTO, b"hang", PHOTO, b"die", PHOTO, PHOTO)):
        (folder / f"{number}").write_bytes(data)
    job = Job((folder,), tmp_path / "clean", tmp_path / "m.json", children=2, make=bad_children)
    assert scrub(job) == 1
    copies = json.loads((tmp_path / "m.json").read_text())
    assert [copies[f"{number}"] is None for number in range(7)] == [True, False, True, False, True, False, False]
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_where_no_child_can_be_had_nothing_is_copied(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = spawner_of(Limits(), ("/bin/false",))
    job = Job((given,), tmp_path / "clean", make=lambda limits: Sandbox(limits=limits, births=broken))
    assert scrub(job) == 1
    assert names_in(tmp_path / "clean") == set()
    assert "resi doctor" in capsys.readouterr().err


def test_a_disk_that_is_full_is_not_blamed_on_the_file(
    given: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "clean"
    out.mkdir()
    out.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(out, os.W_OK):
        out.rmdir()
        out.symlink_to("/dev/full")  # nothing can be made below it either
    try:
        code = scrub(Job((given / "a.jpg",), out))
    finally:
        if out.is_dir():
            out.chmod(stat.S_IRWXU)
    assert code in {1, 2}
    assert "cannot be" in capsys.readouterr().err


def all_of(terminal: int) -> str:
    """What was written to it; a terminal gives little at a time, and an error where there is no more."""
    parts = []
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 1 << 16):
            parts.append(part)
    return b"".join(parts).decode(errors="replace")


def test_on_a_terminal_there_is_a_bar_and_the_copies_are_the_same(given: Path, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "app", "scrub", str(given), "-o", str(tmp_path / "clean")]
    env = environment() | {"TERM": "xterm"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=theirs, env=env) as cleaning:  # noqa: S603 -- our own
        os.close(theirs)
        shown = all_of(ours)  # while it runs: a terminal that nobody reads holds up who writes to it
        told, _ = cleaning.communicate()
    os.close(ours)
    assert cleaning.returncode == 1
    assert "cleaning" in shown
    assert "5/5" in shown
    assert b"\x1b" not in told
    assert len(told.splitlines()) == 4
