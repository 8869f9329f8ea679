"""Rulings, goodwill and what is done about parties, as scripts meet them."""

from __future__ import annotations

import json
import shlex

from models.vocabulary import Outcome
from screens.decision.draft import Filled
from tests.command_line.run import Disputes

RULING = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent", "--note", "No answer.")


def points_of(disputes: Disputes, case: str) -> list[list[str]]:
    found = json.loads(disputes("show", case, "--format", "json").out)["decision"]["points"]
    return [[*point.values()] for point in found]


def test_the_command_that_a_screen_prints_makes_the_same_grid(disputes: Disputes) -> None:
    filled = Filled(
        texts={"outcome": Outcome.FULL_REFUND, "payer": "seller", "findings": "seller_silent", "note": "No answer."},
        points=[{"point": "size | colour", "claimed": "a|b", "answered": "", "shown": "photo", "found": ""}],
    )
    disputes("claim", "C4", login="anna")
    words = shlex.split(shlex.join(filled.command()))
    ended = disputes("decide", "C4", *words, login="anna")
    assert (ended.status, ended.err) == (0, "")
    assert points_of(disputes, "C4") == [["size | colour", "a|b", "", "photo", "No answer."]]


def test_a_point_has_five_parts_and_a_finding(disputes: Disputes) -> None:
    disputes("claim", "C4", login="anna")
    disputes("decide", "C4", *RULING, "--point", "size|large|small", login="anna").refused(2, "five parts")
    disputes("decide", "C4", *RULING, "--point", "size|large|small|photo|", login="anna").refused(
        1, "refused (point)", "says nothing of what was found"
    )


def test_freight_is_named_where_goods_go_back(disputes: Disputes) -> None:
    disputes("claim", "C4", login="anna")
    disputes("decide", "C4", *RULING, "--freight", "buyer", login="anna").refused(1, "refused (freight)")


def test_goodwill_says_what_it_needs(disputes: Disputes) -> None:
    goodwill = ("goodwill", "C4")
    disputes(*goodwill, "--amount", "5", login="sue").refused(2, "--amount and --note")
    disputes(*goodwill, "--amount", "0", "--note", "n", login="sue").refused(1, "refused (amount)")
    disputes(*goodwill, "confirmed", login="sue").refused(1, "refused (no_instruction)")
    disputes(*goodwill, "--amount", "5", "--note", "n", login="anna").refused(4, "needs the role supervisor")
    assert disputes(*goodwill, "--amount", "5", "--note", "n", login="sue").status == 0
    disputes(*goodwill, "--amount", "5", "--note", "n", login="sue").refused(1, "refused (double_goodwill)")
    disputes(*goodwill, "failed", "--amount", "5", login="sue").refused(2, "leave --amount away")
    shown = json.loads(disputes("show", "C4", "--format", "json").out)
    assert [each["amount"]["amount"] for each in shown["goodwill"]] == ["5.00"]
    assert "goodwill" not in disputes("queue", "all", "--format", "csv").out.splitlines()[0]


def test_measures_need_their_ground_their_note_and_their_role(disputes: Disputes) -> None:
    party = ("party", "b1")
    disputes(*party, "warn", login="sue").refused(2, "--note")
    disputes(*party, "suspend", "--note", "n", login="sue").refused(2, "--until")
    disputes(*party, "suspend", "--until", "5d", "--note", "n", login="sue").refused(1, "refused (suspension_length)")
    disputes(*party, "suspend", "--until", "60d", "--note", "n", login="sue").refused(
        1, "refused (suspension_ground)", "warn the party first"
    )
    for what in (("note",), ("warn",), ("suspend", "--until", "60d")):
        disputes(*party, *what, "--note", "n", login="anna").refused(4, "needs the role supervisor; anna is agent")
    assert disputes(*party, "suspend", "--until", "60d", "--grave-forgery", "--note", "n", login="sue").status == 0
    shown = json.loads(disputes(*party, "--format", "json").out)
    assert [step["grave_forgery"] for step in shown["steps"]] == [True] and shown["suspended_until"]
    assert "suspended until" in disputes("show", "C1").out


def test_a_preview_of_a_withdrawal_is_refused_where_the_withdrawal_would_be(disputes: Disputes) -> None:
    disputes("claim", "C4", login="anna")
    assert "would close" in disputes("withdraw", "C4", "--note", "It came.", "--preview", login="anna").out
    disputes("decide", "C4", *RULING, login="anna")
    for more in ((), ("--preview",)):
        disputes("withdraw", "C4", "--note", "It came.", *more, login="anna").refused(1, "refused (state)")


def test_a_refund_that_is_under_way_stands_beside_what_an_appeal_would_change(disputes: Disputes) -> None:
    disputes("claim", "C4", login="anna")
    disputes("decide", "C4", *RULING, login="anna")
    disputes("refund", "C4", "instructed", login="anna")
    disputes("appeal", "C4", "--by", "seller", "--ground", "facts_wrong", "--text", "Sent.", login="anna")
    disputes("claim", "C4", login="tom")
    reversed_ = ("--result", "reversed", "--outcome", "no_refund", "--payer", "seller", "--finding", "delivery_proven")
    seen = disputes("rule", "C4", *reversed_, "--note", "A scan shows it.", "--preview", login="tom")
    assert (seen.status, seen.err) == (0, "")
    assert "Instructed and not confirmed, in no sum: 40.00 USD." in seen.out and "Already paid: 0.00" in seen.out
