"""Invented rows in the shapes of the files whose maps ship: a marketplace's, a city's, a bureau's."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import datetime, timedelta

LOCAL = "%Y-%m-%d %H:%M:%S"
FIRST = datetime(2023, 10, 20, 8)  # noqa: DTZ001 - the files tell local times
"""The change from summer time lies within the weeks that follow."""

SHOPS = (
    "review_id", "order_id", "customer_unique_id", "seller_id", "reason", "total_paid", "currency",
    "purchased_at", "ship_due_at", "shipped_at", "delivery_due_at", "delivered_at", "complained_at", "title",
    "message",
)  # fmt: skip
CITY = (
    "case_enquiry_id", "open_dt", "target_dt", "closed_dt", "ontime", "case_status", "closure_reason",
    "case_title", "subject", "reason", "type", "department", "location", "source",
)  # fmt: skip
BUREAU = (
    "Date received", "Product", "Sub-product", "Issue", "Sub-issue", "Consumer complaint narrative",
    "Company public response", "Company", "Tags", "Date sent to company", "Company response to consumer",
    "Complaint ID",
)  # fmt: skip
ANSWERS = ("In progress", "Closed with explanation", "Closed with monetary relief", "Untimely response")


def shops(draw: random.Random) -> Iterator[dict[str, str]]:
    for number in range(40):
        complained = FIRST + timedelta(hours=draw.randrange(900), seconds=draw.randrange(60))
        due = complained + timedelta(hours=draw.randrange(-200, 200))
        shipped = due + timedelta(hours=draw.choice([-30, -1, 0, 1, 90]))
        yield {
            "review_id": f"r{number}", "order_id": f"o{number}", "customer_unique_id": f"c{number % 9}",
            "seller_id": draw.choice(["", "s1", "s2"]), "reason": draw.choice(["ITEM_NOT_RECEIVED", "SOMETHING"]),
            "total_paid": f"{draw.randrange(1, 9000) / 100:.2f}", "currency": "BRL",
            "purchased_at": f"{complained - timedelta(days=9):{LOCAL}}", "complained_at": f"{complained:{LOCAL}}",
            "ship_due_at": draw.choice(["", *[f"{due:{LOCAL}}"] * 4]),
            "shipped_at": draw.choice(["", f"{shipped:{LOCAL}}"]),
        }  # fmt: skip


def city(draw: random.Random) -> Iterator[dict[str, str]]:
    for number in range(40):
        opened = FIRST + timedelta(hours=draw.randrange(900), seconds=draw.randrange(60))
        target = opened + timedelta(hours=draw.randrange(1, 300)) if draw.random() < 0.8 else None
        is_closed = draw.random() < 0.7
        closed = opened + timedelta(hours=draw.randrange(1, 400)) if is_closed else None
        if closed and target and draw.random() < 0.2:
            closed = target
        is_late = target is not None and (closed is None or closed > target)
        yield {
            "case_enquiry_id": str(number), "open_dt": f"{opened:{LOCAL}}", "department": draw.choice(["PWDx", " "]),
            "target_dt": f"{target:{LOCAL}}" if target else "", "closed_dt": f"{closed:{LOCAL}}" if closed else "",
            "ontime": "OVERDUE" if is_late else "ONTIME", "case_status": "Closed" if closed else "Open",
            "closure_reason": " ", "case_title": "Pothole",
        }  # fmt: skip


def bureau(draw: random.Random) -> Iterator[dict[str, str]]:
    for number in range(30):
        received = FIRST + timedelta(days=draw.randrange(40))
        yield {
            "Complaint ID": str(number), "Company": "ACME, INC.", "Date received": f"{received:%Y-%m-%d}",
            "Date sent to company": f"{received + timedelta(days=draw.choice([-1, 0, 0, 3])):%Y-%m-%d}",
            "Company response to consumer": draw.choice(ANSWERS), "Issue": "Fees\nagain",
        }  # fmt: skip
