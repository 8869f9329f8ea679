"""The ruling: filled in, tried dry, issued, kept, and told when the case moved under it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import assigning, deciding, moving, talking
from models.queries import drafts
from models.queries.case_file import case_file
from models.rules.approval import RulingDraft
from models.vocabulary import Outcome, Party, Payer
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """One case in review, in Maya's hands; it needs no evidence."""
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=8), reason="payment/wrong_amount")])
        database.open_store(sqlite_url)
        assigning.claim(MAYA, case=1)
        moving.escalate(MAYA, case=1, party=Party.PLATFORM, cause="seller_silent", note="Silent.")
        database.close_store()
    return sqlite_url


async def test_a_partial_ruling_is_tried_dry_and_issued(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\nd")
            assert "claimed" in maya.text() and "full refund of 50.00 USD" in maya.text()
            await maya.press("p", "tab", "tab")
            await maya.paste("value_loss=30%")
            assert "value loss 15.00 = 15.00 of 50.00 USD" in maya.text()
            await maya.press("tab", "tab", "s", "space", "tab")
            await maya.paste("The seller never answered.")
            await maya.press("ctrl+s")
            dry = maya.text()
            assert "nothing is written yet" in dry
            assert "15.00 USD, paid by seller" in dry
            assert "review stops: met" in dry
            assert "You receive 15.00 USD." in dry
            assert "no second person is needed" in dry
            await maya.press("enter")
            assert maya.lines()[0].startswith(" C1 decision"), "Cancel has the focus"
            await maya.press("ctrl+s", "right", "enter")
            await maya.rest()
            assert "resolved" in maya.lines()[0]
            assert "C1 is decided." in maya.text()
    database.open_store(url)
    ruling = case_file(1).decisions[-1]
    assert (ruling.outcome, ruling.refund.amount_minor, ruling.standing) == ("partial_refund", 1500, "issued")
    assert ruling.findings == ("seller_silent",)
    assert drafts.draft("maya", "decide:C1") is None


async def test_a_half_filled_ruling_is_there_again_at_the_next_login(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\nd")
            await maya.press("n", "tab", "tab", "tab", "tab", "tab")
            await maya.paste("Half a thought")
        async with seat(url, size=(80, 40)) as maya:
            assert maya.lines()[0].startswith(" C1 decision")
            assert "(•) no refund" in maya.text()
            assert "Half a thought" in maya.text()


async def test_who_decides_second_sees_what_changed_and_loses_nothing(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 40)) as maya:
            await maya.write(":C1\nd")
            await maya.press("n", "tab", "tab", "tab", "tab", "s", "space", "tab")
            await maya.paste("My reasons.")
            database.open_store(url)
            ruling = RulingDraft(
                outcome=Outcome.FULL_REFUND, payer=Payer.SELLER, findings=("seller_silent",), note="Theirs."
            )
            talking.note(NOOR, case=1, text="A late note.")
            database.close_store()
            await maya.press("ctrl+s")
            assert "C1 changed while you worked on it." in maya.text()
            assert "A late note." in maya.text()
            await maya.press("enter", "ctrl+s")
            assert "Dry run" in maya.text(), "what was seen does not stop it a second time"
            database.open_store(url)
            deciding.decide(MAYA, case=1, ruling=ruling)
            database.close_store()
            await maya.press("right", "enter")
            await maya.rest()
            assert "Theirs." in maya.text()
            await maya.press("enter")
            assert "My reasons." in maya.text()
            await maya.press("ctrl+s")
            assert "maya decided this case" in maya.text()


async def test_a_refusal_says_what_is_missing(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\nd")
            await maya.press("ctrl+s")
            assert "! A decision names an outcome" in maya.text()
            assert "Dry run" not in maya.text()
