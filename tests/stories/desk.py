"""A desk worked by command alone, on days counted from the opening of its cases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from models.database import close_store, open_store
from models.queries.audit import verify
from tests.command_line.cases import BASE, write_cases
from tests.command_line.run import Ended, in_process
from tests.operations.desk import assert_all_replay

OPENED = datetime(2024, 3, 4, 9, tzinfo=UTC)
PEOPLE = (("anna", "agent"), ("ben", "agent"), ("tom", "supervisor"), ("kim", "supervisor"), ("ada", "auditor"))


class Desk:
    """A store with people, and one case, C1, of 100.00 USD."""

    def __init__(self, url: str, folder: Path, **row: str) -> None:
        self.url = url
        self.done(0, "init", "--name", "Sue", login="sue")
        for login, role in PEOPLE:
            self.done(0, "agents", "add", login, "--name", login.title(), "--role", role, login="sue")
        told = BASE | {"case_ref": "D-1", "order_ref": "O-1", "amount": "100.00"} | row
        self.done(0, "import", str(write_cases(folder, told)), login="sue")

    def runs(self, day: float, *words: str, login: str = "anna") -> Ended:
        return in_process(self.url, *words, login=login, now=OPENED + timedelta(days=day))

    def done(self, day: float, *words: str, login: str = "anna") -> str:
        ended = self.runs(day, *words, login=login)
        assert (ended.status, ended.err) == (0, ""), (words, ended)
        return ended.out

    def refused(self, day: float, *words: str, rule: str, login: str = "anna", status: int = 1) -> None:
        """By that rule, and every refusal says it."""
        self.runs(day, *words, login=login).refused(status, rule)

    def case(self, day: float) -> Any:
        return self.runs(day, "show", "C1", "--format", "json", login="ada").object

    def report(self, day: float) -> Any:
        return self.runs(day, "report", "decisions", "--format", "json", login="sue").object

    def clocks(self, day: float) -> dict[str, str]:
        """Of each kind how the latest stands."""
        return {clock["kind"]: clock["standing"] for clock in self.case(day)["clocks"]}

    def views(self, day: float, view: str) -> int:
        found: int = self.runs(day, "count", view, "--format", "json", login="sue").object["cases"]
        return found

    def is_sound(self) -> None:
        """Events tell every case again, and the chain holds."""
        open_store(self.url)
        try:
            assert_all_replay()
            assert verify().first_bad_seq is None
        finally:
            close_store()
