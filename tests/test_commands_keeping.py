"""`resi migrate`, `purge`, `keys` and `outbox`: what an operator orders, and that a rehearsal changes nothing."""

import sqlite3
from contextlib import closing

from storage import new_key_line, parse_keys
from tests.fakes.shell import Shell


def test_keys_new_prints_one_line_that_the_settings_take(shell: Shell) -> None:
    first, second = shell.resi("keys", "new"), shell.resi("keys", "new")
    assert (first.code, len(first.lines)) == (0, 1)
    keys = parse_keys(first.lines[0])
    assert len(keys.by_id[keys.first]) == 32
    assert parse_keys(f"{first.lines[0]},{second.lines[0]}").first == keys.first
    assert shell.resi("status", shell.nobodys, KEYS=first.lines[0]).code == 1
    assert not (shell.folder / "var" / "keys").exists()


def test_migrating_twice_is_as_good_as_once(shell: Shell) -> None:
    for _ in range(2):
        ran = shell.resi("migrate")
        assert (ran.code, ran.err) == (0, "")
        assert "up to date" in ran.out


def test_a_dry_purge_counts_and_changes_nothing_and_a_real_one_erases(shell: Shell) -> None:
    code = shell.files_a_report()
    path = shell.folder / "var" / "resi.db"
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE report SET status = 'selesai', closed = '2020-01-01 00:00:00'")
        database.commit()
        before = list(database.iterdump())
    dry = shell.resi("purge", "--dry-run")
    assert dry.code == 0
    assert "contacts 1" in dry.lines
    with closing(sqlite3.connect(path)) as database:
        assert list(database.iterdump()) == before
    assert "contacts 1" in shell.resi("purge").lines
    assert "contacts 0" in shell.resi("purge", "--dry-run").lines
    assert shell.resi("status", code).code == 0


def test_the_outbox_is_listed_without_address_or_words_and_made_due(shell: Shell) -> None:
    assert shell.resi("outbox", "list").lines == ["Nothing waits."]
    with closing(sqlite3.connect(shell.folder / "var" / "resi.db")) as database:
        columns = "id, kind, channel, state, not_before, attempts, lane, sealed"
        row = ("d1", "reply", "sms", "waiting", "2099-01-01 00:00:00.000000", 3, b"l", b"x")
        database.execute(f"INSERT INTO outbox ({columns}) VALUES (?,?,?,?,?,?,?,?)", row)  # noqa: S608 - our own names
        database.commit()
    assert shell.resi("outbox", "list").lines == ["d1 reply sms waiting tries=3 due=2099-01-01T07:00+07:00"]
    strange = shell.resi("outbox", "retry", "d1", "d2", "d2")
    assert (strange.code, strange.lines) == (1, ["1 made due."])
    assert strange.err.startswith("1 of these")
    assert shell.resi("outbox", "retry", "d1").lines == ["1 made due."]
    assert "2099" not in shell.resi("outbox", "list").out
    assert shell.resi("outbox", "retry").lines == ["1 made due."]


def test_the_key_file_of_development_that_a_rotation_left_behind_is_told(shell: Shell) -> None:
    shell.files_a_report()
    file = shell.folder / "var" / "keys"
    assert "opens nothing" not in shell.resi("keys", "rotate").out
    after = new_key_line("after")
    both = f"{after},{file.read_text(encoding='ascii').strip()}"
    assert "keys opens nothing" in shell.resi("keys", "rotate", KEYS=both).out
    ran = shell.resi("outbox", "list")
    assert (ran.code, ran.out) == (1, "")
    assert "RESI_KEYS is not set" in ran.err
    file.unlink()
    assert "opens nothing" not in shell.resi("keys", "rotate", KEYS=after).out


def halves(shell: Shell) -> dict[str, str]:
    """A fresh pair, as its command prints it."""
    ran = shell.resi("keys", "addresses")
    assert (ran.code, ran.err) == (0, "")
    return dict(line.removeprefix("RESI_").split("=", 1) for line in ran.lines)


def test_keys_addresses_prints_both_halves_as_the_settings_take_them(shell: Shell) -> None:
    one, other = halves(shell), halves(shell)
    assert list(one) == ["ADDRESS_KEYS", "ADDRESS_PUBLIC"]
    assert one != other
    assert shell.resi("outbox", "list", **one).code == 0
    mixed = shell.resi("outbox", "list", ADDRESS_PUBLIC=one["ADDRESS_KEYS"])
    assert mixed.code == 1
    assert "is not the public half" in mixed.err


def test_keys_rotate_moves_addresses_to_the_pair_of_today_and_says_what_it_cannot(shell: Shell) -> None:
    old, new = halves(shell), halves(shell)
    shell.files_a_report()
    assert "1 addresses were sealed" in shell.resi("keys", "rotate", ADDRESS_PUBLIC=old["ADDRESS_PUBLIC"]).out
    again = shell.resi("keys", "rotate", **old)
    assert (again.code, "addresses" in again.out) == (0, False)
    stuck = shell.resi("keys", "rotate", **new)
    assert stuck.code == 1
    assert "1 addresses are not sealed to the pair of today" in stuck.err
    both = {"ADDRESS_KEYS": f"{new['ADDRESS_KEYS']},{old['ADDRESS_KEYS']}"}
    assert "1 addresses were sealed" in shell.resi("keys", "rotate", **both).out
    assert shell.resi("keys", "rotate", ADDRESS_PUBLIC=new["ADDRESS_PUBLIC"]).code == 0


def test_a_secret_that_lies_open_stops_every_command_and_is_not_passed_over(shell: Shell) -> None:
    path = shell.folder / "secret"
    path.write_text(shell.resi("keys", "new").lines[0])
    path.chmod(0o644)
    for words in (("outbox", "list"), ("run",), ("keys", "rotate"), ("migrate",)):
        ran = shell.resi(*words, KEYS_FILE=str(path))
        assert ran.code == 1
        assert f"RESI_KEYS_FILE names {path}, which others can read or write." in ran.err
        assert not ran.shows_a_trace
    assert not (shell.folder / "var").exists(), "no key was made in its place"
    path.chmod(0o600)
    assert shell.resi("outbox", "list", KEYS_FILE=str(path)).code == 0
    assert not (shell.folder / "var" / "keys").exists()
