"""A place that a phone shares by mail is read; whoever a contact is of is not."""

import pytest

from bots.mail.envelope import envelope_of
from core import areas
from tests.fakes.mail_samples import ATTACHED, PLAIN, SAID, encoded, mail, multipart, part
from tests.test_mail_automatic import OURS

HEAD = "BEGIN:VCARD\r\nVERSION:3.0\r\nPRODID:-//Apple Inc.//iPhone OS 17.5//EN\r\nN:;Lokasi Saat Ini;;;\r\n"
APPLE = "item1.URL;type=pref:http://maps.apple.com/?ll=-6.175400\\,106.827200&q=-6.175400\\,106.827200&t=m\r\n"
FOLDED = "item1.URL;type=pref:https://maps.apple.com/?address=Jl.%20Merdeka&\r\n ll=-6.175400\\,106.8\r\n 27200\r\n"
END = "item1.X-ABLabel:map url\r\nEND:VCARD\r\n"
CARDS = {
    "iOS": HEAD + APPLE + END,
    "iOS, folded": HEAD + FOLDED + END,
    "a map of Google": HEAD + "URL:https://www.google.com/maps/place/-6.1754,106.8272\r\n" + END,
    "a map of OpenStreetMap": HEAD + "URL:https://www.openstreetmap.org/?mlat=-6.1754&mlon=106.8272\r\n" + END,
}


def text_with(card: str, kind: str = "text/x-vlocation; name=x.loc.vcf", words: bytes = PLAIN) -> str:
    attached = encoded(kind, card.encode(), ATTACHED)
    envelope = envelope_of(
        mail("multipart/mixed; boundary=b", multipart("b", words, attached)), "budi@warga.test", OURS
    )
    assert envelope is not None
    assert (envelope.files, envelope.refused) == ((), ())
    return envelope.text


@pytest.mark.parametrize(
    "kind", ["text/x-vlocation", "text/vcard", "text/x-vcard; name=x.vcf", "application/octet-stream"]
)
@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS)
def test_a_shared_place_is_a_point_of_the_mail(card: str, kind: str) -> None:
    text = text_with(card, kind)
    point = areas.point_in(text)
    assert point is not None
    assert (point.latitude, point.longitude) == pytest.approx((-6.1754, 106.8272))
    assert text.startswith(SAID)


def test_a_mail_of_a_place_alone_is_somebodys() -> None:
    assert text_with(CARDS["iOS"], words=part("text/plain", "")) == "geo:-6.1754,106.8272"


@pytest.mark.parametrize(
    "card",
    [
        f"{HEAD}EMAIL:budi@warga.test\r\n{APPLE}{END}",
        f"{HEAD}GEO:-6.1754;106.8272\r\nTEL:0812\r\n{END}",
        HEAD + APPLE.replace("106.8", "112.8") + END,
        HEAD + "URL:https://kantor.example/?ll=-6.1754,106.8272\r\n" + END,
        HEAD + END,
    ],
)
def test_a_contact_is_no_place(card: str) -> None:
    assert text_with(card) == SAID
