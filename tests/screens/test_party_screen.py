"""A party over time: opened from a case, the queue or by name; what is done there, and by whom."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.operations import following, moving
from models.queries.case_file import case_file
from models.queries.outbox import waiting
from models.queries.parties import find_party, party_page
from models.tables import ALL
from models.vocabulary import Party
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
SHARED = {"buyer_ref": "b7", "buyer_name": "Bea Quill", "seller_ref": "s7"}


@pytest.fixture
def url(sqlite_url: str) -> str:
    """C1 to C3 are Bea's, of one seller; C4 is a stranger's. Noor has flagged Bea in C2."""
    with clock.stands_at(NOW):
        shared = [case(ref, NOW - timedelta(days=days), **SHARED) for ref, days in (("a", 8), ("b", 7), ("c", 100))]
        fill(sqlite_url, [*shared, case("d", NOW - timedelta(days=2))])
        database.open_store(sqlite_url)
        following.flag(NOOR, case=2, party=Party.BUYER, note="The same photo again.")
        database.close_store()
    return sqlite_url


async def test_one_key_opens_the_buyer_and_enter_their_cases(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":C1\n1")
            assert "buyer Bea Quill  (b7)" in maya.lines()[0] and "1 flag waits for review" in maya.lines()[0]
            opened = next(line for line in maya.lines() if "cases opened" in line)
            assert opened.split()[-2:] == ["2", "3"]
            assert "The same photo again." in maya.text()
            assert maya.cursor_line().startswith("> C2"), "the flag that waits comes first"
            await maya.press("down")
            assert maya.cursor_line().startswith("> C2") and "no answer" in maya.cursor_line()
            await maya.press("down", "enter")
            assert maya.lines()[0].startswith(" C1")
            await maya.press("right_square_bracket")
            assert maya.lines()[0].startswith(" C3"), "neighbours are those of the party's list"
            await maya.press("q")
            assert "buyer Bea Quill" in maya.lines()[0]
            await maya.press("2")
            assert maya.lines()[0].startswith(" seller s7")
            await maya.press("q", "q", "q")
            assert maya.cursor_line().startswith("> C3"), "the seller who is longest overdue"
            await maya.press("2")
            assert maya.lines()[0].startswith(" seller s7")


async def test_a_party_is_named_behind_the_colon(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":party b7\n")
            assert "buyer Bea Quill" in maya.lines()[0]
            await maya.write(":party nobody\n")
            assert "There is no party 'nobody'" in maya.text()
            await maya.write(":C4\n")
            assert maya.lines()[0].startswith(" C4")
            await maya.write(":party\n")
            assert "Name them: party REF" in maya.text()
            await maya.write(":party seller:s7\n")
            assert maya.lines()[0].startswith(" seller s7")
            await maya.write(":all\n")
            assert "All cases" in maya.lines()[0], "whatever lay above the list is closed"


async def test_a_supervisor_warns_and_suspends_with_the_consequence_in_the_question(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 40)) as maya:
            await maya.write(":party b7\nC")
            await maya.paste("Twice the same photo.")
            await maya.press("ctrl+s")
            assert "Warn b7? They are told" in maya.text()
            await maya.press("enter")
            assert not party_is("warned", maya.text()), "Cancel has the focus"
            await maya.press("C", "ctrl+s", "right", "enter")
            assert "is warned; the letter waits to be sent. It answers the flags in C2." in flat(maya.text())
            assert "warned by maya" in maya.text() and "flag waits" not in maya.lines()[0]
            await maya.press("y")
            assert "disputes party buyer:b7 warn --note 'Twice the same photo.'" in maya.text()
            await maya.press("escape", "S", *"20d", "tab", "tab")
            await maya.paste("And again.")
            await maya.press("ctrl+s", "right", "enter")
            assert "A suspension lasts 30 to 180 days" in flat(maya.text())
            await maya.press("backspace", "backspace", "backspace", *"60d", "ctrl+s", "right", "enter")
            assert "SUSPENDED until 2026-05-19 12:00" in maya.lines()[0]
            await maya.press("y")
            assert "disputes party buyer:b7 suspend --until 60d --note 'And again.'" in maya.text()
            await maya.press("escape")
            await maya.write(":C1\n")
            assert "SUSPENDED until 2026-05-19 12:00" in maya.text()
    database.open_store(url)
    with clock.stands_at(NOW):
        assert [step.kind for step in party_page(find_party("b7")).steps] == ["suspension", "warning"]
    assert [row[8] for row in waiting()] == ["party_warned", "party_suspended"]


async def test_a_flag_is_raised_on_the_page_s_party_and_dismissed_there(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 40)) as maya:
            await maya.write(":party s7\nF")
            await maya.press("tab")
            await maya.paste("Their stamp is on another parcel.")
            await maya.press("ctrl+s")
            assert "1 flag waits for review" in maya.lines()[0]
            await maya.press("g", "J", "tab")
            await maya.paste("It is theirs.")
            await maya.press("ctrl+s")
            assert "dismissed by maya" in maya.text()
            await maya.press("o")
            await maya.paste("Changed hands in May.")
            await maya.press("ctrl+s")
            assert "maya: note" in maya.text() and "Changed hands in May." in maya.text()
    database.open_store(url)
    flags = [flag for number in (1, 2, 3) for flag in case_file(number).flags if flag.party == Party.SELLER]
    assert [(flag.raised_by, flag.review) for flag in flags] == [("maya", "dismissed")]


async def test_a_supervisor_erases_a_party_when_its_cases_are_over(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(100, 40)) as maya:
            await maya.write(":party b7\nX")
            assert "C1, C2, C3 of this buyer is not closed or on hold" in flat(maya.text()), "nothing was asked in vain"
            database.open_store(url)
            for number in (1, 2, 3):
                moving.withdraw(NOOR, case=number, note="It came. Bea Quill rang.")
            database.close_store()
            await maya.press("X")
            await maya.paste("Asked by mail.")
            await maya.press("ctrl+s")
            asked = flat(maya.text())
            assert "Erase b7? Nobody can take it back." in asked and "What goes: other texts that name them 3" in asked
            await maya.press("enter")
            assert "buyer Bea Quill" in maya.lines()[0], "Cancel has the focus"
            await maya.press("X", "ctrl+s", "right", "enter")
            assert "is erased; exports and backups made before still hold it." in flat(maya.text())
            assert maya.lines()[0].startswith(" buyer b7") and "Quill" not in "".join(maya.lines()[:-2])
            await maya.press("y")
            assert "disputes erase buyer:b7 --note 'Asked by mail.'" in maya.text()
    database.open_store(url)
    assert "Quill" not in str([list(table.select().tuples()) for table in ALL])


async def test_an_agent_flags_and_is_told_what_is_a_supervisors(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, actor=NOOR) as noor:
            await noor.write(":party s7\n")
            for key in ("C", "S", "o", "X"):
                await noor.press(key)
                assert "needs the role supervisor; noor is agent" in noor.text()
            await noor.press("F")
            assert "Flag C" in noor.text()


async def test_one_comes_back_to_the_party_that_was_open(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":party b7\n")
        async with seat(url, actor=MAYA) as maya:
            assert "buyer Bea Quill" in maya.lines()[0]


async def test_a_long_page_is_read_to_its_end(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url, size=(80, 12)) as maya:
            await maya.write(":party b7\n")
            assert "more lines" in maya.lines()[-1] and maya.cursor_line() == ""
            await maya.press("G")
            assert maya.cursor_line().startswith("> C3") and "more lines" not in maya.lines()[-1]
            await maya.press("g")
            assert "Record" in maya.text()
            for _ in range(12):
                await maya.press("down")
            assert maya.cursor_line().startswith("> C")


async def test_a_late_seller_is_opened_from_their_line(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":sellers\n")
            assert "Late sellers" in maya.lines()[0]
            await maya.press("2")
            assert maya.lines()[0].startswith(" seller s7")
            await maya.press("q")
            assert "Late sellers" in maya.lines()[0]
            await maya.write(":party b7\n")
            assert "buyer Bea Quill" in maya.lines()[0]


def flat(text: str) -> str:
    return " ".join(text.split())


def party_is(word: str, text: str) -> bool:
    return f"is {word}" in flat(text)
