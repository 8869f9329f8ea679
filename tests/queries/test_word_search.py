"""Cases are found by what they say: whole words, phrases and beginnings, in any script, as soon as it is written."""

from __future__ import annotations

import pytest

from models import database
from models.operations import talking, word_index
from models.queries import queue
from models.queries.fault import QueryFault
from models.tables import Dispute, Message
from models.tables import database as engine
from models.words import DOCUMENT_BYTES, document_of, words_of
from tests.operations.desk import ANNA, a_case, on_day, people


def found(text: str) -> list[int]:
    return [row.id for row in queue.rows(text)]


@pytest.fixture
def said(store: database.Location) -> int:
    """A case in which one of us wrote a note."""
    people()
    case = a_case()
    with on_day(1):
        talking.note(ANNA, case=case, text="Das Gehäuse ist zerbrochen; 屏幕破裂了。 हिन्दी में लिखा। off_now 12-34")
    return case


@pytest.mark.parametrize(
    "text",
    ["zerbrochen", "ZERBROCH", "gehäuse", "GEHÄUSE", '"gehäuse ist"', '"ist zerb"', "屏幕", "破裂", "幕破", "हिन्दी",
     "12", "34", "now", '"off now"', "gehäuse 破裂"],
)  # fmt: skip
def test_words_phrases_and_beginnings_find_the_case(said: int, text: str) -> None:
    assert found(text) == [said]
    assert queue.count(text)[0].cases == 1


@pytest.mark.parametrize("text", ["brochen", '"ist gehäuse"', "ze", "幕屏", "हन्दी", '"zerbrochen ist"', "1"])
def test_what_it_does_not_say_does_not_find_it(said: int, text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ['"!?"', 'is:open "…"', '("_" or lamp)'])
def test_a_search_without_a_word_is_refused_and_says_where(said: int, text: str) -> None:
    with pytest.raises(QueryFault, match="needs a letter or a digit"):
        found(text)


def test_no_phrase_is_found_across_two_texts(said: int) -> None:
    with on_day(2):
        talking.note(ANNA, case=said, text="first last")
        talking.note(ANNA, case=said, text="next")
    assert found("last next") == [said]
    assert found('"last next"') == found('"next first"') == []


def test_the_newest_stands_first_and_pages_go_on(said: int) -> None:
    cases = [said, *(a_case(ref=f"D-{number}") for number in range(10, 16))]
    for case in cases:
        with on_day(3):
            talking.note(ANNA, case=case, text="common")
    assert found("common") == sorted(cases, reverse=True)
    first = queue.page("common", limit=3)
    second = queue.page("common", limit=3, after=first.last_key)
    back = queue.page("common", limit=3, before=second.first_key)
    assert [row.id for row in (*first.rows, *second.rows)] == sorted(cases, reverse=True)[:6]
    assert [row.id for row in back.rows] == [row.id for row in first.rows]
    assert found("common -zerbrochen") == sorted(cases[1:], reverse=True)


def test_rebuilding_makes_the_same_index(said: int) -> None:
    other = a_case(ref="D-77")
    engine.execute_sql("DELETE FROM case_words")
    assert found("zerbrochen") == []
    assert word_index.rebuild() == Dispute.select().count()
    assert found("zerbrochen") == [said]
    assert other not in found("zerbrochen")


def test_what_was_not_written_is_not_found(said: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words go with their transaction."""

    def fails(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as later, on_day(2):
        later.setattr("models.operations.journal.link", fails)
        with pytest.raises(RuntimeError):
            talking.note(ANNA, case=said, text="unwritten")
    assert found("unwritten") == []
    assert not Message.select().where(Message.text == "unwritten").exists()


def test_a_case_without_end_is_indexed_to_a_limit(said: int) -> None:
    words = document_of(["early", "x" * 200, *(f"word{number}" for number in range(60_000))])
    assert words[0] == "early"
    assert len(words[2]) == 60
    assert sum(len(word.encode()) + 1 for word in words) <= DOCUMENT_BYTES + len(words) * 4
    Message.update(text=" ".join(f"w{number}" for number in range(150_000))).execute()
    word_index.refresh([said])
    assert found("w17") == [said]


def test_a_word_is_spelled_alike_however_it_was_typed() -> None:
    assert words_of("ﬁne ÀB cafe\u0301") == words_of("FINE àb CAFÉ")
    assert words_of("a\u200bb_c-d.e") == ["a", "b", "c", "d", "e"]
    assert words_of("ภาษาไทย")[:2] == list("ภา")
