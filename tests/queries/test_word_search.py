"""Cases are found by what they say: whole words, phrases and beginnings, in any script, as soon as it is written."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from models import database
from models.operations import talking, word_index
from models.queries import queue, word_search
from models.queries.fault import QueryFault
from models.queries.queue import LAST
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


@pytest.fixture
def common(said: int) -> list[int]:
    """Cases that all say one word, the oldest of them three times as often as others."""
    cases = [a_case(ref=f"D-{number}") for number in range(10, 17)]
    with on_day(3):
        for number, case in enumerate(cases):
            talking.note(ANNA, case=case, text="common common common" if number == 0 else "common and also words")
    return cases


def walked(text: str, **more: Any) -> list[int]:
    """By pages of three, there and back."""
    pages = [queue.page(text, limit=3, **more)]
    while pages[-1].has_more:
        pages.append(queue.page(text, limit=3, after=pages[-1].last_key, **more))
    for before, page in pairwise(pages):
        back = queue.page(text, limit=3, before=page.first_key, **more)
        assert [row.id for row in back.rows] == [row.id for row in before.rows]
    assert queue.page(text, limit=3, before=LAST, **more).rows[-1].id == pages[-1].rows[-1].id
    return [row.id for page in pages for row in page.rows]


def test_the_best_answer_stands_first_then_the_newest_and_pages_go_on(common: list[int]) -> None:
    assert walked("common") == found("common") == [common[0], *sorted(common[1:], reverse=True)]
    assert walked("common is:open") == walked("common")
    assert walked("common", sort="-rank") == walked("common")[::-1]


def test_of_many_answers_the_newest_stands_first(common: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_search, "FEW", len(common) - 1)
    assert walked("common") == found("common") == sorted(common, reverse=True)
    assert walked("common", sort="-rank") == sorted(common)
    assert found("common -zerbrochen") == sorted(common, reverse=True)


def test_a_walk_through_the_best_answers_goes_on_when_there_are_too_many_by_then(
    common: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = walked("common")
    first = queue.page("common", limit=3)
    monkeypatch.setattr(word_search, "FEW", 1)
    assert [row.id for row in queue.page("common", limit=9, after=first.last_key).rows] == whole[3:]


def test_without_words_the_order_of_words_is_that_of_the_newest(common: list[int]) -> None:
    newest = sorted(walked("is:open", sort="case"), reverse=True)
    assert walked("is:open", sort="rank") == newest
    assert walked("common or nothing", sort="rank") == sorted(common, reverse=True)


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
