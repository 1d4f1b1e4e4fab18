"""What a reader has already is not sent again: entity tags, as RFC 9110 has them."""

import hashlib
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response

_STAYS = ("etag", "cache-control")  # of the headers, in an answer without a body


def unless_known(request: Request, answer: Response, print_: str = "") -> Response:
    """The answer with a tag; 304 where If-None-Match names that tag. For what anybody may read alone.

    `print_`: a hash of the body, where there is one already.
    """
    if request.method not in {"GET", "HEAD"} or answer.status_code != HTTPStatus.OK:
        return answer
    tag = f'"{print_ or hashlib.sha256(answer.body).hexdigest()[:32]}"'
    answer.headers["ETag"] = tag
    if not _names(request.headers.get("if-none-match", ""), tag):
        return answer
    kept = {name: answer.headers[name] for name in _STAYS if name in answer.headers}
    return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=kept)


def _names(asked: str, tag: str) -> bool:
    """Whether a list of tags, weak ones too, holds this one; * is any."""
    tags = {each.strip().removeprefix("W/") for each in asked.split(",")}
    return tag in tags or "*" in tags
