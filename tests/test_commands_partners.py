"""`resi partners`: a key shown once; channels of our own are no partner's."""

import pytest

from tests.fakes.shell import Shell


def test_a_key_is_the_last_line_and_the_list_shows_none(shell: Shell) -> None:
    made = shell.resi("partners", "add", "jaki-app", "--channel", "jaki")
    key = made.lines[-1]
    assert (made.code, len(key)) == (0, 52)
    listed = shell.resi("partners", "list")
    assert listed.out == "jaki-app jaki\n"
    assert shell.resi("partners", "disable", "jaki-app").code == 0
    assert shell.resi("partners", "list").out == "jaki-app jaki disabled\n"


@pytest.mark.parametrize("channel", ["telegram", "sms", "mail", "terminal", "JAKI", "a b", "", "x" * 40])
def test_a_channel_of_our_own_or_with_a_strange_name_is_refused(shell: Shell, channel: str) -> None:
    ran = shell.resi("partners", "add", "somebody", "--channel", channel)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err
    assert "No partners" in shell.resi("partners", "list").out


def test_a_channel_without_a_name_is_told_with_those_that_have_one(shell: Shell) -> None:
    assert shell.resi("partners", "add", "jaki-app", "--channel", "jaki").err == ""
    ran = shell.resi("partners", "add", "app", "--channel", "jkai")
    assert (ran.code, len(ran.lines[-1])) == (0, 52)
    assert "jkai" in ran.err
    assert " jaki, " in ran.err
    assert "telegram" not in ran.err


def test_a_name_is_taken_once_and_an_unknown_one_cannot_be_switched_off(shell: Shell) -> None:
    assert shell.resi("partners", "add", "jaki-app", "--channel", "jaki").code == 0
    assert shell.resi("partners", "add", "jaki-app", "--channel", "qlue").code == 1
    assert shell.resi("partners", "add", "a\nb", "--channel", "qlue").code == 1
    assert shell.resi("partners", "disable", "nobody").code == 1


def test_rights_end_and_news_of_a_partner_are_told_and_its_secrets_are_shown_once(shell: Shell) -> None:
    words = ("--channel", "jaki", "--right", "file", "--until", "2030-01-31", "--host", "media.jaki.example")
    assert shell.resi("partners", "add", "jaki-app", *words).code == 0
    rotated = shell.resi("partners", "rotate", "jaki-app", "--days", "3")
    assert (rotated.code, len(rotated.lines[-1])) == (0, 52)
    told = shell.resi("partners", "hook", "jaki-app", "https://jaki.example/resi")
    assert told.lines[-1].startswith("whsec_")
    assert shell.resi("partners", "hook", "jaki-app", "https://jaki.example/resi").lines[-1] != told.lines[-1]
    assert shell.resi("partners", "list").out == "jaki-app jaki file until 2030-01-31 told\n"
    assert shell.resi("partners", "hook", "jaki-app").code == 0
    assert shell.resi("partners", "rights", "jaki-app", "--right", "read", "--right", "update").code == 0
    assert shell.resi("partners", "list").out.startswith("jaki-app jaki read,update until")
    assert shell.resi("partners", "rights", "nobody").code != 0
    assert "told" not in shell.resi("partners", "list").out


@pytest.mark.parametrize(
    "words",
    [
        ("add", "x", "--channel", "jaki", "--host", "https://media.jaki.example/x"),
        ("add", "x", "--channel", "jaki", "--host", "Media.example"),
        ("rotate", "nobody"),
        ("hook", "nobody", "https://jaki.example/"),
        ("hook", "jaki-app", "http://jaki.example/"),
        ("hook", "jaki-app", "https://a:b@jaki.example/"),
    ],
)
def test_what_cannot_be_is_refused(shell: Shell, words: tuple[str, ...]) -> None:
    assert shell.resi("partners", "add", "jaki-app", "--channel", "jaki").code == 0
    ran = shell.resi("partners", *words)
    assert (ran.code, ran.out) == (1, "")
