"""Pages out of templates and phrases: one environment, always escaping, no sentence of its own."""

from functools import partial

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from core.phrases import LANGUAGES, phrase
from web.assets import BRAND, url_of
from web.services import services_of

_templates = Environment(
    loader=PackageLoader("web"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # an upgrade in place changes them under a process whose phrases and code are the old ones
)
_templates.globals["asset"] = url_of
_templates.globals["brand"] = BRAND


def rendered(template: str, **shown: object) -> str:
    """A template with what it shows, escaped; for pages that have a frame of their own."""
    return _templates.get_template(template).render(shown)


def language(request: Request) -> str:
    """What the address asks for, where we speak it; kept by links alone, never by a cookie."""
    asked = request.query_params.get("lang", "")
    return asked if asked in LANGUAGES else services_of(request).default_lang


def link(path: str, lang: str, default: str) -> str:
    """The path in the language; a path of ours, with no query yet."""
    return path if lang == default else f"{path}?lang={lang}"


def number(count: int, lang: str) -> str:
    """With the language's mark between thousands."""
    return f"{count:,}".replace(",", phrase("web_thousands", lang))


def page(
    request: Request, template: str, *, here: str = "/", status: int = 200, cache: str = "no-store", **shown: object
) -> HTMLResponse:
    """The template in the reader's language; `here` is where its links to other languages lead."""
    lang, default = language(request), services_of(request).default_lang
    html = _templates.get_template(template).render(
        shown,
        lang=lang,
        here=here,
        t=partial(phrase, lang=lang),
        href=partial(link, lang=lang, default=default),
        n=partial(number, lang=lang),
        others=[
            (other, phrase("web_language", other), partial(link, lang=other, default=default))
            for other in LANGUAGES
            if other != lang
        ],
    )
    return HTMLResponse(html, status, {"Cache-Control": cache, "Content-Language": lang})
