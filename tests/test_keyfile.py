"""Keys come from the settings; development makes its own once, whole, and for its owner alone."""

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.keyfile import key_file, keys_of
from storage import new_key_line, parse_keys
from tests.fakes.patience import PATIENCE
from tests.fakes.set_up import settings_in
from tests.fakes.shell import CHECKOUT

RACE = """
import sys
from pathlib import Path
from app.keyfile import keys_of
from app.settings import load
sys.stdin.read()
keys, made = keys_of(load(Path(sys.argv[1])), "20261124")
print(keys.by_id[keys.first].hex(), int(made))
"""


def test_development_makes_a_key_once_and_reads_it_ever_after(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    keys, made = keys_of(settings, "20261124")
    assert made
    assert keys.first == "dev20261124"
    assert len(keys.by_id[keys.first]) == 32
    assert keys_of(settings, "20270101") == (keys, False)


def test_the_file_is_for_its_owner_alone_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    keys_of(settings, "20261124")
    path = key_file(settings)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["keys"]
    assert path.stat().st_nlink == 1


def test_a_file_that_is_there_is_never_written_again(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    path = key_file(settings)
    path.parent.mkdir(parents=True)
    path.write_text(new_key_line("mine"), encoding="ascii")
    before = path.stat().st_mtime_ns, path.read_bytes()
    keys, made = keys_of(settings, "20261124")
    assert (keys.first, made) == ("mine", False)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == before


def test_many_at_once_in_one_process_all_have_the_one_key(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda _: keys_of(settings, "20261124"), range(16)))
    assert len({keys.by_id[keys.first] for keys, _ in found}) == 1
    assert [made for _, made in found].count(True) == 1


def test_two_processes_at_once_have_the_one_key_whole(tmp_path: Path) -> None:
    settings_in(tmp_path)
    racers = [
        subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-c", RACE, str(tmp_path / "values.env")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
        )
        for _ in range(2)
    ]
    said = [racer.communicate(timeout=PATIENCE)[0].decode().split() for racer in racers]
    assert said[0][0] == said[1][0]
    assert len(bytes.fromhex(said[0][0])) == 32
    assert sorted(made for _, made in said) == ["0", "1"]


def test_keys_that_are_set_are_used_and_no_file_is_made(tmp_path: Path) -> None:
    line = new_key_line("a") + "," + new_key_line("b")
    settings = settings_in(tmp_path, KEYS=line)
    assert keys_of(settings, "20261124") == (parse_keys(line), False)
    assert not key_file(settings).exists()


def test_production_makes_no_key_nor_takes_the_one_of_development(tmp_path: Path) -> None:
    keys_of(settings_in(tmp_path), "20261124")
    strict = settings_in(tmp_path, MODE="production")
    with pytest.raises(ValueError, match="not set"):
        keys_of(strict, "20261124")
    key_file(strict).unlink()
    with pytest.raises(ValueError, match="not set"):
        keys_of(strict, "20261124")
    assert not key_file(strict).exists()


@pytest.mark.parametrize("raw", [b"geheim", b"\xff\xfegeheim", b"", b"a:geheim", b"a:" + b"geheim" * 8])
def test_a_file_that_holds_no_key_is_told_without_what_it_holds(tmp_path: Path, raw: bytes) -> None:
    settings = settings_in(tmp_path)
    key_file(settings).parent.mkdir(parents=True)
    key_file(settings).write_bytes(raw)
    with pytest.raises(ValueError, match="key") as told:
        keys_of(settings, "20261124")
    assert "geheim" not in str(told.value)
    assert "xff" not in str(told.value)
