"""`resi chat`: the same core with any channel's profile, until a code is shown."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fakes.shell import Ran, Shell
from tests.hostile.files import picture

CODE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")
PROFILES = ("telegram", "sms", "mail", "terminal")
STORY = {
    "id": "lampu jalan mati di kelurahan Tebet Timur sudah tiga hari",
    "en": "the street light is broken in kelurahan Tebet Timur for three days",
}
SAYS = {"id": ("kirim", "Laporan Anda"), "en": ("send", "Your report")}


def script(profile: str, lang: str) -> bytes:
    """A photo by its path, a story, the first category that is offered, and a yes; a mail needs its words alone."""
    words = [":foto photo.jpg", STORY[lang]] if profile != "mail" else [STORY[lang]]
    return "\n".join([*words, "1", SAYS[lang][0], ":q"]).encode() + b"\n"


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Ran]:
    """Every profile in every language, each a process of its own, two at a time."""

    def talk(case: tuple[str, str]) -> Ran:
        shell = Shell(tmp_path_factory.mktemp("-".join(case)))
        (shell.folder / "photo.jpg").write_bytes(picture())
        return shell.process("chat", "--channel", case[0], "--lang", case[1], said=script(*case))

    cases = [(profile, lang) for profile in PROFILES for lang in STORY]
    with ThreadPoolExecutor(2) as threads:
        return dict(zip(cases, threads.map(talk, cases), strict=True))


@pytest.mark.parametrize("lang", STORY)
@pytest.mark.parametrize("profile", PROFILES)
def test_a_report_can_be_made_in_every_manner_and_language(
    talks: dict[tuple[str, str], Ran], profile: str, lang: str
) -> None:
    ran = talks[profile, lang]
    assert ran.code == 0, ran.err
    assert ran.err == ""
    assert CODE.search(ran.out), ran.out


@pytest.mark.parametrize("lang", STORY)
@pytest.mark.parametrize("profile", ["telegram", "terminal"])
def test_the_summary_counts_the_photo_and_shows_the_story(
    talks: dict[tuple[str, str], Ran], profile: str, lang: str
) -> None:
    said = talks[profile, lang].out
    assert SAYS[lang][1] in said
    assert "Berkas: 1" in said or "Files: 1" in said
    assert "Tebet Timur" in said


def test_options_are_shown_with_the_number_that_presses_them(talks: dict[tuple[str, str], Ran]) -> None:
    assert "[1] Kirim" in talks["telegram", "id"].out
    assert "1. Kirim" in talks["terminal", "id"].out
    assert re.search(r"Tentang apa\? 1 \S.* 2 \S", talks["sms", "id"].out)


def test_sms_shows_what_each_message_costs_and_all_of_ours_cost_one(talks: dict[tuple[str, str], Ran]) -> None:
    costs = re.findall(r"(GSM-7 \d+/160, \d segments?|UCS-2)", talks["sms", "id"].out)
    assert len(costs) >= 3
    assert all(cost.endswith("1 segment") for cost in costs)
    assert "GSM-7" not in talks["telegram", "id"].out


def test_what_can_be_typed_is_told_in_the_language_that_was_asked_for(talks: dict[tuple[str, str], Ran]) -> None:
    assert "Send a photo with :photo" in talks["telegram", "en"].out
    assert "Kirim foto" not in talks["telegram", "en"].out
    assert "The first mail is new" in talks["mail", "en"].out


def test_the_end_of_the_input_is_the_end_of_the_talk(shell: Shell) -> None:
    assert shell.resi("chat", said="halo").code == 0
    assert shell.resi("chat", said="").code == 0
    for word in (":q", ":keluar", ":quit", ":exit"):
        assert shell.resi("chat", said=f"{word}\nhalo\n").out.count("Resi") == 0


def test_a_file_that_is_not_there_and_a_place_that_is_none_are_answered(shell: Shell) -> None:
    ran = shell.resi("chat", said=":foto nowhere.jpg\n:tempat di sana\n:place 91,0\n:tempat -6.2,106.8\n")
    assert ran.code == 0
    assert ran.out.count("─ Resi ─") == 4


def test_a_file_that_is_no_photo_is_refused_with_what_to_do(shell: Shell) -> None:
    (shell.folder / "x.txt").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(60))
    assert "PDF" in shell.resi("chat", said=":photo x.txt\n").out


def test_a_report_made_in_the_terminal_answers_to_its_code(shell: Shell) -> None:
    found = CODE.search(shell.resi("chat", "--channel", "mail", said=STORY["id"] + "\n").out)
    assert found
    assert shell.resi("status", found.group()).code == 0
    again = shell.resi("chat", "--channel", "sms", said=f"cek {found.group()}\n").out
    assert "Tebet" in again or "enunggu" in again


def test_a_second_mail_begins_with_a_word_of_its_own(shell: Shell) -> None:
    said = f"{STORY['id']}\n:baru\nsampah menumpuk di kelurahan Tebet Barat\n"
    assert len(CODE.findall(shell.resi("chat", "--channel", "mail", said=said).out)) == 2
