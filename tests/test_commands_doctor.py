"""`resi doctor` names everything that is wrong in one run, says how to mend it, and changes nothing."""

from contextlib import closing

import pytest

from storage import new_key_line, new_pair, open_store, parse_keys
from tests.fakes.drawn_city import BOXES, WEST, boundaries_file, collection, feature, gazetteer_file
from tests.fakes.nouns import delivery
from tests.fakes.shell import Shell

CANARY = "kanari-4711"


def test_on_a_fresh_machine_all_is_well_and_nothing_is_made(shell: Shell) -> None:
    ran = shell.resi("doctor")
    assert ran.code == 0
    assert ran.lines[-1] == "The service would start."
    assert "telegram: off" in ran.out
    assert "RESI_TELEGRAM_TOKEN" in ran.out
    assert list(shell.folder.iterdir()) == []


def test_a_running_house_is_looked_into(shell: Shell) -> None:
    assert shell.resi("outbox", "list").code == 0
    ran = shell.resi("doctor")
    assert ran.code == 0
    assert "Database: answers, 0 reports." in ran.lines


def test_everything_that_is_wrong_is_named_in_one_run(shell: Shell) -> None:
    shell.env_file(
        MODE="production",
        KEYS=CANARY,
        DATABASE_URL=f"mysql://u:{CANARY}@h/x",
        PUBLIC_URL="http://resi.example",
        TIMEZONE="Mars",
        WEB_LISTEN="8000",
        TELEGRAM_TOKEN=CANARY,
        SMS_PROVIDER="pigeon",
        MAIL_RELAY_URL=f"http://u:{CANARY}@h",
        NEWS_DELAI="1",
    )
    ran = shell.resi("doctor")
    assert ran.code == 1
    assert ran.lines[-1] == "The service does not start like this."
    for name in (
        "KEYS", "DATABASE_URL", "PUBLIC_URL", "TIMEZONE", "WEB_LISTEN", "TELEGRAM_TOKEN", "SMS_PROVIDER",
        "MAIL_RELAY_URL", "MAIL_ADDRESS",
    ):  # fmt: skip
        assert [line for line in ran.lines if line.startswith(f"error: RESI_{name} ")], name
    assert "warning: RESI_NEWS_DELAI" in ran.out
    assert CANARY not in ran.all
    assert not (shell.folder / "var").exists()


FAR = "postgresql+psycopg://resi:kanari-4711@db.invalid/resi"


@pytest.mark.parametrize(
    ("url", "warns"),
    [
        (FAR, True),
        (f"{FAR}?sslmode=require", True),
        (f"{FAR}?sslmode=verify-full&sslrootcert=system", False),
        ("postgresql+psycopg://resi@127.0.0.1:1/resi", False),
        ("postgresql+psycopg://resi@/resi?host=127.0.0.1:1&host=127.0.0.1:2&target_session_attrs=read-write", False),
        ("postgresql+psycopg://resi@/resi?host=db.invalid:1&host=127.0.0.1:2", True),
        ("postgresql+psycopg://resi@/resi?host=/nowhere", False),
        ("postgresql+psycopg://resi@/resi?host=db.invalid", True),
    ],
)
def test_a_database_on_another_machine_that_is_not_asked_who_it_is_is_a_warning(
    url: str,
    warns: bool,  # noqa: FBT001 - pytest passes parameters by name
    shell: Shell,
) -> None:
    shell.env_file(DATABASE_URL=url)
    ran = shell.resi("doctor")
    assert ("sslmode=verify-full" in ran.out) is warns
    assert CANARY not in ran.all


def test_a_sound_production_without_a_database_is_told_to_migrate(shell: Shell) -> None:
    shell.exported |= {"MODE": "production", "PUBLIC_URL": "https://resi.example", "MAIL_LISTEN": "off"}
    shell.exported["KEYS"] = new_key_line("a")
    ran = shell.resi("doctor")
    assert ran.code == 1
    assert "resi migrate" in ran.out
    assert shell.resi("migrate").code == 0
    ran = shell.resi("doctor")
    assert ran.code == 0, ran


