"""Somebody who fills in the form without a script: reads a page as a browser does, changes fields, presses a button."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import httpx
from fastapi import FastAPI

from tests.fakes.web_services import client

File = tuple[str, bytes]
CODE = re.compile(r"\d{4}-\d{4}-\d{4}-\d{4}")


@dataclass
class Sheet(HTMLParser):
    """The first form of a page: its fields as they stand, and its buttons in their order."""

    fields: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[str] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)  # that can be pressed
    multipart: bool = False
    action: str = ""
    _area: str | None = None
    _select: str | None = None
    _inside: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        match tag:
            case "form":
                self._inside, self.action = True, told["action"]
                self.multipart = told.get("enctype") == "multipart/form-data"
            case "input" if self._inside:
                self._input(name, told)
            case "textarea" if self._inside:
                self._area = name
                self._add(name, "")
            case "select" if self._inside:
                self._select = name
            case "option" if self._select and ("selected" in told or self._select not in self.fields):
                self.fields[self._select] = [told["value"]]
            case "button" if self._inside:
                self.buttons.append(told.get("value", ""))
            case _:
                pass

    def _input(self, name: str, told: dict[str, str]) -> None:
        match told["type"]:
            case "hidden" | "text":
                self._add(name, told.get("value", ""))
            case "radio" | "checkbox" if "checked" in told:
                self._add(name, told["value"])
            case "image":
                self.pictures[name] = told["src"]
            case _:
                pass

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self.fields[self._area][-1] += data

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "textarea":
                if self._area is not None:
                    said = self.fields[self._area]
                    said[-1] = said[-1].removeprefix("\n")  # as every browser does
                self._area = None
            case "select":
                self._select = None
            case "form":
                self._inside = False
            case _:
                pass

    def _add(self, name: str, value: str) -> None:
        self.fields.setdefault(name, []).append(value)


class FormFiller:
    """One person with one browser; each answer is kept, so that an older page can be sent again."""

    def __init__(self, app: FastAPI, *, lang: str = "", peer: str = "198.51.100.7") -> None:
        self._app = app
        self._peer = peer
        self._path = f"/lapor?lang={lang}" if lang else "/lapor"
        self.answers: list[httpx.Response] = []
        self.sheet = Sheet()

    @property
    def html(self) -> str:
        return self.answers[-1].text.replace("&#39;", "'").replace("&#34;", '"')

    @property
    def status(self) -> int:
        return self.answers[-1].status_code

    @property
    def page(self) -> str:
        """Its name, as the form itself says it; empty where there is none any more."""
        return self.sheet.fields.get("halaman", [""])[0]

    @property
    def token(self) -> str:
        return self.sheet.fields.get("formulir", [""])[0]

    @property
    def code(self) -> str:
        found = CODE.search(self.html)
        return found.group() if found else ""

    async def opens(self) -> "FormFiller":
        async with client(self._app, self._peer) as browser:
            return self._read(await browser.get(self._path))

    async def presses(
        self, act: str = "lanjut", *files: bytes, headers: dict[str, str] | None = None, **typed: str | list[str]
    ) -> "FormFiller":
        """Sends the page with those fields changed (- as __); the same `sheet` may be sent again."""
        assert act in self.sheet.buttons or "aksi" in self.sheet.fields, self.sheet.buttons
        fields: dict[str, str | list[str]] = {**self.sheet.fields}
        fields |= {name.replace("__", "-"): value for name, value in typed.items()}
        fields["aksi"] = act
        sent = [("foto", (f"{at}.jpg", data)) for at, data in enumerate(files)] or [("foto", ("", b""))]
        async with client(self._app, self._peer) as browser:
            files_sent = sent if self.sheet.multipart else None
            return self._read(await browser.post(self.sheet.action, data=fields, headers=headers, files=files_sent))

    async def points(self, x: int, y: int) -> "FormFiller":
        """Presses the picture of the map: a browser sends where, and no button."""
        (name,) = self.sheet.pictures
        fields = {**self.sheet.fields, f"{name}.x": [str(x)], f"{name}.y": [str(y)]}
        async with client(self._app, self._peer) as browser:
            return self._read(await browser.post(self.sheet.action, data=fields))

    def _read(self, answer: httpx.Response) -> "FormFiller":
        self.answers.append(answer)
        self.sheet = Sheet()
        self.sheet.feed(answer.text)
        return self
