"""Statements as SQLAlchemy itself runs them, one by one: what the short ways are compared with."""

from collections.abc import Sequence

from sqlalchemy import Executable

from storage.statements import Params, Statements
from storage.tables import AnyRow


class LongWay(Statements):
    """On a connection of either database."""

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        return self.connection.execute(statement, params).all()

    def change(self, statement: Executable, params: Params) -> None:
        self.changed(statement, params)

    def changed(self, statement: Executable, params: Params) -> int:
        return self.connection.execute(statement, params).rowcount


class CountedWay(LongWay):
    """The same; how often something was `asked`."""

    asked = 0

    def rows(self, statement: Executable, params: Params) -> Sequence[AnyRow]:
        self.asked += 1
        return super().rows(statement, params)
