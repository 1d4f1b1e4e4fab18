"""Limits of files can be moved by an operator, and a slip is said in words."""

from pathlib import Path

import pytest

from app.settings import SERVICE_SETTINGS, load
from core.scrub import Limits

MOVED = {
    "FILE_MAX_BYTES": "file_bytes",
    "FILE_MAX_PIXELS": "pixels",
    "FILE_MAX_PAGES": "pages",
    "FILE_MAX_SECONDS": "seconds",
    "FILE_MAX_INFLATED": "inflated_bytes",
    "FILE_PATIENCE": "patience",
    "FILE_DOCUMENT_PATIENCE": "document_patience",
    "FILE_MESSAGE_PATIENCE": "message_patience",
    "FILE_SENDER_SECONDS": "sender_seconds",
    "FILE_PATH_SECONDS": "path_seconds",
}


def test_every_limit_that_can_be_moved_is_declared_with_its_default() -> None:
    declared = {row.name: row.default for row in SERVICE_SETTINGS if row.name.startswith("FILE_")}
    assert declared.pop("FILE_CHILDREN") == "4"
    assert declared == {name: str(getattr(Limits(), field)) for name, field in MOVED.items()}
    assert load(Path("nowhere")).limits == Limits()


@pytest.mark.parametrize(("name", "field"), MOVED.items())
def test_a_limit_that_is_set_holds(name: str, field: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RESI_{name}", "7")
    settings = load(Path("nowhere"))
    assert getattr(settings.limits, field) == 7
    assert not [problem for problem in settings.problems if problem.setting == name]


@pytest.mark.parametrize("value", ["0", "-1", "viel", "1.5"])
def test_a_limit_that_cannot_be_is_said_and_the_default_holds(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_FILE_MAX_PAGES", value)
    settings = load(Path("nowhere"))
    assert settings.limits == Limits()
    assert [problem.setting for problem in settings.problems if problem.setting == "FILE_MAX_PAGES"]


@pytest.mark.parametrize(
    "name",
    [
        *("NEWS_DELAY", "PUBLISH_LEAST", "CONTACT_DAYS", "FILE_MAX_BYTES", "FILE_PATIENCE", "FILE_CHILDREN"),
        *("DISK_RESERVE", "WEB_CONNECTIONS", "BOUNDARIES", "GAZETTEER", "TILES", "MAIL_TLS_CERT", "MAIL_MAX_BYTES"),
    ],
)
def test_what_is_far_too_long_is_said_like_any_other_slip(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"RESI_{name}", "9" * 5_000)
    assert name in {problem.setting for problem in load(Path("nowhere")).problems}


def test_nobody_waits_for_longer_than_a_thread_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_FILE_PATIENCE", "9999999999999")
    assert load(Path("nowhere")).limits == Limits()


@pytest.mark.parametrize(
    ("value", "children"), [("2", 2), ("64", 64), ("1", 4), ("65", 4), ("0", 4), ("x", 4), ("²", 4)]
)
def test_as_many_children_clean_files_as_was_set_and_never_one_alone(
    value: str, children: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RESI_FILE_CHILDREN", value)
    settings = load(Path("nowhere"))
    assert settings.file_children == children
    wrong = [problem for problem in settings.problems if problem.setting == "FILE_CHILDREN"]
    assert bool(wrong) == (str(children) != value)
