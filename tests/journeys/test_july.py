"""The report of July 2021, by mail to a running service: what lies in the store for an officer gives nobody away."""

from collections.abc import Iterator

import pytest

from tests.fakes.citizens import code_in
from tests.fakes.patience import until
from tests.fakes.wires import Wires, plugged

pytestmark = pytest.mark.journey

# As it came through JAKI, retold: the writer, ill at home in Pisangan Baru; the place of the crowd; the RT remark.
REPORT = (
    "Mohon ditindak, warga berkerumun tanpa masker setiap malam pukul 20.00-23.00 di Gang Langgar samping mushola, "
    "RT 06 RW 10 Kelurahan Pisangan Baru, Matraman, sekitar 15 orang. Saya pasien isoman di rumah nomor 12, "
    "rumah saya persis di seberang mushola itu. Sudah saya laporkan, Pak RT tidak menggubris."
)


@pytest.fixture(scope="module")
def wires(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wires]:
    with plugged(tmp_path_factory.mktemp("july"), webhook=False, sms="twilio") as plugged_in:
        plugged_in.resi.start()
        yield plugged_in


def test_an_officer_would_read_of_the_crowd_and_the_place_and_not_who_wrote(wires: Wires) -> None:
    writer = wires.mail_user()
    assert writer.post(REPORT).hand_over()
    answer = until(writer.heard, "an answer")[0]
    assert code_in(answer)
    assert "sudah kami tutup" in answer
    [report] = wires.resi.stored()
    assert report.agency == "kel:31.75.01.1001"
    read = report.text.lower()
    for about in ("tanpa masker", "gang langgar", "pisangan baru", "20.00-23.00", "15 orang"):
        assert about in read
    for writer_only in ("pak rt", "gubris", "12", "seberang", "isoman", "pasien"):
        assert writer_only not in read
