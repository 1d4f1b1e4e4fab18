"""A file of a report on its way to a browser: with a type from our own table, and a name that tells nothing."""

from collections.abc import Mapping

from starlette.responses import Response

from core.messages import StoredFile

_ENDS: Mapping[str, str] = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "application/pdf": "pdf",
    "audio/aac": "aac",
    "audio/amr": "amr",
    "audio/flac": "flac",  # of reports from when it was taken
    "audio/mp4": "m4a",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "video/3gpp": "3gp",
    "video/mp4": "mp4",
    "video/webm": "webm",
    "text/plain": "txt",
}
_POLICY = "default-src 'none'; media-src 'self'; img-src 'self'; frame-ancestors 'none'; sandbox"


def served(file: StoredFile, data: bytes, number: str, position: int) -> Response:
    """Shown where its type is one of ours, else only to be kept; it runs nothing, and is in no cache."""
    known = file.kind in _ENDS
    name = f"{number}-{position}.{_ENDS.get(file.kind, 'bin')}"
    kind = file.kind if known else "application/octet-stream"
    return Response(
        data,
        headers={
            "Content-Type": f"{kind}; charset=utf-8" if kind == "text/plain" else kind,
            "Content-Disposition": f'{"inline" if known else "attachment"}; filename="{name}"',
            "Content-Security-Policy": _POLICY,
            "Cache-Control": "no-store",
        },
    )
