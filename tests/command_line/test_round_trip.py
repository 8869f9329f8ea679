"""What leaves by a file comes back by one and changes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.run import Disputes
from tests.command_line.test_exit_statuses import RULING, chain


@pytest.mark.parametrize("format", ["csv", "jsonl", "json"])
@pytest.mark.parametrize("words", [("queue", "all"), ("report", "decisions")])
def test_an_export_reads_back_in_as_unchanged(
    words: tuple[str, ...], format: str, disputes: Disputes, tmp_path: Path
) -> None:
    assert disputes("claim", "C4", login="anna").status == 0
    assert disputes("decide", "C4", *RULING, login="anna").status == 0
    assert disputes("withdraw", "C1", "--note", "=It came.").status == 0
    out = tmp_path / f"export.{format}"
    assert disputes(*words, "--format", format, "--out", out).status == 0
    rows = len(disputes(*words, "--format", "jsonl").rows)
    cases, before = disputes("queue", "all", "--format", "jsonl").rows, int(chain(disputes).split()[0])
    ended = disputes("import", out, "--json")
    assert ended.object == {
        "rows": rows, "created": 0, "updated": 0, "unchanged": rows, "rejected": 0, "rejects": [],
    }  # fmt: skip
    assert disputes("import", "-", "--json", "--format", format, stdin=out.read_bytes()).object == ended.object
    assert disputes("queue", "all", "--format", "jsonl").rows == cases
    assert int(chain(disputes).split()[0]) <= before + 2, "an import is an event, its unchanged rows are none"


def test_rejected_rows_are_mended_and_sent_again(disputes: Disputes, tmp_path: Path) -> None:
    given = tmp_path / "given.csv"
    given.write_text(
        "case_ref,order_ref,opened_at,buyer_ref,seller_ref,reason,amount,currency\r\n"
        "'=N1,N1,2024-03-01T00:00:00Z,b,s,not_received/lost,1.234,USD\r\n"
    )
    rejects = tmp_path / "rejected.csv"
    assert disputes("import", given, "--rejects", rejects).status == 3
    text = rejects.read_text()
    assert "'=N1" in text and "too_many_decimals" in text
    rejects.write_text(text.replace("1.234", "1.23"))
    assert disputes("import", rejects, "--json").object["created"] == 1
    assert disputes("show", "file:=N1").status == 0
