"""Staff at a terminal beside a running service: accounts, orders and lists, each a real `resi` of its own."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.fakes.resi_process import Resi


@dataclass(frozen=True)
class DeskServices:
    """Every command must go well, unless it is asked why it was refused."""

    resi: Resi

    def hire(self, name: str, agency: str, role: str = "officer") -> str:
        """An account; its generated password."""
        return self._done("staff", "add", name, "--agency", agency, "--role", role).splitlines()[-1]

    def list(self, name: str, status: str = "") -> list[dict[str, Any]]:
        """What somebody may see."""
        only = ("--status", status) if status else ()
        found: list[dict[str, Any]] = json.loads(self._done("case", "list", "--as", name, *only, "--json"))
        return found

    def show(self, name: str, number: str) -> dict[str, Any]:
        """One report as somebody sees it."""
        found: dict[str, Any] = json.loads(self._done("case", "show", number, "--as", name, "--json"))
        return found

    def does(self, name: str, action: str, number: str, **options: str | Path) -> None:
        """An act that must be allowed."""
        self._done(*self._order(name, action, number, options))

    def refused(self, name: str, action: str, number: str, **options: str | Path) -> str:
        """Why an act is not."""
        ran = self.resi.command(*self._order(name, action, number, options))
        assert ran.returncode == 1, ran.stdout
        return ran.stderr.strip()

    def passes(self, at: str = "") -> dict[str, int]:
        """The clock, perhaps as if it were that time; how many of what it did."""
        out = self._done("clock", *(("--at", at) if at else ()))
        return {name: int(count) for name, count in (line.split() for line in out.splitlines())}

    def evaluation(self, name: str) -> dict[str, dict[str, Any]]:
        """This month's, by office."""
        rows = json.loads(self._done("case", "evaluation", "--as", name, "--json"))
        return {row["agency"]: row for row in rows}

    def verifies(self) -> bool:
        """Whether the trail holds."""
        return self.resi.command("audit", "verify").returncode == 0

    def _order(self, name: str, action: str, number: str, options: dict[str, str | Path]) -> tuple[str, ...]:
        named = (part for option, value in options.items() for part in (f"--{option}", str(value)))
        return ("case", "do", action, number, "--as", name, *named)

    def _done(self, *arguments: str) -> str:
        ran = self.resi.command(*arguments)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout
