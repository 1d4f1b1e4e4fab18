"""Forms that Twilio signed for an address of ours; for every channel that Twilio carries."""

import hmac
from urllib.parse import parse_qsl, urlparse

from twilio.request_validator import RequestValidator, add_port, remove_port  # type: ignore[import-untyped]

from core.messages import HookRequest

_MOST_FIELDS = 200


class Form(dict[str, list[str]]):
    """A parsed form; the SDK's validator asks `getlist` and signs every value of a field that came twice."""

    def getlist(self, name: str) -> list[str]:
        """Every value; KeyError where there is none."""
        return self[name]

    def last(self, name: str) -> str:
        """The last value, or nothing."""
        return self.get(name, [""])[-1]

    def latest(self) -> dict[str, str]:
        """One value a field, as an older signer of Twilio's sees a form."""
        return {name: values[-1] for name, values in self.items()}


class Signatures:
    """What Twilio signs with our token for one address of ours.

    The address is the configured one, never the request's Host; Twilio signs it with or without its port.
    """

    def __init__(self, token: str, url: str) -> None:
        self._validator = RequestValidator(token) if token else None
        parsed = urlparse(url)
        self._urls = (str(add_port(parsed)), str(remove_port(parsed)))

    def form(self, request: HookRequest) -> Form | None:
        """The form of a request; None where it cannot be read, or Twilio did not sign it."""
        form = _parsed(request.body)
        if form is None or self._validator is None:
            return None
        given = request.headers.get("x-twilio-signature", "").encode()
        query = "?" + request.query if request.query else ""
        expected = [
            self._validator.compute_signature(url + query, fields).encode()
            for url in self._urls
            for fields in (form, form.latest())
        ]
        return form if any(hmac.compare_digest(one, given) for one in expected) else None


def _parsed(body: bytes) -> Form | None:
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError:
        return None  # Twilio signs what can be read
    form = Form()
    for name, value in pairs:
        form.setdefault(name, []).append(value)
    return form
