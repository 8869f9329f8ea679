"""Cases of our own invention, as a file tells them: one in each place where a case can be."""

from __future__ import annotations

from pathlib import Path

from tests.files.sample import csv_text

NASTY = "\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u200b[bold]=1+1|\x9b31m"
"""What a hostile party writes: sequences, a reversal, a hidden blank, markup, a formula, a table's edge."""

BASE = {
    "source": "shop",
    "opened_at": "2024-03-04T09:00:00Z",
    "buyer_ref": "b1",
    "seller_ref": "s1",
    "reason": "not_received/lost",
    "amount": "12.50",
    "currency": "USD",
}
ROWS: tuple[dict[str, str], ...] = tuple(
    BASE | {"case_ref": f"D-{number}", "order_ref": f"O-{number}"} | changes
    for number, changes in enumerate(
        (
            {},  # an overdue seller
            {"opened_at": "2024-03-24T09:00:00Z", "seller_ref": "s2"},  # one in time
            {"seller_responded_at": "2024-03-05T10:00:00Z", "seller_response": "reply", "seller_ref": "s2"},
            {"escalated_at": "2024-03-12T09:00:00Z", "amount": "40.00"},
            {"escalated_at": "2024-03-12T09:00:00Z", "amount": "50.00", "seller_ref": "s3"},
            {"escalated_at": "2024-03-12T09:00:00Z", "amount": "900", "currency": "JPY", "buyer_ref": "b2"},
            {
                "outcome": "full_refund",
                "refund_amount": "12.50",
                "payer": "seller",
                "decided_by": "Old Desk",
                "decided_at": "2024-03-15T09:00:00Z",
                "decision_note": "=Found: nobody answered.",
            },
            {"outcome": "withdrawn", "decided_at": "2024-03-06T09:00:00Z"},
            {"seller_responded_at": "2024-03-06T09:00:00Z", "seller_response": "accept", "currency": "EUR"},
            {"buyer_name": NASTY, "seller_name": NASTY, "item_title": NASTY, "description": f"{NASTY}\n{NASTY}"},
            {"case_ref": "=D+11", "seller_ref": "-s|9", "buyer_ref": "@b", "order_ref": "+O\u202e11"},
        ),
        1,
    )
)
"""They become C1 to C11 of a store that had none."""


def write_cases(folder: Path, *rows: dict[str, str], name: str = "cases.csv") -> Path:
    path = folder / name
    path.write_text(csv_text(*(rows or ROWS)), encoding="utf-8", newline="")
    return path


def row(number: int, **changes: str) -> dict[str, str]:
    """The row of C`number` with changes."""
    return ROWS[number - 1] | changes


def new(**changes: str) -> dict[str, str]:
    """A row that is not in the store yet."""
    return BASE | {"case_ref": "N-1", "order_ref": "N-O-1"} | changes
