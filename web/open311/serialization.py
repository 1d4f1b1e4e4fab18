"""Answers as JSON or XML: the same plain data in the two shapes of the standard."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Literal
from xml.etree.ElementTree import Element, SubElement, tostring

from starlette.responses import Response

Format = Literal["json", "xml"]
FORMATS: Mapping[str, Format] = {"json": "json", "xml": "xml"}
"""By the ending of an address."""
Row = Mapping[str, str | int | None]  # a bool is an int
TYPES: Mapping[Format, str] = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_UNREADABLE = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")  # in XML, of UTF-8


class Trouble(Exception):
    """A request that cannot be answered: status, and what to do about it."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


def rows(found: Sequence[Row], names: tuple[str, str], form: Format, status: int = 200) -> Response:
    """A list; `names`: of the whole and of each in XML."""
    if form == "json":
        body = json.dumps(list(map(dict, found)), ensure_ascii=False).encode()
    else:
        root = Element(names[0])
        for row in found:
            _fill(SubElement(root, names[1]), row)
        body = xml_of(root)
    return _response(body, form, status)


def tree(root: str, told: Mapping[str, object], form: Format) -> Response:
    """What is no list: nested mappings and lists of mappings, each list's name without its last letter for one."""
    if form == "json":
        return _response(json.dumps(told, ensure_ascii=False).encode(), form, 200)
    element = Element(root)
    _grow(element, told)
    return _response(xml_of(element), form, 200)


def trouble(error: Trouble, form: Format) -> Response:
    """One error, as a list of one."""
    return rows([{"code": error.code, "description": error.description}], ("errors", "error"), form, error.code)


def _grow(element: Element, told: Mapping[str, object]) -> None:
    for name, value in told.items():
        if isinstance(value, Mapping):
            _grow(SubElement(element, name), value)
        elif isinstance(value, list):
            inside = SubElement(element, name)
            for each in value:
                child = SubElement(inside, name.removesuffix("s"))
                if isinstance(each, Mapping):
                    _grow(child, each)
                else:
                    child.text = str(each)
        else:
            SubElement(element, name).text = _text(value)


def _fill(element: Element, row: Row) -> None:
    for name, value in row.items():
        SubElement(element, name).text = _text(value)


def _text(value: object) -> str | None:
    if isinstance(value, bool):
        return str(value).lower()
    return None if value is None else str(value)


def xml_of(root: Element) -> bytes:
    """The document, without what no reader of XML takes: one sign in the name of an area would lose them all."""
    return _UNREADABLE.sub(b"", tostring(root, encoding="utf-8", xml_declaration=True))


def _response(body: bytes, form: Format, status: int) -> Response:
    return Response(body, status, headers={"Content-Type": TYPES[form]})
