"""What a script reads of an end: the status, and one sentence on standard error."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command_line.cases import new, row, write_cases
from tests.command_line.run import Disputes

RULING = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent", "--note", "x")


def chain(disputes: Disputes) -> str:
    """How many events there are, and their head: the same again where nothing was written."""
    return disputes("audit", "verify").out


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        (("decide", "C1", *RULING), "(state)"),
        (("note", "C1", " "), "(text)"),
        (("recode", "C4", "--reason", "lost_somewhere", "--note", "x"), "(reason)"),
        (("escalate", "C2", "--by", "buyer", "--cause", "c", "--note", "x"), "refused ("),
        (("respond", "C1", "--by", "seller", "--with", "offer", "--remedy", "partial_refund", "--amount", "1.234"),
         "(too_many_decimals)"),
        (("respond", "C1", "--by", "seller", "--with", "offer", "--remedy", "partial_refund", "--amount", "99"),
         "refused ("),
        (("respond", "C1", "--by", "seller", "--with", "accept", "--offer", "99999999999999999999"), "(offer)"),
        (("refund", "C7", "confirmed"), "refused ("),
        (("close", "C4"), "(state)"),
        (("next", "--skip", "C1"), "(skip)"),
        (("agents", "role", "sue", "agent"), "(self)"),
        (("agents", "add", "anna", "--name", "x", "--role", "agent"), "(login)"),
        (("agents", "add", "\x1b[31m", "--name", "x", "--role", "agent"), "(login)"),
    ],
)  # fmt: skip
def test_a_rule_that_refuses_is_named_and_nothing_is_written(
    words: tuple[str, ...], rule: str, disputes: Disputes
) -> None:
    before = chain(disputes)
    disputes(*words).refused(1, rule)
    assert chain(disputes) == before


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ((), "needs a terminal"),
        (("shwo", "C1"), "did you mean 'show'?"),
        (("show",), "--help"),
        (("show", "C999"), "no case 'C999'"),
        (("show", "shop:nothing"), "no case"),
        (("show", "12"), "source and ref"),
        (("claim", "C99999999999999999999999"), "no case"),
        (("assign", "C1", "C999", "anna", "--note", "x"), "C999"),
        (("assign", "C1", "nobody", "--note", "x"), "no agent nobody"),
        (("queue", "hoem"), "did you mean home?"),
        (("next", "--view", "x"), "no view"),
        (("queue", "--sort", "amuont"), "did you mean amount?"),
        (("queue", "--limit", "-1"), "number of rows"),
        (("queue", "--format", "xml"), "it is one of table"),
        (("count", "--by", "owner"), "not counted by 'owner'"),
        (("count", "--at", "yesterday week"), "no instant"),
        (("count", "--by", "ball", "--at", "2024-03-10"), "present only"),
        (("decide", "C4", "--outcome", "full_refnd"), "did you mean full_refund? 'disputes decide --help'"),
        (("decide", "C4", *RULING, "--point", "a|b"), "five parts"),
        (("message", "C4", "--to", "internal", "--text", "x"), "disputes note"),
        (("report", "decisions", "--since", "2024-02-30"), "no instant"),
        (("report", "decisions", "--since", "2024-03-02", "--until", "2024-03-01"), "before it begins"),
        (("show", "C1", "--format", "csv"), "table or json"),
        (("demo", "--cases", "0"), "1 to 1000000"),
        (("import", "x.csv", "y.csv", "--rejects", "r.csv"), "one by one"),
        (("import", "-", "-"), "read once"),
        (("decide", "C4", "--outcome", "full_refund", "--note", "-", "--to-buyer", "-"), "read once"),
        (("note", "C4", "bad \udcff"), "not UTF-8"),
        (("--as", "bad \udcff", "count"), "not UTF-8"),
        (("--db", "mysql://x", "count"), "no store"),
        (("--db", "postgresql://", "count"), "no store"),
        (("--nothing",), "--help"),
    ],
)
def test_a_request_that_is_off_says_what_is_wrong_and_writes_nothing(
    words: tuple[str, ...], part: str, disputes: Disputes
) -> None:
    before = chain(disputes)
    disputes(*words).refused(2, part)
    assert chain(disputes) == before


@pytest.mark.parametrize("query", ["is:opne", 'seller:"torn', "(is:open", "amount>", "opened<x", "is:open or"])
def test_a_query_that_does_not_parse_points_at_the_place(query: str, disputes: Disputes) -> None:
    for command in (("queue",), ("count",), ("report", "decisions")):
        ended = disputes(*command, "--where", query)
        assert (ended.status, ended.out) == (2, "")
        sentence, shown, caret = ended.err.rstrip("\n").split("\n")
        assert sentence.startswith("disputes: ") and len(shown) > 2 and caret.strip() == "^"


def test_what_only_the_present_knows_is_not_asked_of_the_past(disputes: Disputes) -> None:
    for words in (("queue", "--where", "owner:anna"), ("count", "--where", "ball:seller"), ("queue", "mine")):
        ended = disputes(*words, "--at", "2024-03-10")
        assert (ended.status, ended.out) == (2, "") and "present" in ended.err


def test_some_rejected_rows_are_status_3_and_the_others_are_in(disputes: Disputes, tmp_path: Path) -> None:
    path = write_cases(
        tmp_path, new(), new(case_ref="N-2", order_ref="N-2", amount="1.234"), row(1), row(2, amount="9")
    )
    ended = disputes("import", path, "--rejects", tmp_path / "rejected.csv", "--json")
    assert (ended.status, ended.err) == (3, "")
    assert ended.object == {
        "rows": 4,
        "created": 1,
        "updated": 0,
        "unchanged": 1,
        "rejected": 2,
        "rejects": [
            {"row": 2, "column": "amount", "rule": "too_many_decimals", "value": "1.234"},
            {"row": 4, "column": "amount", "rule": "repeated_reference", "value": "9.00"},
        ],
    }
    assert ended.out.count("\n") == 1 and list(ended.object) == [
        "rows", "created", "updated", "unchanged", "rejected", "rejects",
    ]  # fmt: skip
    said = disputes("import", path)
    assert said.status == 3 and "row 2, amount: too_many_decimals" in said.out
    assert disputes("count", "--where", "ref:N-1").out.split()[-3] == "1"


def test_who_has_no_right_is_told_which_role_it_needs_and_each_attempt_is_an_event(
    disputes: Disputes, tmp_path: Path
) -> None:
    before = chain(disputes)
    path = write_cases(tmp_path, new())
    auditors: list[tuple[str | Path, ...]] = [
        ("claim", "C1"), ("release", "C1"), ("note", "C1", "x"), ("message", "C1", "--to", "buyer", "--text", "x"),
        ("respond", "C1", "--by", "seller", "--with", "accept"),
        ("recode", "C1", "--reason", "other/unspecified", "--note", "x"),
        ("escalate", "C1", "--by", "buyer", "--cause", "c", "--note", "x"), ("withdraw", "C1", "--note", "x"),
        ("decide", "C4", *RULING), ("decide", "C4", *RULING, "--preview"),
        ("refund", "C7", "instructed"), ("close", "C9"),
        ("next",), ("assign", "C1", "ben", "--note", "x"), ("import", path), ("migrate",),
        ("agents", "add", "new", "--name", "New", "--role", "agent"), ("agents", "disable", "ben"),
    ]  # fmt: skip
    agents: list[tuple[str | Path, ...]] = [
        ("assign", "C1", "ben", "--note", "x"),
        ("approve", "C5", "--hash", "x"),
        ("audit", "verify"),
        ("migrate",),
    ]
    for login, attempts in (("ada", auditors), ("anna", agents)):
        for words in attempts:
            disputes(*words, login=login).refused(4)
    disputes("queue", login="nobody").refused(4, "nobody", "agents add")
    assert disputes("agents", "disable", "ben").status == 0
    disputes("queue", login="ben").refused(4, "disabled")
    assert disputes("agents", "enable", "ben").status == 0
    assert int(chain(disputes).split()[0]) == int(before.split()[0]) + len(auditors) + len(agents) + 4


def test_whoever_comes_second_is_told_who_was_first(disputes: Disputes) -> None:
    assert disputes("claim", "C4", login="anna").status == 0
    before = chain(disputes)
    disputes("claim", "C4", login="ben").refused(5, "anna")
    disputes("release", "C4", login="ben").refused(5, "anna")
    disputes("decide", "C4", *RULING, login="ben").refused(5, "anna")
    assert chain(disputes) == before
    assert disputes("decide", "C4", *RULING, login="anna").status == 0
    before = chain(disputes)
    disputes("decide", "C4", *RULING, login="anna").refused(5, "anna")
    assert chain(disputes) == before
