from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.errors import Refused
from models.rules import money


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("12.50", "USD", 1250),
        ("12.5", "USD", 1250),
        ("12", "USD", 1200),
        ("0", "EUR", 0),
        ("7", "JPY", 7),
        ("0.005", "KWD", 5),
    ],
)
def test_amount_is_read_by_the_decimals_of_its_currency(text: str, currency: str, minor: int) -> None:
    assert money.minor(text, currency) == minor


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [(1250, "USD", "12.50"), (5, "USD", "0.05"), (7, "JPY", "7"), (5, "KWD", "0.005"), (-1250, "USD", "-12.50")],
)
def test_amount_is_written_with_all_its_decimals(minor: int, currency: str, text: str) -> None:
    assert money.text(minor, currency) == text


@pytest.mark.parametrize(
    ("text", "currency", "rule"),
    [
        ("1,250.00", "USD", "bad_amount"),
        ("12,50", "EUR", "bad_amount"),
        ("-1", "USD", "bad_amount"),
        ("+1", "USD", "bad_amount"),
        ("1e3", "USD", "bad_amount"),
        ("12.", "USD", "bad_amount"),
        ("12\n", "USD", "bad_amount"),
        ("٣", "USD", "bad_amount"),
        ("9" * 5000, "USD", "bad_amount"),
        ("100000000000.01", "USD", "bad_amount"),
        ("1.005", "USD", "too_many_decimals"),
        ("1.0", "JPY", "too_many_decimals"),
        ("1", "USX", "unknown_currency"),
        ("1", "usd", "unknown_currency"),
        ("1", "XAU", "unknown_currency"),
    ],
)
def test_amount_out_of_form_is_refused_by_name(text: str, currency: str, rule: str) -> None:
    with pytest.raises(Refused) as refusal:
        money.minor(text, currency)
    assert refusal.value.rule == rule


def test_decimals_are_those_of_the_library() -> None:
    assert money.exponents() == money._of_library()


@given(st.integers(0, money.MOST_MINOR), st.sampled_from(sorted(money.exponents())))
def test_amount_written_is_read_back_in_every_currency(minor: int, currency: str) -> None:
    assert money.minor(money.text(minor, currency), currency) == minor
