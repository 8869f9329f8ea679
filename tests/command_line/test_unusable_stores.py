"""A store that is not there, not ours or not well: status 6, one sentence, and nothing made or changed."""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import apsw
import pytest

from console.commands import MODULES
from models import database
from tests.command_line.cases import new, write_cases
from tests.command_line.run import in_process
from tests.command_line.test_every_command import NEEDS_NO_STORE
from tests.command_line.test_exit_statuses import chain

ARGUMENTS = {
    "handover": ("anna", "ben"),
    "import": ("cases.csv",), "show": ("C1",), "why": ("C1",), "claim": ("C1",), "release": ("C1",),
    "assign": ("C1", "ben", "--note", "x"),
    "note": ("C1", "x"), "message": ("C1", "--to", "buyer", "--text", "x"), "notify": ("C1",), "close": ("C1",),
    "respond": ("C1", "--by", "seller", "--with", "accept"), "recode": ("C1", "--reason", "r", "--note", "x"),
    "escalate": ("C1", "--by", "buyer", "--cause", "c", "--note", "x"), "withdraw": ("C1", "--note", "x"),
    "decide": ("C1", "--outcome", "no_refund", "--note", "x"), "approve": ("C1", "--hash", "x"),
    "send-back": ("C1", "--note", "x"), "refund": ("C1", "failed"), "report": ("decisions",), "audit": ("verify",),
    "ask": ("C1", "--party", "buyer", "--item", "x"), "answer": ("C1", "--party", "buyer", "--text", "x"),
    "propose": ("C1", "--remedy", "full_refund", "--amount", "1"), "hold": ("C1", "--why", "legal", "--note", "x"),
    "unhold": ("C1",), "extend": ("C1", "review", "--by", "3d", "--note", "x"),
    "waive": ("C1", "review", "--note", "x"), "return": ("C1", "shipped"),
    "appeal": ("C1", "--by", "buyer", "--ground", "facts_wrong", "--text", "x"),
    "rule": ("C1", "--result", "upheld", "--note", "x"),
    "attach": ("C1", "-", "--kind", "other", "--by", "buyer"), "evidence": ("C1", "1"),
    "review": ("C1", "1", "--as", "accepted", "--note", "x"),
    "watch": ("C1",), "remind": ("C1", "--on", "2030-01-01", "--note", "x"), "merge": ("C1", "C2"),
    "flag": ("C1", "--party", "buyer", "--note", "x"), "reopen": ("C1", "--note", "x"), "chase": ("C1",),
    "correct": ("C1", "1", "--note", "x"),
    "refuse": ("1", "--rule", "r", "--note", "x"), "party": ("b1",),
    "unflag": ("C1", "--party", "buyer", "--note", "x"), "goodwill": ("C1", "confirmed"),
    "reveal": ("C1", "--note", "x"), "backup": ("backup.tar",),
    "erase": ("b1", "--note", "x"),
}  # fmt: skip


@pytest.mark.parametrize("name", [name for name in MODULES if name not in {"init", "restore", *NEEDS_NO_STORE}])
def test_without_a_store_every_command_names_init_and_demo(name: str, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'away' / 'store.db'}"
    in_process(url, name, *ARGUMENTS.get(name, ())).refused(6, "disputes init", "disputes demo", "store.db")
    assert list(tmp_path.iterdir()) == []


def test_what_is_no_store_of_ours_is_left_as_it_is(tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.db"
    sqlite3.connect(foreign).executescript("CREATE TABLE theirs (id)").close()
    (tmp_path / "text.db").write_text("not a database, but longer than its header would be" * 9)
    (tmp_path / "folder.db").mkdir()
    kept = {path: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
    for name in ("foreign.db", "text.db", "folder.db"):
        for command in (("count",), ("init",), ("migrate",), ("import", write_cases(tmp_path, new()))):
            in_process(f"sqlite:///{tmp_path / name}", *command).refused(6, name)
    assert all(path.read_bytes() == content for path, content in kept.items())


def test_a_damaged_store_is_said_to_be_damaged(desk: Path, url: str) -> None:
    desk.write_bytes(desk.read_bytes()[:8192])
    for command in (("count",), ("queue",), ("note", "C1", "x"), ("doctor",)):
        in_process(url, *command).refused(6, "damaged")


def test_a_locked_store_is_said_to_be_locked_and_nothing_is_written(
    desk: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "LOCK_TIMEOUT_SECONDS", 0.05)
    disputes = partial(in_process, url)
    before = chain(disputes)
    other = apsw.Connection(str(desk))
    other.execute("BEGIN IMMEDIATE")
    disputes("note", "C1", "x").refused(6, "locked")
    disputes("import", write_cases(desk.parent, new()), "--json").refused(6, "locked")
    assert disputes("count").status == 0, "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    assert chain(disputes) == before
    assert disputes("note", "C1", "x").status == 0


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    for url in ("postgresql://u:geheim@127.0.0.1:1/x", "postgresql:///x?host=/nowhere&password=geheim"):
        said = in_process(url, "count").refused(6, "postgresql://")
        assert "geheim" not in said
