"""How a partial ruling's amount is made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules import basis
from models.rules.policy import policy


def total(*texts: str, refundable: int = 10_000) -> int:
    return basis.total_minor(basis.lines_from(texts, refundable, "USD", policy(1)))


@pytest.mark.parametrize(
    ("amount", "percent", "share"), [(333, 50, 167), (1, 50, 1), (1, 49, 0), (5, 10, 1), (4, 10, 0), (1250, 30, 375)]
)
def test_a_percentage_is_rounded_half_up_for_the_buyer(amount: int, percent: int, share: int) -> None:
    assert basis.share(amount, percent) == share


@pytest.mark.parametrize(
    ("texts", "minor"),
    [
        (["value_loss=30%"], 3_000),
        (["missing_quantity=12.50", "repair_cost=7.25"], 1_975),
        (["late_delivery=4"], 400),
        (["value_loss=70%", "shared_fault=50%"], 3_500),
        (["shared_fault=50%", "value_loss=70%"], 3_500),
        (["shared_fault=25%"], 7_500),
        (["repair_cost=50.00", "shared_fault=10.00"], 4_000),
    ],
)
def test_lines_add_up_and_a_shared_fault_is_applied_last(texts: list[str], minor: int) -> None:
    assert total(*texts) == minor


def test_half_a_cent_of_a_shared_fault_falls_to_the_buyer() -> None:
    assert total("repair_cost=3.33", "shared_fault=50%") == 167


@pytest.mark.parametrize(
    "text",
    [
        "value_loss=25%",
        "shared_fault=51%",
        "repair_cost=101%",
        "repair_cost",
        "repair_cost=",
        "wear=10%",
        "shared_fault=60.00",
    ],
)
def test_a_line_outside_the_policy_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        total(text)
    assert refusal.value.rule == "basis"


def test_several_shared_faults_take_no_more_than_one_may() -> None:
    with pytest.raises(Refused):
        total("value_loss=70%", "shared_fault=50%", "shared_fault=50%")


def test_a_misspelt_ground_is_answered_with_the_nearest() -> None:
    with pytest.raises(Refused, match="value_loss"):
        total("valueloss=30%")


@given(st.integers(0, 10**13), st.integers(0, 50), st.sampled_from([10, 20, 30, 50, 70]))
def test_a_shared_fault_never_takes_more_than_half(refundable: int, fault: int, loss: int) -> None:
    whole = total(f"value_loss={loss}%", refundable=refundable)
    cut = total(f"value_loss={loss}%", f"shared_fault={fault}%", refundable=refundable)
    assert whole // 2 <= cut <= whole
