"""Settings: environment over .env, every bad value in one go, nothing fatal but half a production."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.errors import CannotStart
from app.settings import Mode, Settings, declared, load
from bots.channels import CHANNELS
from core.model import Publishing
from storage import sqlite_path

SOUND = {
    "RESI_MODE": "production",
    "RESI_KEYS": "a:" + "A" * 43,
    "RESI_PUBLIC_URL": "https://resi.example",
    "RESI_MAIL_LISTEN": "off",
}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A .env of the test, and an environment without a setting of ours."""
    for row in declared():
        monkeypatch.delenv(f"RESI_{row.name}", raising=False)
    return tmp_path / ".env"


def loaded(file: Path, text: str | bytes = "") -> Settings:
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return load(file)


def wrong(settings: Settings) -> list[str]:
    return [problem.setting for problem in settings.problems]


def lines(values: dict[str, str]) -> str:
    return "".join(f"{name}={value}\n" for name, value in values.items())


def test_with_nothing_set_everything_has_its_default(file: Path) -> None:
    settings = load(file)
    assert (settings.mode, settings.lang, settings.zone.key) == (Mode.DEVELOPMENT, "id", "Asia/Jakarta")
    assert (settings.web_host, settings.web_port) == ("127.0.0.1", 8000)
    assert settings.database_url == f"sqlite:///{Path('var').absolute() / 'resi.db'}"
    assert settings.news_delay == (0, 0)
    assert settings.contact_days == 30
    assert settings.unknown == ()
    assert {name for name in wrong(settings) if not name.startswith("MAIL_")} == set()


def test_the_environment_beats_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_LANGUAGE", "id")
    settings = loaded(file, "RESI_LANGUAGE=en\nRESI_LOG_LEVEL=debug\n")
    assert settings.lang == "id"
    assert settings.log_level == "DEBUG"


def test_an_empty_value_is_the_default_even_over_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_LANGUAGE", "")
    monkeypatch.setenv("RESI_DATABASE_URL", "  ")
    settings = loaded(file, "RESI_LANGUAGE=en\nRESI_DATABASE_URL=postgresql://elsewhere/x\nRESI_TIMEZONE=\n")
    assert settings.lang == "id"
    assert settings.database_url.startswith("sqlite:///")
    assert settings.zone.key == "Asia/Jakarta"


@pytest.mark.parametrize("name", ["a?b=c", "a%41", "a#b", "a b", "@a:b"])
def test_the_database_lies_under_the_data_folder_whatever_that_is_called(file: Path, tmp_path: Path, name: str) -> None:
    url = loaded(file, f"RESI_DATA_DIR='{tmp_path / name}'\n").database_url
    assert sqlite_path(url) == tmp_path / name / "resi.db"


@pytest.mark.parametrize("name", ["DATA_DIR", "FILES", "FILES_BEFORE"])
def test_a_folder_that_a_shell_alone_would_find_is_refused_in_every_mode(file: Path, name: str) -> None:
    settings = loaded(file, f"RESI_{name}=~/resi\n")
    assert [each.setting for each in settings.refused] == [name]


def test_the_database_lies_under_the_data_folder_unless_it_is_named(file: Path) -> None:
    assert loaded(file, "RESI_DATA_DIR=/srv/resi\n").database_url == "sqlite:////srv/resi/resi.db"
    assert loaded(file, "RESI_DATABASE_URL=postgresql://h/x\n").database_url == "postgresql://h/x"


