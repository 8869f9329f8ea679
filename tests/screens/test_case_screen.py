"""A case and its dialogs: what is shown, typed, kept, refused and done."""

from __future__ import annotations

import asyncio
import threading
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from models import clock, database
from models.operations import moving, talking
from models.queries import drafts
from models.queries.case_file import case_file
from models.vocabulary import Party, PartyAct
from screens.instants import ago, ahead
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)


@pytest.fixture
def url(sqlite_url: str) -> str:
    with clock.stands_at(NOW):
        late = NOW - timedelta(days=8)
        fill(sqlite_url, [case("a", late, description="It stopped after a day."), case("b", late + timedelta(hours=1))])
        database.open_store(sqlite_url)
        talking.respond(MAYA, case=1, party=Party.SELLER, move=PartyAct.OFFER, amount_minor=2000)
        database.close_store()
    return sqlite_url


async def test_a_case_tells_its_clocks_offers_and_what_was_said(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 60)) as maya:
            await maya.write(":C1\n")
            shown = maya.text()
    assert "It stopped after a day." in shown
    assert "30.00 USD apart" in shown
    assert "buyer's reply" in shown and "3d 0h left" in shown
    assert "seller: offer, partial refund, 20.00 USD" in shown


ZH, EN = "杯子到的时候已经碎了，卖家没有回答。", "The cup was broken when it came, and the seller did not answer."


@pytest.fixture
def two_languages(sqlite_url: str) -> str:
    told = {"description": ZH, "description_translated": EN, "language": "zh", "responded_at": NOW - timedelta(days=1)}
    said = {"response": PartyAct.REPLY, "response_text": "Wir prüfen das.", "response_translated": "We look into it."}
    with clock.stands_at(NOW):
        fill(sqlite_url, [case("a", NOW - timedelta(days=2), **told, **said)])
    return sqlite_url


@pytest.mark.parametrize("columns", [100, 140])
async def test_a_translation_stands_beside_the_original(two_languages: str, columns: int) -> None:
    with clock.stands_at(NOW):
        async with seat(two_languages, size=(columns, 60)) as maya:
            await maya.write(":C1\n")
            said = next(line for line in maya.lines() if line.startswith("says (zh)"))
            assert "杯子" in said.partition(" │ ")[0] and "The cup" in said.partition(" │ ")[2]
            answer = next(line for line in maya.lines() if "Wir prüfen das." in line)
            assert answer.rstrip().endswith("│ We look into it.")


async def test_where_there_is_no_room_the_translation_stands_below(two_languages: str) -> None:
    with clock.stands_at(NOW):
        async with seat(two_languages, size=(80, 60)) as maya:
            await maya.write(":C1\n")
            lines = maya.lines()
    at = lines.index(f"says (zh)    {ZH}")
    assert lines[at + 1] == "translated   The cup was broken when it came, and the seller did not answer."
    at = lines.index("  Wir prüfen das.")
    assert lines[at + 1] == "  translated: We look into it."


async def test_an_automatic_reply_is_recorded_as_one_and_answers_nothing(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 60)) as maya:
            await maya.write(":C2\n")
            await maya.press("r", "tab", "a")
            assert "(•) automatic reply" in maya.text()
            await maya.press("tab", "tab", "tab", "tab")
            await maya.paste("Out of office.")
            await maya.press("ctrl+s")
            await maya.rest()
            assert "automatic reply" in maya.text() and "Out of office." in maya.text()
            assert "awaiting seller" in maya.lines()[0], "the state stays"
            assert maya.desk.last_command == (
                "disputes respond C2 --by seller --with reply --automatic --text 'Out of office.'"
            )
    database.open_store(url)
    assert [message.is_automatic for message in case_file(2).messages] == [True]


