"""/peta/ubin.pmtiles: the operator's own streets as one file, handed out by the piece; no other host is asked."""

import asyncio
import os
import re
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from web.services import services_of

router = APIRouter(redirect_slashes=False)
HERE = "/peta/ubin.pmtiles"
MOST = 4 << 20  # bytes of one answer: who asks for more gets as much, and asks again
_RANGE = re.compile(r"bytes=(\d{1,18})-(\d{0,18})")
_KIND = "application/vnd.pmtiles"
_KEPT = "public, max-age=86400"


def _piece(file: Path, first: int, last: int) -> tuple[bytes, int, str]:
    """At most MOST bytes, how long the file is, and a tag of it. OSError: it is gone."""
    with file.open("rb") as opened:
        told = os.fstat(opened.fileno())
        tag = f'"{told.st_mtime_ns:x}-{told.st_size:x}"'
        opened.seek(min(first, told.st_size))
        return opened.read(max(0, min(last - first + 1, MOST))), told.st_size, tag


@router.api_route(HERE, methods=["GET", "HEAD"])
async def tiles(request: Request) -> Response:
    """206 with a piece; 200 where all of it is small; 416 for what cannot be given so."""
    file = services_of(request).tiles
    if file is None:
        raise HTTPException(404)
    asked = _RANGE.fullmatch(request.headers.get("range", ""))
    first = int(asked[1]) if asked else 0
    last = int(asked[2]) if asked and asked[2] else first + MOST - 1
    try:
        data, size, tag = await asyncio.to_thread(_piece, file, first, last)
    except OSError:
        raise HTTPException(404) from None
    heads = {"Content-Type": _KIND, "Accept-Ranges": "bytes", "Cache-Control": _KEPT, "ETag": tag}
    if asked is None and size <= MOST:
        return Response(data, headers=heads)
    if asked is None or not data:
        return Response(status_code=416, headers=heads | {"Content-Range": f"bytes */{size}"})
    return Response(data, 206, heads | {"Content-Range": f"bytes {first}-{first + len(data) - 1}/{size}"})