def test_why_deliveries_failed_stands_in_the_list_and_is_told_by_the_doctor(shell: Shell) -> None:
    shell.resi("outbox", "list")
    url = f"sqlite:///{shell.folder / 'var' / 'resi.db'}"
    first = delivery(b"a")
    line = (shell.folder / "var" / "keys").read_text(encoding="ascii").strip()
    with closing(open_store(url, parse_keys(line))) as store:
        store.run(lambda tx: tx.outbox.add(first))
        store.run(lambda tx: tx.outbox.retry_at(first.id, first.not_before, "recipient_refused_450"))
    assert shell.resi("outbox", "list").lines[-1].endswith(" why=recipient_refused_450")
    assert "warning: 1 by sms are tried again: recipient_refused_450" in shell.resi("doctor").out


def test_lost_keys_are_told_and_no_others_are_made(shell: Shell) -> None:
    assert shell.resi("outbox", "list").code == 0
    keys = shell.folder / "var" / "keys"
    kept = keys.read_bytes()
    keys.unlink()
    ran = shell.resi("doctor")
    assert ran.code == 1
    assert "keys is missing" in ran.out
    assert not keys.exists()
    keys.write_bytes(kept)
    assert shell.resi("doctor").code == 0
    ran = shell.resi("doctor", KEYS=new_key_line("b"))
    assert ran.code == 1
    assert "do not fit" in ran.out


def test_a_folder_that_others_can_read_is_a_warning(shell: Shell) -> None:
    (shell.folder / "var").mkdir(mode=0o755)
    ran = shell.resi("doctor")
    assert ran.code == 0
    assert "warning: var can be read by others" in ran.out


def test_a_folder_that_is_none_is_an_error(shell: Shell) -> None:
    (shell.folder / "var").write_text("x")
    ran = shell.resi("doctor")
    assert ran.code == 1
    assert "error: " in ran.out
    assert "RESI_DATA_DIR" in ran.out


def test_what_bites_only_in_production_is_a_warning_in_development(shell: Shell) -> None:
    ran = shell.resi("doctor", TELEGRAM_TOKEN=CANARY)
    assert ran.code == 0
    assert "warning: RESI_TELEGRAM_TOKEN" in ran.out
    assert CANARY not in ran.all


@pytest.mark.parametrize("listen", ["127.0.0.1:8000", "localhost:8000", "[::1]:8000"])
def test_a_proxy_that_is_not_named_is_a_warning(shell: Shell, listen: str) -> None:
    shell.exported |= {"PUBLIC_URL": "https://resi.example", "WEB_LISTEN": listen}
    ran = shell.resi("doctor")
    assert ran.code == 0
    assert "warning: RESI_TRUSTED_PROXIES" in ran.out
    assert "RESI_TRUSTED_PROXIES" not in shell.resi("doctor", TRUSTED_PROXIES="127.0.0.1").out


@pytest.mark.parametrize(
    ("url", "listen"), [("http://127.0.0.1:8000", "127.0.0.1:8000"), ("https://resi.example", "203.0.113.9:8000")]
)
def test_where_no_proxy_must_be_none_is_missed(shell: Shell, url: str, listen: str) -> None:
    ran = shell.resi("doctor", PUBLIC_URL=url, WEB_LISTEN=listen)
    assert ran.code == 0
    assert "RESI_TRUSTED_PROXIES" not in ran.out


@pytest.mark.parametrize(
    ("every", "least", "told"),
    [
        ("", "", "each report at once, as it is"),
        ("daily", "5", "a batch every 1440 minutes, kind and place of each report shared by 5 proved senders"),
        ("0", "3", "a batch every 1 minutes, kind and place of each report shared by 3 proved senders"),
    ],
)
def test_how_reports_are_published_is_told(shell: Shell, every: str, least: str, told: str) -> None:
    ran = shell.resi("doctor", PUBLISH_EVERY=every, PUBLISH_LEAST=least)
    assert ran.code == 0
    assert f"Public list: {told}." in ran.out
    assert ("warning: RESI_PUBLISH_EVERY" in ran.out) == (least == "3")


