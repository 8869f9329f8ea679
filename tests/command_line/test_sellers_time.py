"""A seller's tier and holidays by command, and what they make of a due instant."""

from __future__ import annotations

from tests.command_line.run import Disputes
from tests.rules.policies import changed

GOLD = '[seller_response.by_tier]\ngold = "7d"\n'


def test_a_tier_and_a_holiday_are_noted_and_shown(disputes: Disputes) -> None:
    assert "s1 is gold now." in disputes("party", "s1", "tier", "gold").out
    away = ("party", "s1", "holiday", "--from", "2024-04-01")
    said = disputes(*away, "--until", "2024-04-07", login="anna").out
    assert "away from 2024-04-01T00:00:00Z to 2024-04-08T00:00:00Z" in said
    shown = disputes("party", "s1").out
    assert "(s1), gold" in shown and "away 2024-04-01T00:00:00Z to 2024-04-08T00:00:00Z, noted by anna" in shown
    found = disputes("party", "s1", "--format", "json").object
    assert (found["tier"], [each["is_called_off"] for each in found["holidays"]]) == ("gold", [False])
    assert "called off" in disputes(*away, "--call-off", login="anna").out
    assert "called off" in disputes("party", "s1").out
    assert "has no tier now" in disputes("party", "s1", "tier", "none").out


def test_what_is_missing_or_wrong_is_said(disputes: Disputes) -> None:
    disputes("party", "s1", "tier").refused(2, "such as gold")
    disputes("party", "s1", "tier", "Gold").refused(1, "tier")
    disputes("party", "s1", "holiday", "--from", "2024-04-01").refused(2, "--until D or --call-off")
    disputes("party", "s1", "holiday", "--from", "2024-04-05", "--until", "2024-04-01").refused(1, "holiday")
    disputes("party", "s1", "note", "gold", "--note", "x").refused(2, "takes no 'gold'")
    disputes("party", "s1", "tier", "gold", login="anna").refused(4, "supervisor")


def test_why_says_which_rule_set_the_window(disputes: Disputes) -> None:
    disputes("policy", "edit", "--file", "-", stdin=changed(more=GOLD))
    disputes("policy", "activate", "2", "--note", "x")
    claim = ("--order", "O-8", "--reason", "not_received/lost", "--remedy", "full_refund", "--amount", "9.00")
    seller = disputes("show", "C8", "--format", "json").object["seller"]
    disputes("party", seller, "tier", "gold")
    disputes("party", seller, "holiday", "--from", "2024-03-27", "--until", "2024-03-28")
    opened = disputes("open", *claim, "--expected", "a", "--actual", "b", "--tried", "c")
    case = opened.out.split()[0].rstrip(":")
    said = disputes("why", case, "seller_response").out
    assert "policy 2: seller_response, by tier gold" in said
    assert "declared holiday, from 2024-03-27T00:00:00Z to 2024-03-29T00:00:00Z" in said
    assert "seller_response (4) is due 2024-04-03T12:00:00Z" in said
