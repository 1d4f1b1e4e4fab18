"""Codes of the second step, as apps on telephones make them (RFC 6238), and the picture that such an app scans."""

import hmac
from datetime import datetime, timedelta

import pyotp

_ISSUER = "Resi"
_DIGITS = 6
_PERIOD = 30  # seconds of a step
_NEAR = (0, -1, 1)  # steps: clocks of telephones differ, and typing takes its time


class TelephoneCodes:
    """web.Authenticator."""

    def step(self, secret: str, typed: str, at: datetime) -> int | None:
        """Compared in constant time, whichever step it is of."""
        code, found = pyotp.TOTP(secret, digits=_DIGITS, interval=_PERIOD), None
        for near in _NEAR:
            then = at + timedelta(seconds=near * _PERIOD)
            if hmac.compare_digest(code.at(then).encode(), typed.encode(errors="replace")):
                found = int(then.timestamp()) // _PERIOD
        return found

    def address(self, secret: str, name: str) -> str:
        """otpauth://totp/..."""
        return pyotp.TOTP(secret, digits=_DIGITS, interval=_PERIOD).provisioning_uri(name=name, issuer_name=_ISSUER)

    def picture(self, address: str) -> str:
        """An SVG in a data: address, dark on light whatever the page looks like."""
        import segno  # noqa: PLC0415 - for few pages, and a part of every start

        return str(segno.make(address, error="m").svg_data_uri(scale=5, border=3, dark="#000", light="#fff"))


def scanned(code: str) -> str:
    """A PNG in a data: address, for browsers that draw no SVG; dark on white."""
    import segno  # noqa: PLC0415 - as above

    return str(segno.make(code, error="m", micro=False).png_data_uri(scale=6, border=4, dark="#000", light="#fff"))
