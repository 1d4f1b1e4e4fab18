"""What is wrong with a city's logo: a small picture that runs nothing and asks nobody for anything."""

import re
from xml.etree.ElementTree import ParseError, fromstring

from app.city_pack.pack import CityPack
from app.city_pack.reading import outside

_NAME = re.compile(r"[A-Za-z0-9_-]{1,60}\.(?:svg|png)")
_LARGEST = 100_000  # bytes: every page asks for it once
_PNG = b"\x89PNG\r\n\x1a\n"
_SVG = "{http://www.w3.org/2000/svg}"
_ACTIVE = frozenset({"script", "foreignObject", "iframe", "embed", "object", "animate", "set", "handler"})
_ASKS = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet", re.IGNORECASE)


def check_logo(pack: CityPack) -> None:
    """Adds what is wrong."""
    file = pack.files["city.toml"]
    name = file.table.get("logo")
    if not isinstance(name, str):
        return
    wrong = _wrong(pack, name)
    if wrong:
        mend = f"Put a picture of at most {_LARGEST // 1000} kB into the folder, and name it as logo.svg or logo.png."
        pack.findings.add(file, ("logo",), f"the logo {name[:60]!r} {wrong}", mend)


def _wrong(pack: CityPack, name: str) -> str:
    """Empty: nothing."""
    if not _NAME.fullmatch(name):
        return "is no file of the folder"
    path = pack.folder / name
    try:
        if outside(pack.folder, path):
            return "leads out of the folder"
        if not path.is_file():
            return "is not there"
        if path.stat().st_size > _LARGEST:
            return "is too large"
        data = path.read_bytes()
    except OSError:
        return "cannot be read"
    if name.endswith(".png"):
        return "" if data.startswith(_PNG) else "is no PNG"
    return _wrong_svg(data)


def _wrong_svg(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
        if _DECLARES.search(text):
            return "declares a document type or a style"
        found = list(fromstring(text).iter())  # noqa: S314 - it declares no entity
    except (ParseError, ValueError):
        return "is no SVG"
    if found[0].tag != f"{_SVG}svg":
        return "is no SVG"
    for element in found:
        names = [str(element.tag).rpartition("}")[2], *(each.rpartition("}")[2].lower() for each in element.attrib)]
        if names[0] in _ACTIVE or any(each.startswith("on") for each in names[1:]):
            return "holds something that runs"
        links = (value for name, value in element.attrib.items() if name.rpartition("}")[2].lower() == "href")
        if any(not each.startswith("#") for each in links):
            return "asks for another file"
        if any(_ASKS.search(each) for each in (*element.attrib.values(), element.text or "")):
            return "asks for another file"
    return ""
