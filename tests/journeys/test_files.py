"""Files over real wires: one photo is the same bytes by every way, and voice and film stay with their report."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model import Report, ReportId
from storage import Files
from tests.fakes.citizens import TelegramUser, code_in, tell
from tests.fakes.patience import until
from tests.fakes.resi_process import Resi
from tests.fakes.wires import Wires, plugged
from tests.hostile.files import CANARY, after_start, exif_segment, picture, tiff
from tests.hostile.film_files import films
from tests.hostile.sound_files import oggs

pytestmark = pytest.mark.journey

STORY = "Lampu jalan mati di depan warung bacadu, kelurahan Tebet Barat, sudah seminggu"
PHOTO = after_start(picture(), exif_segment(tiff()))


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    with plugged(tmp_path_factory.mktemp("files"), webhook=False, sms="twilio") as plugged_in:
        plugged_in.resi.start()
        yield plugged_in


def sent_by_telegram(wires: Wires, kind: str, data: bytes) -> Report:
    """A file with the story as its caption, and yes to all that is asked."""
    who = wires.telegram_user()
    known = {report.id for report in wires.resi.stored()}
    before = len(who.heard())
    part = {"file_id": who.person.server.keep(data), "file_unique_id": "u", "file_size": len(data), "duration": 3}
    who.person.sends(**{kind: part}, caption=STORY)
    until(lambda: len(who.heard()) > before, "an answer")
    return filed(wires, who, known)


def filed(wires: Wires, who: TelegramUser, known: set[ReportId]) -> Report:
    for _ in range(3):
        if code_in(tell(who, "ya")):
            break
    [report] = [report for report in wires.resi.stored() if report.id not in known]
    return report


def kept(resi: Resi, report: Report) -> bytes:
    [file] = report.files
    return Files(resi.data / "files").get(file)


def test_the_same_photo_is_the_same_bytes_by_telegram_by_mail_and_by_the_command(wires: Wires, tmp_path: Path) -> None:
    by_telegram = kept(wires.resi, sent_by_telegram(wires, "document", PHOTO))
    known = {report.id for report in wires.resi.stored()}
    writer = wires.mail_user()
    assert writer.post(STORY, photos=[("rumah-kanari.jpg", PHOTO)]).hand_over()
    until(writer.heard, "an answer")
    [mailed] = [report for report in wires.resi.stored() if report.id not in known]
    (tmp_path / "a.jpg").write_bytes(PHOTO)
    names = tmp_path / "names.json"
    ran = wires.resi.command("scrub", str(tmp_path / "a.jpg"), "-o", str(tmp_path / "out"), "--map", str(names))
    assert ran.returncode == 0
    by_command = (tmp_path / "out" / json.loads(names.read_text())["a.jpg"]).read_bytes()
    assert by_telegram == kept(wires.resi, mailed) == by_command
    assert CANARY not in by_command


@pytest.mark.parametrize(("kind", "made", "media"), [("voice", oggs, "audio/ogg"), ("video", films, "video/mp4")])
def test_a_recording_by_telegram_is_kept_with_its_report_and_without_its_traces(
    wires: Wires, kind: str, made: object, media: str
) -> None:
    assert callable(made)
    recording = next(each for each in made() if CANARY in each.data)
    report = sent_by_telegram(wires, kind, recording.data)
    assert [file.kind for file in report.files] == [media]
    assert CANARY not in kept(wires.resi, report)
