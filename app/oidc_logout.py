"""Back-channel logout: the provider of single sign-on says whose sessions have ended, and they end in all processes.

It calls by itself, with a token that it signed; what browsers show is not looked at.
"""

import json
import logging
from http import HTTPStatus
from urllib.parse import parse_qs

from app.id_token import NotProved
from app.oidc import OidcLogin
from app.turns import Turns
from core import record
from core.casework import sign_on
from core.errors import Refused
from core.messages import Hook, HookAnswer, HookRequest, WireId

_log = logging.getLogger(__name__)
PATH = "/hooks/oidc/logout"
_MOST_BYTES = 70_000
_JSON = "application/json"


class OidcLogout:
    """The hook that a provider calls."""

    def __init__(self, login: OidcLogin, turns: Turns) -> None:
        self._login = login
        self._turns = turns

    @property
    def hook(self) -> Hook:
        """Its path is what an operator registers as backchannel_logout_uri."""
        return Hook("POST", PATH, self._called, _MOST_BYTES)

    async def _called(self, request: HookRequest) -> HookAnswer:
        """400 for what proves nothing; raises StoreAway."""
        try:
            logout = await self._login.logged_out(_token(request.body))
        except NotProved as none:
            return _refused(none.why)
        except Refused:
            return HookAnswer(HTTPStatus.SERVICE_UNAVAILABLE)
        now, context, issuer = self._turns.clock.now(), self._turns.context, self._login.issuer
        once = WireId(f"{issuer} {logout.id}")
        new = await self._turns.run(
            lambda tx: sign_on.end(record.Turn(tx, now, context), issuer, logout.subject, logout.session, once)
        )
        return HookAnswer(HTTPStatus.OK) if new else _refused("told before")


def _token(body: bytes) -> str:
    """Raises NotProved."""
    try:
        given = parse_qs(body.decode("ascii"), max_num_fields=20).get("logout_token", [])
    except ValueError:
        given = []
    if len(given) != 1:
        raise NotProved("no token")
    return given[0]


def _refused(why: str) -> HookAnswer:
    _log.warning("logout_refused", extra={"why": why})
    return HookAnswer(HTTPStatus.BAD_REQUEST, json.dumps({"error": "invalid_request"}).encode(), _JSON)
