"""The list of cases: what it shows first, how it is walked, narrowed and marked, and what others do to it."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

import pytest

from models import clock, database
from models.errors import StoreUnavailable
from models.operations import assigning, talking
from models.vocabulary import Party, PartyAct, State
from screens.base import ConsoleScreen
from screens.queue.window import Reader, Window
from tests.screens.seat import MAYA, NOOR, case, fill, seat

NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
HEX = "0f" * 16


def days_ago(days: float) -> datetime:
    return NOW - timedelta(days=days)


@pytest.fixture
def url(sqlite_url: str) -> str:
    """Three sellers late by three, two and one days, one in time; the first has no name but a long reference."""
    with clock.stands_at(NOW):
        fill(
            sqlite_url,
            [
                case("a", days_ago(8), seller_ref=HEX),
                case("b", days_ago(7), seller_name="Blue Lamp"),
                case("c", days_ago(6), amount_minor=70000, paid_minor=70000),
                case("d", days_ago(1)),
            ],
        )
    return sqlite_url


async def test_home_shows_late_sellers_the_longest_first(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            assert maya.lines()[0] == " Overdue seller responses  3 cases  800.00 USD"
            shown = maya.lines()[2:5]
    assert HEX in shown[0] and "3d 0h over" in shown[0]
    assert "Blue Lamp" in shown[1] and "2d 0h over" in shown[1]
    assert "1d 0h over" in shown[2] and "700.00 USD" in shown[2]


async def test_a_query_narrows_the_view_and_a_wrong_one_keeps_what_was_typed(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write("/amont>100\n")
            assert "did you mean amount" in maya.text()
            assert "/amont>100" in maya.text()
            assert "3 cases" in maya.lines()[0]
            await maya.press(*["backspace"] * 10)
            await maya.write("amount>100\n")
            assert maya.lines()[0] == " Overdue seller responses  /amount>100  1 case  700.00 USD"
            await maya.press("escape")
            assert "3 cases" in maya.lines()[0]


async def test_what_is_typed_is_completed_term_by_term(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write("/amount>100 (-over")
            assert any(line.startswith("overdue:  overdue_by>") for line in maya.lines())
            await maya.press("tab")
            await maya.write("seller_r")
            await maya.press("tab")
            assert "/amount>100 (-overdue:seller_response" in maya.text()
            assert "overdue_by>" not in maya.text()
            await maya.write(")\n")
            assert maya.lines()[0].startswith(" Overdue seller responses  /amount>100 (-overdue:seller_response)")
            await maya.write(":al")
            await maya.press("tab")
            await maya.write(" state:")
            await maya.press("tab", "enter")
            assert maya.lines()[0].startswith(f" All cases  /state:{next(iter(State))}")


async def test_a_wrong_query_behind_a_view_is_kept_to_be_mended(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":all amont>100\n")
            assert "did you mean amount" in maya.text() and ":all amont>100" in maya.text()
            await maya.write("amount>100\n")
            assert maya.lines()[0].startswith(" All cases  /amount>100")


async def test_what_is_not_in_the_view_is_looked_for_in_every_case_as_the_screen_says(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write("/ref:d\n")
            assert "':all QUERY' asks all cases" in maya.text()
            await maya.write(":all ref:d\n")
            assert maya.lines()[0] == " All cases  /ref:d  1 case  50.00 USD"
            await maya.write(":all ref:nobody\n")
            assert "No case answers the query." in maya.text() and "QUERY" not in maya.text()


async def test_a_key_that_is_off_says_why(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("d")
            assert "! 'decide' is not possible: C1 is awaiting seller." in maya.text()
            await maya.write(":claym\n")
            assert "did you mean claim?" in maya.text()


async def test_what_others_do_appears_and_the_row_under_the_cursor_stays(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("j")
            assert "C2" in maya.cursor_line()
            maya.look()
            await maya.rest()
            database.open_store(url)
            assigning.claim(NOOR, case=1)
            talking.respond(NOOR, case=2, party=Party.SELLER, move=PartyAct.REPLY, text="It was sent.")
            database.close_store()
            before = maya.lines().index(maya.cursor_line())
            maya.look()
            await maya.rest()
            assert "noor" in maya.lines()[2]
            assert maya.lines()[before].startswith("× C2"), "it left the view, and stays under the cursor"
            assert "2 cases" in maya.lines()[0]
            await maya.press("j")
            assert "C3" in maya.cursor_line()
            assert "C2" not in maya.text()


async def test_rows_are_read_again_only_where_something_happened_that_they_show(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[int] = []
    again = Reader.again

    def reads(reader: Reader, window: Window) -> Window:
        read.append(len(window.rows))
        return again(reader, window)

    with clock.stands_at(NOW):
        async with seat(url) as maya:
            monkeypatch.setattr(Reader, "again", reads)
            for case_id, text, readings in ((4, "Elsewhere.", 0), (1, "Here.", 1)):
                database.open_store(url)
                talking.note(NOOR, case=case_id, text=text)
                database.close_store()
                maya.look()
                await maya.rest()
                assert len(read) == readings


async def test_a_case_that_comes_into_the_view_appears(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":mine\n")
            assert "You have no open case." in maya.text()
            database.open_store(url)
            assigning.assign(MAYA, case=4, login="maya", note="Yours.")
            database.close_store()
            maya.look()
            await maya.rest()
            assert "C4" in maya.cursor_line()
            assert "1 case" in maya.lines()[0]


async def test_an_empty_view_and_a_store_that_is_gone_look_different(sqlite_url: str) -> None:
    fill(sqlite_url, [])
    async with seat(sqlite_url) as maya:
        assert "No seller is late with an answer." in maya.text()
    async with seat(sqlite_url.replace("store.db", "nowhere.db")) as maya:
        assert "Not read: the store did not answer." in maya.text()
        assert "There is no store at" in maya.text()
        assert "No seller is late" not in maya.text()


async def test_a_long_list_is_walked_to_its_end_and_back(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case(f"r{number:03}", days_ago(6) - timedelta(hours=number)) for number in range(250)])
        async with seat(sqlite_url) as maya:
            assert "C250" in maya.cursor_line()
            await maya.press(*["pagedown"] * 6)
            await maya.press(*["down"] * 10)
            assert "C126" in maya.cursor_line()
            await maya.press("G")
            assert "C1 " in maya.cursor_line()
            await maya.press(*["pageup"] * 7)
            assert "C134" in maya.cursor_line()
            await maya.press("g")
            assert "C250" in maya.cursor_line()


async def test_a_place_in_a_long_list_is_gone_to_by_its_number(sqlite_url: str) -> None:
    with clock.stands_at(NOW):
        fill(sqlite_url, [case(f"r{number:03}", days_ago(6) - timedelta(hours=number)) for number in range(401)])
        async with seat(sqlite_url) as maya:
            for typed, code, said in [
                (":50%\n", "C201", "201 of 401"),
                (":#1\n", "C401", "1 of 401"),
                (":#400\n", "C2 ", "400 of 401"),
                (":100%\n", "C1 ", "401 of 401"),
                (":#9999\n", "C1 ", "401 of 401"),
                (":0%\n", "C401", "1 of 401"),
            ]:
                await maya.write(typed)
                assert code in maya.cursor_line() and said in maya.lines()[-1], typed
                assert sum(" over " in line for line in maya.lines()) > 15, "the screen is full of rows"
            await maya.write(":50%\n")
            await maya.press("up")
            assert "C202" in maya.cursor_line() and "200 of 401" in maya.lines()[-1]


async def test_the_next_start_comes_back_to_the_same_row(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.write(":all\n")
            await maya.press("j", "j")
            row = maya.cursor_line()
        async with seat(url) as maya:
            assert "All cases" in maya.lines()[0]
            assert maya.cursor_line() == row


async def test_next_claims_and_opens_the_case(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("n")
            assert maya.lines()[0].startswith(" C1  awaiting seller") and "yours" in maya.lines()[0]
            await maya.press("y")
            assert "disputes next --view home" in maya.text()


async def test_keys_answer_while_the_store_is_slow(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screens.base.SLOW_AFTER_SECONDS", 0.01)
    gate = threading.Event()
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            maya.desk.gateway.write(gate.wait)
            await maya.press_only("ctrl+r", "j")
            await maya.until(lambda: "The store is slow: waiting for it" in maya.text())
            assert "C2" in maya.cursor_line()
            await maya.press_only("ctrl+r", "ctrl+r")  # each drops the reading before it
            await maya.until(lambda: "The store is slow: waiting for it" in maya.text())
            gate.set()
            await maya.rest()
            assert "slow" not in maya.text()


async def test_a_prompt_stays_that_was_opened_while_another_list_was_read(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is typed into it would be verbs of the list."""
    monkeypatch.setattr("screens.queue.reads_rows.SLOW_AFTER_SECONDS", 0.01)
    gate = threading.Event()
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press_only(*":all", "enter")
            maya.desk.gateway.write(gate.wait)
            await maya.press_only(*":unassigned", "enter")
            await maya.press_only("colon", *"in-re")
            await maya.until(lambda: ":in-re" in maya.text())
            gate.set()
            await maya.rest()
            assert maya.lines()[0].startswith(" Unassigned")
            await maya.write("view\n")
            assert maya.lines()[0].startswith(" In review")


