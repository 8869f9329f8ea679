"""Text from outside, in every place where it can be: nothing of it acts, all of it is kept.

Every run of the command is searched for what acts; here it is walked past whatever is shown.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command_line.cases import NASTY, row
from tests.command_line.run import Disputes, in_process, process

RULING = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent")
PIPELESS = NASTY.replace("|", "")


def test_hostile_names_and_texts_are_shown_as_signs_and_kept_as_they_are(disputes: Disputes, tmp_path: Path) -> None:
    """C10 has hostile names, a title and a description; what people of the desk write is no better."""
    (tmp_path / "note.txt").write_text("It is broken.", encoding="utf-8")
    for words in (
        ("note", "C10", NASTY), ("message", "C10", "--to", "both", "--text", NASTY),
        ("respond", "C10", "--by", "seller", "--with", "reply", "--text", NASTY),
        ("recode", "C10", "--reason", "payment/wrong_amount", "--note", NASTY),
        ("attach", "C10", tmp_path / "note.txt", "--kind", "other", "--by", "seller", "--title", NASTY),
        ("review", "C10", "1", "--as", "rejected", "--note", NASTY),
        ("escalate", "C10", "--by", "platform", "--cause", "x", "--note", NASTY), ("claim", "C10"),
        ("decide", "C10", *RULING, "--note", NASTY, "--to-buyer", NASTY, "--point", "||||".join([PIPELESS] * 2),
         "--preview"),
        ("decide", "C10", *RULING, "--note", NASTY, "--to-seller", NASTY), ("refund", "C10", "instructed"),
        ("refund", "C10", "confirmed", "--ref", NASTY),
        ("agents", "add", "eve", "--name", NASTY, "--role", "agent"), ("agents",),
    ):  # fmt: skip
        ended = disputes(*words)
        assert ended.status == 0, (words, ended)
    page = disputes("show", "C10").out
    assert "␛]0;owned␇" in page and "⟦RLO⟧" in page and "[bold]" in page
    case = disputes("show", "C10", "--format", "json").object
    assert case["claim"]["text"] == f"{NASTY}\n{NASTY}"
    assert sum(event["text"] == NASTY for event in case["events"]) >= 4
    for words in (("queue", "all"), ("report", "decisions"), ("count", "--by", "seller")):
        for format in ("table", "markdown", "json", "jsonl"):
            assert disputes(*words, "--format", format).status == 0
    (decided,) = disputes("report", "decisions", "--where", "ref:D-10", "--format", "jsonl").rows
    assert decided["note"] == NASTY


def test_hostile_refs_are_named_queried_and_guarded(disputes: Disputes) -> None:
    last = row(11)
    assert disputes("show", "shop:=D+11", "--format", "json").object["order"] == last["order_ref"]
    line = disputes("queue", "--where", "ref:=D+11", "--format", "csv").out.splitlines()[1]
    assert ",'=D+11,'+O\u202e11," in line and ",'-s|9,'@b," in line
    assert ",=D+11,+O" in disputes("queue", "--where", "ref:=D+11", "--format", "csv", "--raw").out
    assert r"-s\|9" in disputes("queue", "--where", "ref:=D+11", "--format", "markdown").out


@pytest.mark.parametrize(
    "words",
    [
        (NASTY,),
        (f"--{NASTY}",),
        ("show", NASTY),
        ("show", f"shop:{NASTY}"),
        ("queue", NASTY),
        ("queue", "--where", f"is:{NASTY}"),
        ("queue", "--where", f'"{NASTY}'),
        ("queue", "--sort", NASTY),
        ("queue", "--format", NASTY),
        ("queue", "--out", f"/nowhere/{NASTY}"),
        ("count", "--by", NASTY),
        ("count", "--at", NASTY),
        ("import", NASTY),
        ("assign", "C1", NASTY, "--note", "x"),
        ("agents", "role", NASTY, "agent"),
        ("recode", "C10", "--reason", NASTY, "--note", "x"),
        ("decide", "C4", *RULING, "--finding", NASTY, "--note", "x", "--preview"),
        ("decide", "C4", *RULING, "--basis", f"{NASTY}=1", "--note", "x", "--preview"),
        ("respond", "C4", "--by", "seller", "--with", "offer", "--remedy", "partial_refund", "--amount", NASTY),
        ("--db", NASTY, "count"),
        ("--db", f"sqlite:////nowhere/{NASTY}", "count"),
        ("--db", f"postgresql://u:geheim@127.0.0.1:1/{NASTY}", "count"),
        ("--as", NASTY, "count"),
    ],
)
def test_hostile_arguments_come_back_as_signs(words: tuple[str, ...], disputes: Disputes) -> None:
    ended = disputes(*words)
    assert ended.status in (1, 2, 4, 6) and ended.err.startswith("disputes: ")
    assert "geheim" not in ended.err


def test_a_hostile_environment_is_as_harmless(url: str, tmp_path: Path) -> None:
    config = tmp_path / "config" / "disputes" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f"{json.dumps(NASTY)} = 1\n", encoding="utf-8")
    assert process("count", env={"DISPUTES_DB": NASTY}).status == 2
    assert process("count", env={"XDG_CONFIG_HOME": str(config.parents[1])}).status == 2
    assert process("count", env={"XDG_DATA_HOME": f"/nowhere/{NASTY}"}).status == 6
    odd = {"COLUMNS": "1", "LC_ALL": "xx_YY.nonsense", "TZ": NASTY, "PYTHONIOENCODING": "ascii"}
    ended = process("count", env={"DISPUTES_DB": url, "USER": "ada", "LOGNAME": "ada", **odd})
    assert ended.status == 4, "nobody is whom the environment says"


def test_a_login_that_nobody_can_type_makes_no_store(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"
    in_process(url, "init", login=NASTY).refused(1, "(login)")
    assert not (tmp_path / "new.db").exists()
    assert in_process(url, "init").status == 0
