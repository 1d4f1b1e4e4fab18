"""Files on their way to a browser: only types of our own table are shown, and nothing in them runs."""

import pytest

from core.messages import StoredFile
from web.desk.files import served


@pytest.mark.parametrize(
    ("kind", "told", "how"),
    [
        ("image/jpeg", "image/jpeg", 'inline; filename="R1-2.jpg"'),
        ("text/plain", "text/plain; charset=utf-8", 'inline; filename="R1-2.txt"'),
        ("text/html", "application/octet-stream", 'attachment; filename="R1-2.bin"'),
        ("image/svg+xml", "application/octet-stream", 'attachment; filename="R1-2.bin"'),
        ("image/jpeg\r\nx: y", "application/octet-stream", 'attachment; filename="R1-2.bin"'),
    ],
)
def test_a_type_is_ours_or_none(kind: str, told: str, how: str) -> None:
    answer = served(StoredFile("name", "key", kind, 3), b"abc", "R1", 2)
    assert answer.headers["content-type"] == told
    assert answer.headers["content-disposition"] == how
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "script" not in answer.headers["content-security-policy"]
    assert "name" not in answer.headers["content-disposition"].replace("filename", "")
