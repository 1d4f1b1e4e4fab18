"""PDF: what is drawn looks as it did, nothing else goes on, and bombs are counted before anything is drawn."""

import io
import zlib
from collections.abc import Callable

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import Refused
from core.scrub import Clean, Limits, is_document, pdf_streams, proved, scrub
from tests.fakes.pictures import far
from tests.hostile.encrypted_pdf import WAYS, encrypted
from tests.hostile.files import CANARY, Hostile, scene
from tests.hostile.pdf_files import bomb, bomb_in_a_bomb, file_of, pages, paper, pdfs, said, slow_bomb, stream

FILES = pdfs()


def drawn(pdf: bytes, number: int = 0) -> Image.Image:
    """A page as a reader sees it, at one pixel a point."""
    with pypdfium2.PdfDocument(pdf) as document:
        page: Image.Image = document[number].render(scale=4).to_pil()
    return page.reduce(4)


def why(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        scrub(data, limits or Limits())
    return caught.value.phrase


def accepted(data: bytes) -> bool:
    return proved(Clean(data, "application/pdf", ".pdf", ()))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_page_looks_as_it_did_and_what_was_left_out_is_told(file: Hostile) -> None:
    clean = scrub(file.data)
    assert (clean.kind, clean.extension) == ("application/pdf", ".pdf")
    assert far(drawn(clean.data), file.shows) < 3
    assert file.told <= set(clean.removed)
    assert accepted(clean.data)


@pytest.mark.parametrize("before", [b"\r\n\r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n \t\n"])
def test_blank_lines_before_a_document_are_no_part_of_it(before: bytes) -> None:
    data = before + pages(2)
    assert is_document(data)
    assert scrub(data).data == scrub(pages(2)).data


def test_the_same_file_gives_the_same_bytes_and_nothing_of_its_objects_but_pages_and_pictures() -> None:
    clean = scrub(pages(3)).data
    assert clean == scrub(pages(3)).data
    assert clean.count(b" obj\n") == 2 + 3 * 3
    for word in (b"/Info", b"/ID", b"/Metadata", b"/Font", b"/Annots", b"Date", b"Producer"):
        assert word not in clean


def test_every_page_is_there_in_its_order_and_size() -> None:
    kids = b"3 0 R 4 0 R"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R >>"
    data = file_of(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 2 /Kids [%b] >>" % kids,
        page % (200, 100, 5),
        page % (60, 90, 6),
        stream(b"1 0 0 rg 0 0 200 100 re f"),
        stream(b"0 0 1 rg 0 0 60 90 re f"),
    )
    clean = scrub(data).data
    assert [drawn(clean, number).size for number in (0, 1)] == [(200, 100), (60, 90)]
    red, _, blue = drawn(clean, 0).convert("RGB").split()
    assert red.getextrema()[0] > 240  # type: ignore[operator]
    assert blue.getextrema()[1] < 15  # type: ignore[operator]


def test_a_turned_page_is_drawn_upright() -> None:
    clean = scrub(paper(page=b"/Rotate 90")).data
    assert far(drawn(clean), scene().transpose(Image.Transpose.ROTATE_270)) < 3


def test_what_was_filled_into_a_form_is_seen() -> None:
    field = b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (XXXXXX) /DA (/F 12 Tf 0 g) /Rect [2 2 62 20] >>"
    fonts = b"/DR << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    form = b"/AcroForm << /Fields [5 0 R] /NeedAppearances true %b >>" % fonts
    filled = drawn(scrub(paper(field, page=b"/Annots [5 0 R]", catalog=form)).data)
    assert far(filled, scene()) > 4


def test_words_of_any_font_are_drawn_without_asking_this_machine_for_fonts() -> None:
    for name in (b"Helvetica", b"Arial", b"SomethingElse"):
        font = b"<< /Type /Font /Subtype /TrueType /BaseFont /%b >>" % name
        words = b"q 0 g BT /G 20 Tf 2 20 Td (WWW) Tj ET Q"
        clean = scrub(paper(font, resources=b"/Font << /G 5 0 R >>", drawing=words)).data
        assert far(drawn(clean), scene()) > 4


def test_a_sheet_of_any_size_is_drawn_with_a_bounded_number_of_pixels() -> None:
    poster = paper().replace(b"[0 0 64 48]", b"[0 0 14400 14400]")
    clean = scrub(poster).data
    width, height = (int(clean.partition(word)[2].split()[0]) for word in (b"/Width ", b"/Height "))
    assert 4_000_000 < width * height < 5_000_000
    assert drawn(scrub(paper().replace(b"[0 0 64 48]", b"[0 0 1 1]")).data).size == (1, 1)


def test_pages_are_counted_before_any_is_drawn() -> None:
    assert len(scrub(pages(60)).data) > 0
    assert why(pages(61)) == "file_pages"
    assert why(pages(3), Limits(pages=2)) == "file_pages"


@pytest.mark.parametrize("make", [bomb, bomb_in_a_bomb, slow_bomb])
def test_a_bomb_is_counted_and_never_drawn(make: Callable[[], bytes]) -> None:
    data = make()
    assert len(data) < 4_000_000
    assert why(data) == "file_too_large"


@pytest.mark.parametrize("way", WAYS)
def test_what_opens_without_a_password_is_drawn_though_its_owner_encrypted_it(way: str) -> None:
    clean = scrub(encrypted(paper(), WAYS[way])).data
    assert clean == scrub(paper()).data
    assert b"/Encrypt" not in clean


@pytest.mark.parametrize("way", WAYS)
def test_what_asks_for_a_password_is_refused_with_its_sentence(way: str) -> None:
    assert why(encrypted(paper(), WAYS[way], user=b"rahasia")) == "file_locked"


@pytest.mark.parametrize("way", ["RC4 of 40 bits", "AES of 256 bits"])
@pytest.mark.parametrize("make", [bomb, bomb_in_a_bomb, slow_bomb])
def test_a_bomb_that_its_owner_encrypted_is_counted_decrypted(make: Callable[[], bytes], way: str) -> None:
    drawn_bomb = make().replace(b"/Contents 4 0 R", b"/Contents 5 0 R")
    assert why(encrypted(drawn_bomb, WAYS[way])) == "file_too_large"


def test_traces_in_an_encrypted_file_are_told_and_gone() -> None:
    file = next(file for file in FILES if file.name == "pdf: attachment")
    clean = scrub(encrypted(file.data, WAYS["AES of 128 bits"]))
    assert file.told <= set(clean.removed)
    assert CANARY not in clean.data


def test_what_unpacks_to_less_than_the_limit_is_no_bomb() -> None:
    data = paper(stream(bytes(500_000)), stream(zlib.compress(bytes(400_000))))
    pdf_streams.measure(data, 1_000_000)
    with pytest.raises(Refused):
        pdf_streams.measure(data, 800_000)


def test_codes_of_lzw_are_counted_as_they_unpack() -> None:
    # PDF 32000-1, 7.4.4.2, example 2: these codes say ten bytes.
    data = b"/Filter /LZWDecode >>\nstream\n" + bytes.fromhex("800B6050220C0C8501") + b"\nendstream"
    pdf_streams.measure(data, 10)
    with pytest.raises(Refused):
        pdf_streams.measure(data, 9)


@given(st.binary(max_size=300))
@settings(max_examples=200)
def test_counting_never_raises_anything_else(tail: bytes) -> None:
    for head in (b"stream\n", b"LZW stream\r\n", b"stream\nx\x9c"):
        pdf_streams.measure(head + tail, 1 << 30)


def test_pages_that_become_too_much_together_are_refused() -> None:
    assert why(pages(3), Limits(clean_bytes=3_000)) == "file_too_large"


# The proof


def _swap(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda bare: bare.replace(old, new, 1)


@pytest.mark.parametrize(
    "dirty",
    [
        lambda bare: bare + b"\n",
        lambda bare: bare[:-1],
        lambda bare: bare + bare,
        lambda bare: b" " + bare,
        _swap(b"%PDF-1.4\n", b"%PDF-1.4\n%" + CANARY + b"\n"),
        _swap(b"/Type /Catalog", b"/Type /Catalog /Lang (a)"),
        _swap(b"/Pages 2 0 R >>", b"/Pages 2 0 R  >>"),
        _swap(b"/MediaBox", b"/Annots [] /MediaBox"),
        _swap(b"/Root 1 0 R", b"/Root 1 0 R /Info 1 0 R"),
        _swap(b"/Root 1 0 R", b"/Root 1 0 R /ID [<00><00>]"),
        _swap(b"/I Do Q\n", b"/I Do Q\n%" + CANARY),
        _swap(b"/I Do Q", b"/I Do  "),
        _swap(b"/Filter /DCTDecode", b"/Filter /DCTDecode /Decode [1 0 1 0 1 0]"),
        _swap(b"/DeviceRGB", b"/DeviceCMY"),
        _swap(b"/Count 1", b"/Count 2"),
        _swap(b"[0 0 64 48]", b"[0 0 64 49]"),
        _swap(b"q 64 0", b"q 63 0"),
        _swap(b"\xff\xd9\nendstream", b"\xff\xd9" + CANARY + b"\nendstream"),
        _swap(b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xfe\0\3a\xff\xe0"),
        _swap(b"endobj\nxref", b"endobj\n%\nxref"),
        _swap(b"00000 n \n", b"00001 n \n"),
        _swap(b"/Width 116", b"/Width 115"),
        _swap(b"/Size 6", b"/Size 7"),
        lambda _: paper(),
        lambda _: b"",
    ],
)
def test_the_proof_refuses_a_pdf_with_anything_more(dirty: Callable[[bytes], bytes]) -> None:
    bare = scrub(paper()).data
    assert accepted(bare)
    changed = dirty(bare)
    assert changed != bare
    assert not accepted(changed)


@given(st.integers(0, 10_000), st.integers(0, 255))
@settings(max_examples=300)
def test_no_byte_outside_the_pixels_can_be_changed_unseen(at: int, value: int) -> None:
    bare = scrub(paper()).data
    pixels = range(bare.index(b"\xff\xd8"), bare.index(b"\xff\xd9"))
    if (at := at % len(bare)) not in pixels and bare[at] != value:
        assert not accepted(bare[:at] + bytes((value,)) + bare[at + 1 :])


def test_pictures_in_a_pdf_are_proved_by_the_proof_of_pictures() -> None:
    bare = scrub(paper()).data
    assert accepted(bare)
    assert bare.count(b"JFIF\0\1\1") == 1
    assert not accepted(bare.replace(b"JFIF\0\1\1", b"JFIF\0\1\2"))


def test_words_that_are_drawn_can_be_read_in_the_picture_only() -> None:
    clean = scrub(paper(drawing=said(b"(Resi)"), packed=False)).data
    with pypdfium2.PdfDocument(io.BytesIO(clean)) as document:
        assert document[0].get_textpage().get_text_range() == ""
    assert b"Resi" not in clean
