"""Texts that come with what they mean: from a file and by an agent, shown together, found by either."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.database import Location
from models.operations import talking
from models.queries import queue
from models.queries.case_file import case_file
from models.rules.case import Case
from models.tables import Message
from models.vocabulary import ClockKind, Party, PartyAct, State
from tests.operations.desk import ANNA, a_case, assert_replays, day, dispute_id, events, on_day, people, stored
from tests.operations.incoming import bring, verdicts

CLAIM = {"description": "杯子碎了", "description_translated": "The cup is broken", "language": "zh"}
ANSWER = {
    "seller_responded_at": "2026-03-03T09:00:00Z", "seller_response": "reject",
    "seller_response_text": "Nicht unsere Schuld", "seller_response_translated": "Not our fault",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _people(store: Location) -> None:
    people()


def replayed() -> Case:
    with on_day(20):
        return assert_replays(dispute_id("D-1"))


def test_a_file_brings_both_texts_of_a_claim_and_of_an_answer(tmp_path: Path) -> None:
    before = events()
    bring(tmp_path, {**CLAIM, **ANSWER})
    assert events() == before + 2
    file = case_file(dispute_id("D-1"))
    assert (file.claims[0].text, file.claims[0].translation, file.language) == ("杯子碎了", "The cup is broken", "zh")
    (message,) = file.messages
    assert (message.author, message.kind, message.is_automatic) == ("seller", "respond", False)
    (event,) = [each for each in file.events if each.text]
    assert (event.verb, event.text, event.translation) == ("respond", "Nicht unsere Schuld", "Not our fault")
    assert replayed().state is State.NEGOTIATION
    for word in ("cup", "fault", "Schuld", "杯子"):
        assert [row.id for row in queue.rows(word)] == [dispute_id("D-1")], word
    assert [row.id for row in queue.rows("fault", at=day(1))] == [dispute_id("D-1")]
    assert not list(queue.rows("fault", at=day(0.5)))


def test_a_later_file_brings_the_answers_text_with_it(tmp_path: Path) -> None:
    bring(tmp_path, {})
    assert verdicts(bring(tmp_path, ANSWER, on=21)) == (0, 1, 0, 0)
    assert verdicts(bring(tmp_path, ANSWER, on=22)) == (0, 0, 1, 0)
    assert [(each.text, each.translation) for each in Message.select()] == [("Nicht unsere Schuld", "Not our fault")]
    assert case_file(dispute_id("D-1")).events[-1].translation == "Not our fault"
    replayed()


def test_a_text_alone_is_a_reply(tmp_path: Path) -> None:
    bring(tmp_path, {"seller_response_text": "Wir prüfen das."})
    case = replayed()
    assert case.state is State.NEGOTIATION and case.responded_at == case.opened_at
    assert "taken as answered at once" in stored(dispute_id("D-1")).marks


@pytest.mark.parametrize("text", [{}, {"seller_response_text": "Out of office", "seller_response_translated": "x"}])
def test_a_machines_reply_in_a_file_is_kept_and_answers_nothing(tmp_path: Path, text: dict[str, str]) -> None:
    at = {"seller_responded_at": "2026-03-02T09:00:00Z", "seller_response": "Automatic"}
    bring(tmp_path, {**at, **text})
    case = replayed()
    assert (case.state, case.responded_at) == (State.AWAITING_SELLER, None)
    assert case.running(ClockKind.SELLER_RESPONSE) is not None
    file = case_file(dispute_id("D-1"))
    assert file.events[-1].words == "automatic reply" and file.events[-1].text == text.get("seller_response_text", "")
    assert [message.is_automatic for message in file.messages] == [True] * bool(text)
    assert verdicts(bring(tmp_path, ANSWER, on=21)) == (0, 1, 0, 0), "the answer that came then"
    assert replayed().state is State.NEGOTIATION


def test_an_agent_records_both_and_an_act_is_told_by_the_original() -> None:
    case = a_case()
    with on_day(1):
        talking.respond(
            ANNA,
            case=case,
            party=Party.SELLER,
            move=PartyAct.REPLY,
            text="Kommt morgen",
            translation="It comes",
        )
        talking.automatic_reply(ANNA, case=case, party=Party.BUYER, text="Abwesend", translation="Away")
        assert_replays(case)
    said = [(each.text, each.translation, each.is_automatic) for each in case_file(case).messages]
    assert said == [("Kommt morgen", "It comes", False), ("Abwesend", "Away", True)]