async def test_a_click_moves_the_cursor_and_another_opens(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.click(10, 3)
            assert "C2" in maya.cursor_line()
            await maya.click(10, 3)
            assert maya.lines()[0].startswith(" C2  awaiting seller")


async def test_a_lost_store_is_said_in_one_line_and_found_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def lost(before: object) -> int:
        raise StoreUnavailable("The store cannot be reached.")

    with clock.stands_at(NOW):
        async with seat(url) as maya:
            with monkeypatch.context() as lines_down:
                lines_down.setattr("models.operations.looking.mark", lost)
                maya.look()
                await maya.rest()
                assert "! The store cannot be reached." in maya.text()
                assert "C1" in maya.cursor_line()
            maya.look()
            await maya.rest()
            assert "The store is back." in maya.text()


async def test_a_case_that_has_left_the_view_is_worked_on_from_its_line(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            await maya.press("c")
            await maya.press("e", "tab", "tab")
            await maya.paste("Silent.")
            await maya.press("ctrl+s")
            assert maya.lines()[2].startswith("× C1 ")
            await maya.press("d")
            assert "C1 decision  in review" in maya.lines()[0]


async def test_an_answer_of_the_store_that_comes_after_the_end_disturbs_nobody(url: str) -> None:
    with clock.stands_at(NOW):
        async with seat(url) as maya:
            desk = maya.desk
        assert desk.screen_stack == []
        desk._tell(ConsoleScreen.clear_slow)
