"""The few files that pages need, read once at import: no path from outside ever touches the disk."""

import hashlib
from importlib import resources

from fastapi import APIRouter, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from core.city import folder
from core.city.profile import CITY
from web.conditional import unless_known

router = APIRouter(redirect_slashes=False)
_KINDS = {
    "resi.css": "text/css; charset=utf-8",
    "desk.css": "text/css; charset=utf-8",
    "lapor.css": "text/css; charset=utf-8",
    "lapor.js": "text/javascript; charset=utf-8",
    "map.css": "text/css; charset=utf-8",
    "figures.css": "text/css; charset=utf-8",
    "maplibre-gl.css": "text/css; charset=utf-8",
    "maplibre-gl.mjs": "text/javascript; charset=utf-8",
    "maplibre-gl-worker.mjs": "text/javascript; charset=utf-8",
    "pmtiles.js": "text/javascript; charset=utf-8",
    "streets.mjs": "text/javascript; charset=utf-8",
    "resi.svg": "image/svg+xml",
    "desk.js": "text/javascript; charset=utf-8",
    "htmx.min.js": "text/javascript; charset=utf-8",
}
_PACKED = frozenset({"maplibre-gl.css", "maplibre-gl.mjs", "maplibre-gl-worker.mjs", "pmtiles.js"})
"""As gzip packs them, which every browser reads that could run them."""
_FILES = {
    name: (resources.files("web") / "static" / (f"{name}.gz" if name in _PACKED else name)).read_bytes()
    for name in _KINDS
}
_LOGOS = {".svg": "image/svg+xml", ".png": "image/png"}
_logo = folder() / CITY.logo
BRAND = f"logo{_logo.suffix}" if CITY.logo and _logo.suffix in _LOGOS and _logo.is_file() else "resi.svg"
"""What stands in the head of every page: the city's own, else ours."""
if BRAND != "resi.svg":
    _FILES[BRAND], _KINDS[BRAND] = _logo.read_bytes(), _LOGOS[_logo.suffix]
_PRINTS = {name: hashlib.sha256(data).hexdigest()[:12] for name, data in _FILES.items()}


def url_of(name: str) -> str:
    """The address of a file; it changes with its content, so that it may be kept for ever."""
    return f"/static/{name}?v={_PRINTS[name]}"


@router.api_route("/static/{name}", methods=["GET", "HEAD"])
async def asset(name: str, request: Request) -> Response:
    """Kept for a year under its print, for a minute under any other address."""
    if name not in _FILES:
        raise HTTPException(404)
    known = request.query_params.get("v") == _PRINTS[name]
    keep = "public, max-age=31536000, immutable" if known else "public, max-age=60"
    packed = {"Content-Encoding": "gzip"} if name in _PACKED else {}
    answer = Response(_FILES[name], headers={"Content-Type": _KINDS[name], "Cache-Control": keep} | packed)
    return unless_known(request, answer, _PRINTS[name])
