"""The form's field, in the two ways a browser sends it."""

import pytest
from starlette.requests import Request

from tests.fakes.web_services import Behind, client, post
from web.form_body import filled

_PART = '--x\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n{value}\r\n--x--\r\n'
_MULTIPART = "multipart/form-data; boundary=x"


async def _typed(content: bytes | str, kind: str) -> tuple[int, list[str]]:
    behind = Behind()
    answer = await post(behind.app(), "/lacak", content, kind=kind)
    return answer.status_code, [typed for typed, _, _ in behind.asked]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("kode=+4821-0000+%0A", "application/x-www-form-urlencoded"),
        ("lain=1&kode=4821-0000", "Application/X-WWW-Form-URLEncoded; charset=UTF-8"),
        (_PART.format(name="kode", more="", value="4821-0000"), _MULTIPART),
    ],
)
async def test_both_kinds_of_form_are_read(content: str, kind: str) -> None:
    assert await _typed(content, kind) == (200, ["4821-0000"])


async def test_indonesian_and_foreign_letters_survive() -> None:
    assert await _typed("kode=%E2%80%93%C3%A9", "application/x-www-form-urlencoded") == (200, ["\u2013\u00e9"])


@pytest.mark.parametrize(
    ("content", "charset"),
    [
        ("kode=caf\u00e9".encode(), ""),  # as curl sends it
        ("kode=caf\u00e9".encode(), "; charset=iso-8859-1"),
        (b"kode=caf%E9", "; charset=ISO-8859-1"),
        (b"kode=caf\xe9", "; charset=iso-8859-15"),
        (b"kode=caf%E9", ""),
        (b"kode=caf%C3%A9", "; charset=utf-16"),
    ],
)
async def test_accents_survive_in_whatever_charset_an_old_browser_or_a_script_sends_them(
    content: bytes, charset: str
) -> None:
    assert await _typed(content, f"application/x-www-form-urlencoded{charset}") == (200, ["caf\u00e9"])


async def test_octets_that_mean_nothing_in_any_charset_break_no_form() -> None:
    assert await _typed("kode=a%81%", "application/x-www-form-urlencoded") == (200, ["a\ufffd%"])


async def test_without_the_field_nobody_is_asked() -> None:
    assert await _typed("lain=4821", "application/x-www-form-urlencoded") == (200, [])


async def test_a_file_is_no_field() -> None:
    content = _PART.format(name="kode", more='; filename="a.txt"', value="4821-0000")
    assert await _typed(content, _MULTIPART) == (200, [])


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        ('{"kode": "4821"}', "application/json", 415),
        ("kode=4821", "", 415),
        ("kode=4821", "multipart/form-data", 422),
        ("nothing like it", _MULTIPART, 422),
        ("&".join(f"a{n}=1" for n in range(41)), "application/x-www-form-urlencoded", 422),
        *(
            (_PART.format(name="kode", more="", value="4821"), f"{_MULTIPART}; charset={charset}", 415)
            for charset in (
                "undefined",
                "punycode",
                "PunyCode",
                '"idna"',
                "utf-7",
                "unicode_escape",
                "utf-16",
                "x" * 500,
            )
        ),
        (_PART.format(name="kode", more="", value="4821").removesuffix("--\r\n"), _MULTIPART, 422),
        (_PART.format(name="kode", more="", value="4821").removesuffix("--x--\r\n"), _MULTIPART, 422),
        ("kode=4821" + "&" * 41, "application/x-www-form-urlencoded", 422),
        ("kode=" + "1" * 70_000, "application/x-www-form-urlencoded", 413),
    ],
)
async def test_what_is_no_small_form_is_refused(content: str, kind: str, status: int) -> None:
    assert await _typed(content, kind) == (status, [])


async def test_boxes_of_one_name_are_all_told_in_their_order() -> None:
    body = b"pilih=R2&text=x&pilih=R1"

    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": body, "more_body": False}

    kind = (b"content-type", b"application/x-www-form-urlencoded")
    form = await filled(Request({"type": "http", "headers": [kind]}, receive), most=1000, seconds=1)
    assert form.ticked == {"pilih": ("R2", "R1"), "text": ("x",)}
    assert form.text("pilih") == "R1"


@pytest.mark.parametrize("charset", ["", "; charset=utf-8", '; charset="ISO-8859-1"', "; charset=windows-1252"])
async def test_a_nul_is_no_text_whatever_the_charset(charset: str) -> None:
    content = "".join(
        f'--x\r\nContent-Disposition: form-data; name="{name}"\r\n\r\nlubang \x00jalan\r\n'
        for name in ("kata", "kode", "tiket", "kiriman")
    )
    behind = Behind()
    kind = f"{_MULTIPART}{charset}"
    answer = await post(behind.app(), "/lacak", f"{content}--x--\r\n", kind=kind)
    assert answer.status_code == 200
    answer = await post(
        behind.app(),
        "/lacak",
        content + '--x\r\nContent-Disposition: form-data; name="langkah"\r\n\r\ntambah\r\n--x--\r\n',
        kind=kind,
    )
    assert answer.status_code == 200
    assert "lubang" in answer.text
    assert "\x00" not in answer.text


@pytest.mark.parametrize("coding", ["gzip", "deflate, gzip", "br"])
async def test_a_form_that_is_packed_is_refused_and_not_read_as_it_came(coding: str) -> None:
    behind = Behind()
    async with client(behind.app()) as browser:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        for said, status in ((coding, 415), ("identity", 200), ("", 200)):
            packed = {**kind, "Content-Encoding": said}
            assert (await browser.post("/lacak", content=b"kode=4821", headers=packed)).status_code == status
    assert len(behind.asked) == 2


async def test_a_nul_alone_is_an_empty_field() -> None:
    assert await _typed("kode=%00", "application/x-www-form-urlencoded") == (200, [])