def test_a_name_that_nothing_reads_is_listed_and_never_fatal(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RESI_LANGAUGE", "en")
    monkeypatch.setenv("LANGUAGE", "en")
    settings = loaded(file, "RESI_TELEGRAM_TOKEM=123:geheim\nOTHER=1\nRESI_EMPTY\nRESI_MODE=development\n")
    assert settings.unknown == ("RESI_EMPTY", "RESI_LANGAUGE", "RESI_TELEGRAM_TOKEM")
    assert settings.lang == "id"
    assert "geheim" not in repr(settings)


def test_every_bad_value_is_told_in_one_go_and_the_default_stands_in(file: Path) -> None:
    bad = {
        "RESI_LANGUAGE": "fr",
        "RESI_LOG_LEVEL": "loud",
        "RESI_WEB_LISTEN": "8000",
        "RESI_TIMEZONE": "Asia/Jakart",
        "RESI_CONTACT_DAYS": "thirty",
        "RESI_NEWS_DELAY": "30-0",
        "RESI_PUBLIC_URL": "http://[",
        "RESI_TRUSTED_PROXIES": "10.0.0.0/8, proxy",
        "RESI_KEYS": "geheim",
        "RESI_DATABASE_URL": "mysql://u:geheim@h/x",
    }
    settings = loaded(file, lines(bad))
    assert set(wrong(settings)) >= {name.removeprefix("RESI_") for name in bad}
    assert (settings.lang, settings.log_level, settings.web_port) == ("id", "INFO", 8000)
    assert (settings.contact_days, settings.news_delay) == (30, (0, 0))
    assert settings.proxies == ("10.0.0.0/8",)
    told = "".join(f"{each.what}{each.mend}" for each in settings.problems)
    assert "geheim" not in told + repr(settings)
    assert all(each.what and each.mend for each in settings.problems)


def test_a_mode_that_cannot_be_read_is_taken_for_the_strict_one(file: Path) -> None:
    settings = loaded(file, "RESI_MODE=prod\n")
    assert settings.production
    assert "MODE" in wrong(settings)


def test_production_wants_keys_and_an_address_with_tls(file: Path) -> None:
    assert wrong(loaded(file, "RESI_MODE=production\nRESI_MAIL_LISTEN=off\n")) == ["PUBLIC_URL", "KEYS"]
    assert wrong(loaded(file, lines(SOUND))) == []


def test_what_a_channel_finds_wrong_is_among_the_problems(file: Path) -> None:
    assert "TELEGRAM_TOKEN" in wrong(loaded(file, lines(SOUND | {"RESI_TELEGRAM_TOKEN": "x"})))


@pytest.mark.parametrize(
    ("value", "span"),
    [("0", (0, 0)), ("5", (5, 5)), ("0-30", (0, 30)), (" 1 - 2 ", (1, 2)), ("1440", (1440, 1440)), ("", (0, 0))],
)
def test_a_delay_of_news_is_minutes_or_a_span(file: Path, value: str, span: tuple[int, int]) -> None:
    settings = loaded(file, f"RESI_NEWS_DELAY={value}\n")
    assert settings.news_delay == span
    assert "NEWS_DELAY" not in wrong(settings)


@pytest.mark.parametrize("value", ["5-", "-5", "a", "1-2-3", "2-1", "1441", "0-99999999999", "1.5"])
def test_what_is_no_delay_is_told(file: Path, value: str) -> None:
    assert "NEWS_DELAY" in wrong(loaded(file, f"RESI_NEWS_DELAY={value}\n"))


def test_in_production_news_wait_by_chance_unless_it_is_said(file: Path) -> None:
    assert loaded(file, lines(SOUND)).news_delay == (0, 30)
    assert loaded(file, lines(SOUND | {"RESI_NEWS_DELAY": "0"})).news_delay == (0, 0)


@pytest.mark.parametrize(
    ("value", "ends"),
    [("0.0.0.0:80", ("0.0.0.0", 80)), ("[::1]:8000", ("::1", 8000)), ("localhost:0", ("localhost", 0))],  # noqa: S104 - a value to read
)
def test_an_address_to_listen_on_is_host_and_port(file: Path, value: str, ends: tuple[str, int]) -> None:
    settings = loaded(file, f"RESI_WEB_LISTEN={value}\n")
    assert (settings.web_host, settings.web_port) == ends


@pytest.mark.parametrize("value", [":8000", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:x"])
def test_what_is_no_address_to_listen_on_is_told(file: Path, value: str) -> None:
    assert "WEB_LISTEN" in wrong(loaded(file, f"RESI_WEB_LISTEN={value}\n"))


@pytest.mark.parametrize("value", ["0", "3650"])
def test_days_that_an_address_is_kept_have_an_end(file: Path, value: str) -> None:
    assert loaded(file, f"RESI_CONTACT_DAYS={value}\n").contact_days == int(value)
    assert "CONTACT_DAYS" in wrong(loaded(file, "RESI_CONTACT_DAYS=3651\n"))


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "postgresql+asyncpg://h/x", "nonsense", "://"])
def test_a_database_that_we_do_not_speak_is_told(file: Path, url: str) -> None:
    assert "DATABASE_URL" in wrong(loaded(file, f"RESI_DATABASE_URL={url}\n"))


def test_a_file_that_is_no_text_ends_with_a_sentence(file: Path) -> None:
    with pytest.raises(CannotStart, match=r"not UTF-8"):
        loaded(file, b"RESI_KEYS=\xff\xfe\n")


def test_a_name_without_a_value_is_unset(file: Path) -> None:
    assert loaded(file, "RESI_LANGUAGE\n").lang == "id"


def test_no_two_rooms_declare_one_name() -> None:
    names = [row.name for row in declared()]
    assert len(names) == len(set(names))
    assert all(row.about and "\n" not in row.about for row in declared())
    assert all(not row.default for row in declared() if row.secret)


def test_what_a_channel_reads_is_declared(file: Path) -> None:
    settings = load(file)
    assert {row.name for channel in CHANNELS for row in channel.settings} <= set(settings.values)


def test_publication_is_at_once_in_development_and_daily_among_five_in_production(file: Path) -> None:
    assert loaded(file).publishing == Publishing()
    assert loaded(file, lines(SOUND)).publishing == Publishing(timedelta(days=1), 5)
    both = {"RESI_PUBLISH_EVERY": "6h", "RESI_PUBLISH_LEAST": "3"}
    assert {loaded(file, lines(mode | both)).publishing for mode in ({}, SOUND)} == {Publishing(timedelta(hours=6), 3)}
    assert wrong(loaded(file, lines(SOUND | {"RESI_PUBLISH_EVERY": "often"}))) == ["PUBLISH_EVERY"]


def secret_in(folder: Path, words: str, mode: int = 0o600) -> Path:
    path = folder / "secret"
    path.write_text(words)
    path.chmod(mode)
    return path


@pytest.mark.parametrize("name", [row.name for row in declared() if row.secret])
def test_every_secret_may_lie_in_a_file_of_its_own(file: Path, name: str) -> None:
    settings = loaded(file, f"RESI_{name}_FILE={secret_in(file.parent, 'geheim')}\n")
    assert settings.values[name] == "geheim"
    assert settings.unknown == ()
    assert settings.refused == ()
    assert f"{name}_FILE" not in settings.values


def test_a_secret_whose_file_others_can_read_is_refused_in_any_mode(file: Path) -> None:
    path = secret_in(file.parent, "geheim", 0o644)
    for mode in ("development", "production"):
        settings = loaded(file, f"RESI_MODE={mode}\nRESI_KEYS_FILE={path}\n")
        assert settings.values["KEYS"] == ""
        assert [problem.setting for problem in settings.refused] == ["KEYS_FILE"]
        assert "others can read" in settings.refused[0].what
        assert settings.refused[0] in settings.problems
        assert "chmod 600" in settings.refused[0].mend


def test_a_secret_is_taken_from_systemd_where_nothing_else_names_it(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    credential = secret_in(file.parent, "a:" + "A" * 43).rename(file.parent / "RESI_KEYS")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(file.parent))
    assert loaded(file).values["KEYS"] == credential.read_text()
    assert loaded(file, "RESI_KEYS=b:other\n").values["KEYS"] == "b:other"
    credential.chmod(0o644)
    assert [problem.setting for problem in loaded(file).refused] == ["KEYS"]


def test_the_environment_beats_a_file_and_says_so(file: Path) -> None:
    settings = loaded(file, f"RESI_METRICS_TOKEN=told\nRESI_METRICS_TOKEN_FILE={secret_in(file.parent, 'x', 0o644)}\n")
    assert settings.values["METRICS_TOKEN"] == "told"
    assert [(each.setting, each.fatal) for each in settings.problems if "beside" in each.what] == [
        ("METRICS_TOKEN", False)
    ]
    assert settings.refused == ()