async def test_why_adds_up_to_each_due_instant(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 40)) as maya:
            await maya.write(":C1\n")
            await maya.press("w")
            shown = maya.text()
            await maya.press("w")
            assert "Why C1" not in maya.text()
    assert "Why C1 is due when it is" in shown
    assert "buyer's reply  due 2026-03-23 12:00 UTC" in shown
    assert "+72:00:00 2026-03-23 12:00:00   policy 1: buyer_reply" in shown
    assert "seller's answer  due 2026-03-17 12:00 UTC  has ended" in shown, "every due instant of the case is explained"
    assert "escalation opens  from 2026-03-23 12:00 UTC" in shown and "an offer waits for the buyer" in shown


async def test_why_is_answered_in_the_queue_too(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("w")
            assert "policy 1: seller_response" in maya.text()


async def test_a_wide_terminal_shows_the_timeline_beside(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(140, 40)) as maya:
            await maya.write(":C1\n")
            heads = next(line for line in maya.lines() if "Timeline" in line)
    assert heads.index("Timeline") > 70


async def test_an_entry_is_corrected_by_the_number_that_the_timeline_shows(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(140, 40)) as maya:
            await maya.write(":C1\n")
            await maya.press("o")
            await maya.write("Of another case")
            await maya.press("ctrl+s")
            head = next(line for line in maya.lines() if "maya: note" in line)
            number = head.split("#")[1].split()[0]
            await maya.press("X")
            await maya.write(number)
            await maya.press("tab")
            await maya.write("wrong case")
            await maya.press("ctrl+s")
            assert any("(superseded)" in line and f"#{number}" in line for line in maya.lines())


async def test_a_note_is_written_and_its_command_shown(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("o")
            await maya.paste("Called the seller, no answer.")
            await maya.press("ctrl+s")
            assert "Your note is in C2." in maya.text()
            await maya.press("y")
            assert "disputes note C2 'Called the seller, no answer.'" in maya.text()
    database.open_store(url)
    assert case_file(2).messages[-1].text == "Called the seller, no answer."
    assert drafts.draft("maya", "note:C2") is None


async def test_no_draft_outlives_its_note_for_a_moment(url: str) -> None:
    """Whoever reads the store behind the note finds the note and no draft, where both were on their way at once too."""
    store_waits = threading.Event()

    def seen() -> tuple[str, object]:
        return case_file(2).messages[-1].text, drafts.draft("maya", "note:C2")

    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("o")
            await maya.paste("Called the seller")
            await maya.desk.drafts.save()
            await maya.paste(", no answer.")
            maya.desk.gateway.write(store_waits.wait)
            await maya.press_only("ctrl+s")
            saving = asyncio.ensure_future(maya.desk.drafts.save())
            behind = maya.desk.gateway.write(seen)
            store_waits.set()
            assert await asyncio.wrap_future(behind) == ("Called the seller, no answer.", None)
            await saving
            await maya.rest()
            assert "Your note is in C2." in maya.text()
            assert await asyncio.wrap_future(maya.desk.gateway.write(seen)) == ("Called the seller, no answer.", None)


async def test_a_dialog_says_no_more_once_it_is_sent(url: str) -> None:
    """A field's news of its last change may come when the note is in the case already."""
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("o")
            await maya.paste("Called.")
            dialog = maya.desk.screen
            await maya.press("ctrl+s")
            dialog.keep_draft()  # type: ignore[attr-defined]
    database.open_store(url)
    assert drafts.draft("maya", "note:C2") is None


async def test_what_was_typed_in_the_last_moment_is_kept_where_it_is_refused(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("e", "tab", "tab", "ctrl+s")
            assert "needs a note" in maya.text()
            await maya.press("tab", "tab")
            await maya.paste("Silent")
            await maya.press("escape")
    database.open_store(url)
    kept = drafts.draft("maya", "escalate:C2")
    assert kept is not None and kept["note"] == "Silent"


async def test_a_half_written_message_is_there_again_at_the_next_login(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("m", "right", "right", "tab")
            await maya.paste("Dear both")
        async with seat(url) as maya:
            assert maya.lines()[0].startswith(" C2"), "and the case is open again"
            await maya.press("m")
            assert "(•) both" in maya.text()
            assert "Dear both" in maya.text()


async def test_a_refusal_keeps_the_dialog_and_what_was_typed(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("r", "tab", "right", "right", "tab", "tab")
            await maya.write("500")
            await maya.press("ctrl+s")
            assert "is not between 0 and the refundable 50.00 USD" in maya.text()
            assert "500" in maya.text() and "(•) offer" in maya.text()
            await maya.press("escape")
    database.open_store(url)
    assert len(case_file(2).offers) == 1


async def test_what_happened_earlier_is_written_down_by_when_it_happened(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("e", "tab", "tab")
            await maya.paste("They called yesterday.")
            await maya.press("tab")
            await maya.write("yesterday")
            await maya.press("ctrl+s")
            assert "'yesterday' is no instant" in maya.text() and "They called" in maya.text()
            await maya.press("tab", "tab", "tab", "ctrl+u")
            await maya.write("1d")
            await maya.press("ctrl+s")
            assert "C2 is in review." in maya.text()
            assert maya.desk.last_command.endswith("--occurred-at 2026-03-19T12:00:00Z")
    database.open_store(url)
    assert case_file(2).events[-1].occurred_at == NOW - timedelta(days=1)


def test_an_instant_is_typed_in_the_zone_in_which_it_is_shown() -> None:
    with clock.stands_at(NOW):
        assert ago("2026-03-19", ZoneInfo("Europe/Berlin")) == datetime(2026, 3, 18, 23, tzinfo=UTC)
        assert ahead("2026-03-21T09:00", ZoneInfo("Europe/Berlin")) == datetime(2026, 3, 21, 8, tzinfo=UTC)
        assert (ago(" "), ago("3h"), ahead("3h")) == (None, NOW - timedelta(hours=3), NOW + timedelta(hours=3))


async def test_who_saves_second_is_told_and_keeps_the_text(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("e", "tab", "tab")
            await maya.paste("Silent for days.")
            database.open_store(url)
            moving.escalate(NOOR, case=2, party=Party.PLATFORM, cause="risk", note="First.")
            database.close_store()
            await maya.press("ctrl+s")
            assert "noor did 'escalate'" in maya.text()
            await maya.rest()
            assert "in review" in maya.lines()[0]
    database.open_store(url)
    kept = drafts.draft("maya", "escalate:C2")
    assert kept is not None and kept["note"] == "Silent for days."


async def test_what_cannot_be_undone_asks_with_the_focus_on_cancel(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C2\n")
            await maya.press("l")
            await maya.paste("The buyer has it after all.")
            await maya.press("ctrl+s")
            question = "Withdraw C2 for the buyer? It closes without a refund of 50.00 USD"
            await maya.until(lambda: question in maya.text())
            await maya.press("enter")
            await maya.until(lambda: "awaiting seller" in maya.lines()[0])
            await maya.press("l")
            await maya.press("ctrl+s")
            await maya.until(lambda: question in maya.text())
            await maya.press("right")
            await maya.press("enter")
            await maya.until(lambda: "closed" in maya.lines()[0])


async def test_brackets_walk_through_the_queue(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":all\n")
            await maya.press("enter", "right_square_bracket")
            assert maya.lines()[0].startswith(" C1")
            await maya.press("right_square_bracket")
            assert "The list ends here." in maya.text()
            await maya.press("q")
            assert "C1" in maya.cursor_line()


async def test_a_message_can_be_made_from_a_template(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 40)) as maya:
            await maya.write(":C1\n")
            await maya.press("m")
            assert "own words" in maya.text() and "ask for tracking" in maya.text()
            await maya.press("s", "tab", "tab", "a", "ctrl+s")
            await maya.rest()
            assert "waits to be sent" in maya.text()
            assert maya.desk.last_command == "disputes message C1 --to seller --template ask_for_tracking"
