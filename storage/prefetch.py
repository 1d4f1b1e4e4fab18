"""A query that is asked along with another, as its answer is wanted next: one way to the server instead of two."""

from collections.abc import Sequence

from sqlalchemy import Executable

from storage.statements import Params, Statements
from storage.tables import AnyRow


class Prefetch:
    """Keeps each answer for one use. Whoever writes what could change an answer calls `forget`."""

    def __init__(self, statements: Statements, query: Executable) -> None:
        self._statements = statements
        self._query = query  # of one parameter, `of`
        self._heard: dict[str | bytes, Sequence[AnyRow]] = {}

    def rows_with(self, first: tuple[Executable, Params], of: str | bytes) -> Sequence[AnyRow]:
        """Returns the rows of `first`, and reads ours after it, so that ours sees what those locks waited for."""
        rows, self._heard[of] = self._statements.several([first, (self._query, {"of": of})])
        return rows

    def rows(self, of: str | bytes) -> Sequence[AnyRow]:
        """Returns the answer read before, or runs the query now."""
        heard = self._heard.pop(of, None)
        return self._statements.rows(self._query, {"of": of}) if heard is None else heard

    def forget(self) -> None:
        """Drops the answers read before."""
        self._heard.clear()
