"""What can be wrong with the settings of WhatsApp, and what the channel says of itself."""

import pytest

from bots.whatsapp import CHANNEL

META = {
    "WHATSAPP_PROVIDER": "meta",
    "WHATSAPP_TOKEN": "EAAG-token",
    "WHATSAPP_APP_SECRET": "0123456789abcdef",
    "WHATSAPP_VERIFY_TOKEN": "made-up",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "PUBLIC_URL": "https://resi.example",
}

TWILIO = {
    "WHATSAPP_PROVIDER": "twilio",
    "WHATSAPP_NUMBER": "+6281234567890",
    "WHATSAPP_TWILIO_SID": "AC" + "0" * 32,
    "WHATSAPP_TWILIO_TOKEN": "token",
    "PUBLIC_URL": "https://resi.example",
}


def wrong(values: dict[str, str]) -> list[str]:
    return [problem.setting for problem in CHANNEL.problems(values)]


def test_with_nothing_set_it_is_off_and_nothing_is_wrong() -> None:
    assert not CHANNEL.configured({})
    assert CHANNEL.problems({}) == ()
    assert CHANNEL.problems({"WHATSAPP_PROVIDER": "NONE "}) == ()


def test_with_all_that_meta_needs_it_is_on_both_ways() -> None:
    assert CHANNEL.configured(META)
    assert CHANNEL.sends(META)
    assert wrong(META) == []
    assert CHANNEL.reached_at is not None
    assert CHANNEL.reached_at(META | {"WHATSAPP_NUMBER": "+6281234567890"}) == "+6281234567890"
    assert CHANNEL.reached_at({"WHATSAPP_NUMBER": "+6281234567890"}) == "", "nobody shall write to what is off"


@pytest.mark.parametrize(
    ("whole", "name"),
    [(whole, name) for whole in (META, TWILIO) for name in whole if name not in {"WHATSAPP_PROVIDER", "PUBLIC_URL"}],
)
def test_what_is_missing_is_named_and_the_channel_stays_off(whole: dict[str, str], name: str) -> None:
    assert CHANNEL.configured(whole)
    assert wrong(whole) == []
    values = whole | {name: " "}
    assert not CHANNEL.configured(values)
    assert wrong(values) == [name]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WHATSAPP_PROVIDER", "telegram"),
        ("WHATSAPP_PHONE_NUMBER_ID", "+6281234567890"),
        ("WHATSAPP_NUMBER", "081234567890"),
        ("WHATSAPP_API_URL", "graph.facebook.com"),
        ("WHATSAPP_API_URL", "https://graph.facebook.com/v23.0?x=1"),
        ("WHATSAPP_TWILIO_TEMPLATES", "news_started=HX1"),
        ("WHATSAPP_TWILIO_API_URL", "api.twilio.com"),
        ("WHATSAPP_TOKEN", "two words"),
        ("WHATSAPP_APP_SECRET", "ü"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "https://["),
    ],
)
def test_what_is_malformed_is_said(name: str, value: str) -> None:
    assert wrong(META | {name: value}) == [name]


def test_what_is_set_for_nothing_is_said_and_harms_nothing() -> None:
    found = CHANNEL.problems(META | {"WHATSAPP_PROVIDER": "none"})
    assert {each.setting for each in found} == {name for name in META if name.startswith("WHATSAPP_")} - {
        "WHATSAPP_PROVIDER"
    }
    assert not any(each.fatal for each in found)


def test_every_secret_is_declared_as_one() -> None:
    secrets = {setting.name for setting in CHANNEL.settings if setting.secret}
    assert secrets == {
        "WHATSAPP_TOKEN",
        "WHATSAPP_APP_SECRET",
        "WHATSAPP_VERIFY_TOKEN",
        "WHATSAPP_TWILIO_TOKEN",
    }
