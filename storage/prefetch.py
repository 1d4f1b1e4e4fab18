"""A query that is asked along with another, as its answer is wanted next: one way to the server instead of two."""

from collections.abc import Sequence

from sqlalchemy import Executable

from storage.statements import Params, Statements
from storage.tables import AnyRow


class Prefetch:
    """Each answer serves once, and none after a write that could have changed it: whoever writes calls `forget`."""

    def __init__(self, statements: Statements, query: Executable) -> None:
        self._statements = statements
        self._query = query  # of one parameter, `of`
        self._heard: dict[str | bytes, Sequence[AnyRow]] = {}

    def rows_with(self, first: tuple[Executable, Params], of: str | bytes) -> Sequence[AnyRow]:
        """What the first query finds; ours follows it, so that it sees what the first one's locks waited for."""
        rows, self._heard[of] = self._statements.several([first, (self._query, {"of": of})])
        return rows

    def rows(self, of: str | bytes) -> Sequence[AnyRow]:
        """What was heard, or is asked now."""
        heard = self._heard.pop(of, None)
        return self._statements.rows(self._query, {"of": of}) if heard is None else heard

    def forget(self) -> None:
        """What was heard may be true no more."""
        self._heard.clear()
