"""What can be wrong with the settings of Telegram, and what the channel says of itself."""

import subprocess
import sys

import pytest

from bots.telegram import CHANNEL
from core.messages import ChannelCallbacks
from tests.fakes.telegram_bot import Taker

GOOD = {"TELEGRAM_TOKEN": "4242:TEST-token_of-a-fake"}
HOOK = {**GOOD, "TELEGRAM_WEBHOOK_SECRET": "s3cret_-", "PUBLIC_URL": "https://resi.example"}


def wrong(**values: str) -> list[str]:
    return [problem.setting for problem in CHANNEL.problems({**GOOD, **values})]


def test_without_a_token_telegram_is_off_and_nothing_is_wrong() -> None:
    assert not CHANNEL.configured({"TELEGRAM_TOKEN": ""})
    assert not CHANNEL.sends({})
    assert CHANNEL.problems({"TELEGRAM_WEBHOOK_SECRET": "bad secret", "TELEGRAM_TOKEN": ""}) == ()


def test_with_a_token_it_is_on_both_ways() -> None:
    assert CHANNEL.configured(GOOD)
    assert CHANNEL.sends(GOOD)
    assert wrong() == []


@pytest.mark.parametrize("token", ["x", "12:", ":abc", "12:ab c", '"12:abc"', "12:abc\n", "12:a/b", "bot12:abc"])
def test_a_malformed_token_is_said(token: str) -> None:
    assert wrong(TELEGRAM_TOKEN=token) == ["TELEGRAM_TOKEN"]


@pytest.mark.parametrize(
    "url", ["", "https://", "http://resi.example", "ftp://resi.example", "https://[", "http://10.0.0.1"]
)
def test_a_webhook_without_a_public_https_address_is_said(url: str) -> None:
    assert wrong(TELEGRAM_WEBHOOK_SECRET="abc", PUBLIC_URL=url) == ["PUBLIC_URL"]


@pytest.mark.parametrize(
    "url", ["https://resi.example/", "http://127.0.0.1:8000", "http://localhost:8000", "http://[::1]:8"]
)
def test_a_webhook_by_https_or_on_this_machine_is_right(url: str) -> None:
    assert wrong(TELEGRAM_WEBHOOK_SECRET="abc", PUBLIC_URL=url) == []


@pytest.mark.parametrize("secret", ["with space", "ü", "a" * 257, "a:b"])
def test_a_secret_that_telegram_refuses_is_said(secret: str) -> None:
    assert wrong(TELEGRAM_WEBHOOK_SECRET=secret, PUBLIC_URL="https://resi.example") == ["TELEGRAM_WEBHOOK_SECRET"]


@pytest.mark.parametrize(
    "root", ["api.telegram.org", "https://api.telegram.org/bot", "file:///etc", "https://a/{token}"]
)
def test_a_root_that_is_no_root_is_said(root: str) -> None:
    assert wrong(TELEGRAM_API_URL=root) == ["TELEGRAM_API_URL"]


def test_all_that_is_wrong_is_said_at_once() -> None:
    assert wrong(TELEGRAM_TOKEN="x", TELEGRAM_API_URL="x", TELEGRAM_WEBHOOK_SECRET=" ") == [
        "TELEGRAM_TOKEN",
        "TELEGRAM_API_URL",
        "TELEGRAM_WEBHOOK_SECRET",
        "PUBLIC_URL",
    ]


def test_no_problem_repeats_the_value_that_is_wrong() -> None:
    values = {**GOOD, "TELEGRAM_TOKEN": "kanari", "TELEGRAM_WEBHOOK_SECRET": "kan ari", "PUBLIC_URL": "http://kanari"}
    assert "kanari" not in repr(CHANNEL.problems(values)).replace("kan ari", "kanari")


def test_secret_settings_are_marked_as_such() -> None:
    assert {setting.name: setting.secret for setting in CHANNEL.settings} == {
        "TELEGRAM_TOKEN": True,
        "TELEGRAM_API_URL": False,
        "TELEGRAM_WEBHOOK_SECRET": True,
    }


def test_a_webhook_has_a_hook_and_polling_has_none() -> None:
    taker = Taker()
    callbacks = ChannelCallbacks(taker.take, taker.receipt)
    assert CHANNEL.connect(GOOD, callbacks).hooks == ()
    (hook,) = CHANNEL.connect(HOOK, callbacks).hooks
    assert (hook.method, hook.path) == ("POST", "/hooks/telegram")


def test_the_library_is_imported_only_by_who_connects() -> None:
    code = "import sys, bots.telegram; sys.exit('telegram' in sys.modules or 'httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603  # our own words