def test_a_map_is_looked_through_and_what_is_odd_about_it_said(shell: Shell) -> None:
    file = boundaries_file(shell.folder)
    ran = shell.resi("doctor", BOUNDARIES=str(file))
    assert "Map: outlines of 4 areas." in ran.lines
    assert "warning: RESI_BOUNDARIES 263 kelurahan have no outline" in ran.out
    assert ran.code == 0
    assert list(shell.folder.iterdir()) == [file]


def test_of_many_odd_things_about_a_map_some_are_said(shell: Shell) -> None:
    strange = [feature(f"99.01.01.{1000 + at}", BOXES[WEST]) for at in range(99)]
    file = shell.folder / "map.geojson"
    file.write_bytes(collection(feature(WEST, BOXES[WEST]), *strange))
    ran = shell.resi("doctor", BOUNDARIES=str(file))
    assert (
        "warning: RESI_BOUNDARIES feature 2: 99.01.01.1000 is no kelurahan or kecamatan of ours; left out." in ran.lines
    )
    assert "warning: RESI_BOUNDARIES: 70 more like these." in ran.lines
    assert "RESI_MAP_CREDIT" in ran.out


def test_a_broken_map_is_said_and_stops_nothing(shell: Shell) -> None:
    file = shell.folder / "map.geojson"
    file.write_text("{", encoding="utf-8")
    ran = shell.resi("doctor", BOUNDARIES=str(file))
    assert "warning: RESI_BOUNDARIES is no JSON: line 1, column 2." in ran.out
    assert ran.code == 0


def test_a_map_that_is_not_there_stops_production(shell: Shell) -> None:
    ran = shell.resi("doctor", BOUNDARIES="nowhere.geojson", MODE="production")
    assert "error: RESI_BOUNDARIES names no file that can be read." in ran.out
    assert ran.code == 1


def test_names_are_looked_through_too(shell: Shell) -> None:
    file = gazetteer_file(shell.folder)
    with file.open("a", encoding="utf-8") as rows:
        rows.write("\nTengah\tstreet\t\t\t99.99.99.9999")
    ran = shell.resi("doctor", GAZETTEER=str(file))
    assert "Map: 7 names of places." in ran.lines
    assert "warning: RESI_GAZETTEER line 11: 99.99.99.9999 is no area of ours; left out." in ran.lines
    file.write_text("nama\tx", encoding="utf-8")
    ran = shell.resi("doctor", GAZETTEER=str(file))
    assert "warning: RESI_GAZETTEER has no column kind, areas" in ran.out
    assert ran.code == 0


def test_who_can_open_addresses_is_said_and_what_still_waits_to_be_sealed(shell: Shell) -> None:
    shell.files_a_report()
    assert "Addresses: RESI_KEYS opens them, in every part." in shell.resi("doctor").out
    private, public = new_pair()
    pair = private.partition(":")[0]
    waits = shell.resi("doctor", ADDRESS_PUBLIC=public)
    assert f"Addresses: sealed to the pair {pair}; not opened here." in waits.out
    assert "warning: 1 addresses are not sealed to that pair yet. Run: resi keys rotate" in waits.lines
    assert shell.resi("keys", "rotate", ADDRESS_PUBLIC=public).code == 0
    assert "warning: 1 addresses" not in shell.resi("doctor", ADDRESS_KEYS=private).out
    other, _ = new_pair()
    lacks = shell.resi("doctor", ADDRESS_KEYS=other)
    assert f"warning: 1 addresses take the pair {pair}, which RESI_ADDRESS_KEYS does not have." in lacks.lines


def test_a_secret_that_lies_open_or_half_a_pair_in_the_wrong_place_is_an_error(shell: Shell) -> None:
    path = shell.folder / "secret"
    path.write_text(new_key_line("a"))
    path.chmod(0o640)
    ran = shell.resi("doctor", KEYS_FILE=str(path))
    assert ran.code == 1
    assert [line for line in ran.lines if line.startswith("error: RESI_KEYS_FILE names")]
    _, public = new_pair()
    ran = shell.resi("doctor", ADDRESS_KEYS=public)
    assert ran.code == 1
    assert "RESI_ADDRESS_KEYS cannot be read" in ran.out
