"""Who may do what, from one table: each refusal has status 4 and a sentence that names the role; nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from console.commands import MODULES
from models.vocabulary import Role
from tests.command_line.cases import new, write_cases
from tests.command_line.run import Disputes, Ended
from tests.command_line.test_every_command import NEEDS_NO_STORE

ALL = frozenset({Role.AGENT, Role.SUPERVISOR, Role.AUDITOR})
DESK = frozenset({Role.AGENT, Role.SUPERVISOR})
SUPERVISOR = frozenset({Role.SUPERVISOR})
KEEPS_THE_AUDIT = frozenset({Role.SUPERVISOR, Role.AUDITOR})
LOGINS = {Role.AGENT: "anna", Role.SUPERVISOR: "sue", Role.AUDITOR: "ada"}

CLAIM = (
    "--order", "O-1", "--reason", "payment/duplicate", "--remedy", "full_refund", "--amount", "1.00",
    "--expected", "e", "--actual", "a", "--tried", "t",
)  # fmt: skip
RULING = ("--outcome", "no_refund", "--finding", "evidence_equal", "--note", "n")
MAY: tuple[tuple[tuple[str, ...], frozenset[Role]], ...] = (
    # See queues and cases.
    (("queue",), ALL), (("count",), ALL), (("show", "C1"), ALL), (("why", "C1"), ALL), (("forecast",), ALL),
    (("digest",), ALL), (("policy",), ALL), (("policy", "show"), ALL),
    (("party", "b1"), ALL), (("outbox",), ALL), (("templates",), ALL), (("views",), ALL), (("agents",), ALL),
    (("settings",), ALL), (("settings", "fps", "5"), ALL),
    # Contact data.
    (("reveal", "C1", "--note", "n"), DESK),
    # Work cases.
    (("claim", "C1"), DESK), (("release", "C1"), DESK), (("next",), DESK), (("note", "C1", "n"), DESK),
    (("message", "C1", "--to", "buyer", "--text", "t"), DESK),
    (("respond", "C1", "--by", "seller", "--with", "reply", "--text", "t"), DESK),
    (("escalate", "C1", "--by", "buyer", "--cause", "c", "--note", "n"), DESK),
    (("recode", "C1", "--reason", "quality/poor_quality", "--note", "n"), DESK),
    (("notify", "C1"), DESK), (("withdraw", "C2", "--note", "n"), DESK), (("close", "C2"), DESK),
    (("ask", "C4", "--party", "buyer", "--item", "x"), DESK), (("ask", "C4", "--cancel"), DESK),
    (("answer", "C4", "--party", "buyer", "--text", "t"), DESK),
    (("propose", "C4", "--remedy", "full_refund"), DESK), (("decide", "C4", *RULING), DESK),
    (("attach", "C1", "-", "--kind", "other", "--by", "buyer"), DESK),
    (("review", "C1", "1", "--as", "accepted", "--note", "n"), DESK), (("return", "C1", "shipped"), DESK),
    (("refund", "C9", "instructed"), DESK), (("chase", "C1"), DESK), (("watch", "C1"), DESK),
    (("appeal", "C9", "--by", "buyer", "--ground", "facts_wrong", "--text", "t"), DESK),
    (("remind", "C1", "--on", "2030-01-01", "--note", "n"), DESK), (("merge", "C1", "C2"), DESK),
    (("flag", "C1", "--party", "buyer", "--note", "n"), DESK), (("correct", "C1", "1", "--note", "n"), DESK),
    (("open", *CLAIM), DESK), (("open", *CLAIM, "--draft"), DESK), (("draft", "submit", "1"), DESK),
    (("refuse", "1", "--rule", "protection", "--note", "n"), DESK), (("outbox", "sent", "1"), DESK),
    (("import", "FILE"), DESK), (("sweep",), DESK),
    # Above the others' heads.
    (("open", *CLAIM, "--override", "no_live_case", "--note", "n"), SUPERVISOR),
    (("assign", "C1", "ben", "--note", "n"), SUPERVISOR), (("assign", "C1", "C2", "ben", "--note", "n"), SUPERVISOR),
    (("hold", "C1", "--why", "risk", "--note", "n"), SUPERVISOR), (("unhold", "C1"), SUPERVISOR),
    (("extend", "C1", "resolution", "--by", "3d", "--note", "n"), SUPERVISOR),
    (("waive", "C1", "resolution", "--note", "n"), SUPERVISOR), (("reopen", "C7", "--note", "n"), SUPERVISOR),
    (("approve", "C4", "--hash", "0" * 12), SUPERVISOR), (("send-back", "C4", "--note", "n"), SUPERVISOR),
    (("rule", "C4", "--result", "upheld", "--note", "n"), SUPERVISOR), (("chase", "C1", "C2"), SUPERVISOR),
    (("chase", "--seller", "s1"), SUPERVISOR), (("unflag", "C1", "--party", "buyer", "--note", "n"), SUPERVISOR),
    (("policy", "edit", "--file", "-"), SUPERVISOR), (("policy", "activate", "1", "--note", "n"), SUPERVISOR),
    (("handover", "anna", "ben"), SUPERVISOR), (("handover", "ben", "anna", "--preview"), SUPERVISOR),
    (("goodwill", "C1", "--amount", "1", "--note", "n"), SUPERVISOR),
    (("goodwill", "C1", "confirmed"), SUPERVISOR), (("party", "b1", "note", "--note", "n"), SUPERVISOR),
    (("party", "b1", "warn", "--note", "n"), SUPERVISOR),
    (("party", "b1", "suspend", "--until", "60d", "--note", "n"), SUPERVISOR),
    # Keep the desk.
    (("agents", "add", "new", "--name", "N", "--role", "agent"), SUPERVISOR),
    (("agents", "role", "ben", "auditor"), SUPERVISOR), (("agents", "disable", "ben"), SUPERVISOR),
    (("migrate",), SUPERVISOR), (("reindex",), SUPERVISOR), (("backup", "/dev/null"), SUPERVISOR),
    (("erase", "b1", "--note", "n"), SUPERVISOR), (("erase", "b1", "--preview"), SUPERVISOR),
    # Exports and the audit.
    (("report", "decisions"), ALL), (("report", "decisions", "--contact", "--note", "n"), SUPERVISOR),
    (("audit", "verify"), KEEPS_THE_AUDIT),
)  # fmt: skip
ELSEWHERE = {"init", "evidence", "doctor", "restore", "calendar", "authorized-keys", *NEEDS_NO_STORE}
"""Tried in tests of their own: who owns a store, or has its file."""


def words_of(command: tuple[str, ...], folder: Path) -> list[str | Path]:
    return [write_cases(folder, new()) if word == "FILE" else word for word in command]


def kept(disputes: Disputes) -> list[str]:
    """What a refused right must leave as it was; that it was refused is written down in the audit."""
    asked = (("queue", "all"), ("outbox",), ("agents",), ("party", "b1"), ("draft", "list"))
    return [disputes(*words, "--format", "csv").out for words in asked]


@pytest.mark.parametrize(("command", "may"), MAY, ids=[" ".join(command)[:60] for command, _ in MAY])
def test_a_command_is_for_the_roles_of_the_table(
    command: tuple[str, ...], may: frozenset[Role], disputes: Disputes, tmp_path: Path
) -> None:
    words = words_of(command, tmp_path)
    for role in sorted(ALL - may):
        before = kept(disputes)
        ended: Ended = disputes(*words, login=LOGINS[role], stdin="x")
        ended.refused(4)
        assert role in ended.err or "supervisor" in ended.err, ended.err
        assert kept(disputes) == before
    for role in sorted(may):
        ended = disputes(*words, login=LOGINS[role], stdin="x")
        assert ended.status != 4, (role, ended)


def test_the_table_knows_every_command() -> None:
    assert {command[0] for command, _ in MAY} == set(MODULES) - ELSEWHERE
