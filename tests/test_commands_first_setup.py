"""`resi setup` asks, checks, writes what only its user can read, and never in the place of what is there unasked."""

from pathlib import Path

import pytest

from storage import new_key_line
from tests.fakes.shell import Shell

CANARY = "kanari-4711"
ANSWERS = {
    "PUBLIC_URL": "https://resi.kota.example",
    "MAIL_ADDRESS": "lapor@kota.example",
    "MAIL_RELAY_URL": f"smtp://resi:{CANARY}@smtp.relay.example:587",
    "TELEGRAM_TOKEN": f"12:{CANARY}",
}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def answers(shell: Shell, **more: str) -> tuple[str, ...]:
    path = shell.folder.parent / f"{shell.folder.name}.answers"
    path.write_text("".join(f"RESI_{name}={value}\n" for name, value in (ANSWERS | more).items()))
    path.chmod(0o600)
    return ("setup", "--yes", "--answers", str(path))


def test_by_a_script_settings_keys_and_database_are_there_and_the_service_would_start(shell: Shell) -> None:
    ran = shell.resi(*answers(shell))
    assert ran.code == 0
    assert "The service would start." in ran.lines
    assert "  kota.example. MX 10 kota.example." in ran.lines
    assert CANARY not in ran.all
    for path in (shell.folder / ".env", *(shell.folder / "secrets").iterdir()):
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.name == ".env" or path.read_text().strip() not in ran.all
    assert sorted(path.name for path in (shell.folder / "secrets").iterdir()) == ["backup_key", "keys"]
    assert shell.resi("doctor").code == 0


def test_what_is_there_is_not_changed_unless_that_is_said_and_keys_never(shell: Shell) -> None:
    assert shell.resi(*answers(shell), "--no-database").code == 1  # no database yet: the doctor says so
    before, keys = (shell.folder / ".env").read_text(), (shell.folder / "secrets" / "keys").read_text()
    refused = shell.resi(*answers(shell))
    assert refused.code == 1
    assert "--replace" in refused.err
    assert (shell.folder / ".env").read_text() == before
    (shell.folder / ".env").write_text(before + "# ours\nRESI_CONTACT_DAYS=10\n")
    assert shell.resi("setup", "--yes", "--replace", "--no-database", "--set", "MAIL_LISTEN=off").code == 1
    after = (shell.folder / ".env").read_text()
    assert "# ours\nRESI_CONTACT_DAYS=10\n" in after
    assert "RESI_MAIL_LISTEN=off\n" in after
    assert (shell.folder / "secrets" / "keys").read_text() == keys


def test_everything_that_is_missing_is_told_at_once_and_nothing_is_written(shell: Shell) -> None:
    ran = shell.resi("setup", "--yes")
    assert (ran.code, ran.out) == (1, "")
    for name in ("PUBLIC_URL", "MAIL_ADDRESS", "MAIL_RELAY_URL"):
        assert f"RESI_{name} " in ran.err
    assert list(shell.folder.iterdir()) == []


def test_who_is_asked_is_told_of_each_answer_at_once_and_may_try_again(shell: Shell) -> None:
    typed = ["development", "", "", "", "", "", "off", "wrong", f"12:{CANARY}", "none"]
    ran = shell.resi("setup", "--no-database", said="".join(f"{each}\n" for each in typed))
    assert ran.code == 0
    assert "RESI_TELEGRAM_TOKEN is not a bot's token" in ran.out
    assert "RESI_SMS_PROVIDER [none]: " in ran.out
    assert "RESI_MAIL_ADDRESS" not in ran.out
    assert CANARY not in ran.all
    assert f"RESI_TELEGRAM_TOKEN=12:{CANARY}\n" in (shell.folder / ".env").read_text()
    assert shell.resi("setup", said="no\n").code == 1


def test_a_folder_in_which_nothing_can_be_written_is_told_before_the_first_question(shell: Shell) -> None:
    ran = shell.resi("setup", "--file", "nowhere/.env", said="production\n")
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere, where .env and the keys shall lie. Nothing was written." in ran.err
    assert list(shell.folder.iterdir()) == []


def test_answers_that_end_too_soon_leave_nothing(shell: Shell) -> None:
    ran = shell.resi("setup", said="production\n")
    assert ran.code == 1
    assert "Nothing was written." in ran.err
    assert list(shell.folder.iterdir()) == []


def test_the_keys_of_a_trial_are_taken_over_for_they_alone_open_what_it_holds(shell: Shell) -> None:
    code = shell.files_a_report()
    keys = (shell.folder / "var" / "keys").read_text()
    assert shell.resi(*answers(shell)).code == 0
    assert (shell.folder / "secrets" / "keys").read_text() == keys
    assert shell.resi("status", "-", said=code).code == 0


def test_keys_that_are_given_are_taken_and_what_the_environment_beats_is_said(shell: Shell) -> None:
    ran = shell.resi(*answers(shell, KEYS=new_key_line("k1")), "--no-database", MAIL_ADDRESS="other@kota.example")
    assert "warning: RESI_MAIL_ADDRESS is set in the environment, which beats .env." in ran.lines
    assert [path.name for path in (shell.folder / "secrets").iterdir()] == ["backup_key"]
