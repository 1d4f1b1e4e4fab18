"""The list of channels, and what every one of them must be for all that loops over the list."""

import pytest

from bots.channels import CHANNELS, channel
from core.messages import Channel, Problem
from core.phrases import LANGUAGES, phrase

NAMES = ("telegram", "whatsapp", "sms", "mail", "terminal")


def test_they_stand_in_the_order_in_which_people_see_them() -> None:
    assert tuple(each.name for each in CHANNELS if each.name in NAMES) == NAMES
    assert all(channel(name).name == name for name in NAMES)
    with pytest.raises(KeyError):
        channel("fax")


@pytest.mark.parametrize("each", CHANNELS, ids=lambda each: each.name)
def test_each_is_whole(each: Channel) -> None:
    assert each.profile.name == each.name
    assert each.off, "how to switch it on"
    assert each.profile.limit >= 160
    assert each.profile.options >= 5
    assert each.profile.long_limit == 0 or each.profile.long_limit > each.profile.limit
    assert min(each.profile.max_buttons, each.profile.label_limit) >= 0
    assert each.profile.label_limit or not each.profile.terse, "where phrases are terse, places have to be"
    assert all(setting.about and setting.name.isupper() for setting in each.settings)
    assert all(phrase(f"web_channel_{each.name}", lang) for lang in LANGUAGES)


@pytest.mark.parametrize("each", CHANNELS, ids=lambda each: each.name)
def test_with_nothing_set_each_answers_and_has_no_way_out(each: Channel) -> None:
    bare = {setting.name: setting.default for setting in each.settings}
    assert not each.sends(bare)
    assert each.configured(bare) == (each.name == "mail")
    assert all(isinstance(problem, Problem) and problem.mend for problem in each.problems(bare))


def test_sms_is_short_telegram_has_buttons_and_mail_has_threads() -> None:
    sms, telegram, mail = (channel(name).profile for name in ("sms", "telegram", "mail"))
    assert (sms.gsm7, sms.terse, sms.echo, sms.buttons, sms.threads) == (True, True, False, False, False)
    assert (telegram.max_buttons, telegram.threads) == (telegram.options, False)
    assert (mail.threads, mail.buttons) == (True, False)
    assert [each.name for each in CHANNELS if each.as_file is not None] == ["mail"], "what threads has a file"
