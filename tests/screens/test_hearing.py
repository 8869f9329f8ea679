"""Signing another's decision and hearing an appeal: read whole, then done, by keys alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.actor import Actor
from models.operations import agents, appealing, assigning, deciding, moving
from models.queries.case_file import case_file
from models.rules.approval import RulingDraft
from models.vocabulary import AppealGround, Outcome, Party, Payer, Role
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
REMI = Actor("remi", Role.SUPERVISOR, "Remi")
FULL = RulingDraft(
    outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="Nobody answered in time."
)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """C1 waits for a second person; C2, which needs no evidence, was ruled on at once. Both rulings are Noor's."""
    with clock.stands_at(NOW):
        opened_at = NOW - timedelta(days=8)
        late = case("b", opened_at, reason="payment/wrong_amount")
        fill(sqlite_url, [case("a", opened_at, amount_minor=30_000, paid_minor=None), late])
        database.open_store(sqlite_url)
        agents.add(MAYA, login="remi", name="Remi", role=Role.SUPERVISOR)
        for each in (1, 2):
            moving.escalate(NOOR, case=each, party=Party.PLATFORM, cause="seller_silent", note="Silent.")
            assigning.claim(NOOR, case=each)
            deciding.decide(NOOR, case=each, ruling=FULL)
        database.close_store()
    return sqlite_url


async def test_a_second_person_reads_all_that_they_sign(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\np")
            read = maya.text()
            await maya.press("pagedown")
            read += maya.text()
            await maya.press("enter")
            assert "approval" in maya.lines()[0], "Cancel has the focus"
            await maya.press("p", "right", "enter")
            assert "resolved" in maya.lines()[0]
            assert "The decision of C1 is issued." in maya.text()
            await maya.press("y")
            shown = maya.text()
    database.open_store(url)
    ruling = case_file(1).decisions[-1]
    assert (ruling.standing, ruling.approver) == ("issued", "maya")
    for part in (
        ruling.hash[:12],
        "300.00 USD, paid by seller",
        "Nobody answered in time.",
        "seller silent",
        "You receive",
    ):
        assert part in read, part
    assert f"disputes approve C1 --hash {ruling.hash[:12]}" in shown


async def test_an_appeal_is_recorded_heard_and_ruled_on_by_keys(url: str) -> None:
    with clock.stands_at(LATER):
        async with seat(url, actor=NOOR) as noor:
            await noor.write(":C2\nA")
            await noor.press("right", "tab", "tab")
            await noor.paste("I had answered by mail.")
            await noor.press("ctrl+s")
            assert "waits for somebody who was not involved" in noor.text()
            assert "in appeal" in noor.lines()[0]
            await noor.press("D")
            assert "needs the role supervisor" in noor.text()
        async with seat(url) as maya:
            await maya.write(":C2\nc")
            page = maya.text()
            assert "As it was known when decision 1 was made" in page and "New since then" in page
            assert "I had answered by mail." in page
            await maya.press("D")
            assert maya.lines()[0].startswith(" C2 appeal")
            await maya.press("ctrl+s")
            assert "Choose what becomes of the appeal: upheld" in maya.text(), "an empty field upholds nothing"
            await maya.press("right", "right", "tab", "n", "tab", "tab", "tab", "tab", "d", "space", "tab")
            await maya.paste("The mail shows it.")
            await maya.press("ctrl+s")
            dry = maya.text()
            assert "the difference is -50.00 USD" in dry and "An appeal is" in dry
            await maya.press("right", "enter")
            await maya.rest()
            assert "Your decision of C2 waits for a second person." in maya.text()
        async with seat(url, actor=REMI) as remi:
            await remi.write(":C2\np")
            assert "until now stands full refund 50.00 USD" in remi.text()
            await remi.press("right", "enter")
            assert "resolved" in remi.lines()[0]
    database.open_store(url)
    file = case_file(2)
    assert [(each.standing, each.maker, each.approver) for each in file.decisions] == [
        ("replaced", "noor", ""), ("issued", "maya", "remi"),
    ]  # fmt: skip
    assert (file.appeals[0].party, file.row.outcome) == ("seller", "no_refund")


async def test_who_was_involved_is_told_so_before_anything_is_typed(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\np")
            await maya.press("right", "enter")
    database.open_store(url)
    with clock.stands_at(LATER):
        appealing.appeal(NOOR, case=1, party=Party.SELLER, ground=AppealGround.FACTS_WRONG, text="No.")
        database.close_store()
        async with seat(url) as maya:
            await maya.write(":C1\nc")
            await maya.press("D")
            assert "maya cannot hear this appeal" in maya.text()


async def test_a_return_is_recorded_by_keys(url: str) -> None:
    with clock.stands_at(NOW):
        database.open_store(url)
        back = RulingDraft(Outcome.RETURN_AND_REFUND, 30_000, Payer.SELLER, ("defect_shown",), note="It is broken.")
        waiting = case_file(1).decisions[-1]
        deciding.send_back(MAYA, case=1, note="It can go back.")
        waiting_hash = deciding.decide(NOOR, case=1, ruling=back).act.hash or waiting.hash
        deciding.approve(MAYA, case=1, hash=waiting_hash)
        database.close_store()
        async with seat(url, actor=NOOR) as noor:
            await noor.write(":C1\nB")
            await noor.press("tab")
            await noor.paste("RX 1")
            await noor.press("ctrl+s")
            assert "The return of C1 is recorded." in noor.text()
            assert "ball: seller" in noor.lines()[0]
            await noor.press("y")
            assert "disputes return C1 shipped --note 'RX 1'" in noor.text()
