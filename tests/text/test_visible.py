"""What the one door for foreign text lets through, and how it shows the rest."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.text import visible

ANY_TEXT = st.text(st.characters(exclude_categories=()))
TRICKY_TEXT = st.text(
    st.sampled_from("a क\u094d\u064b\u0301\u0323\u0344\u0958\u200c\u200d\ufe0f\ufe00👩❤️\n\r\t\u202e\u1100\u1161é")
)


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("\x1b]0;owned\x07", "␛]0;owned␇"),
        ("\x7f\x00\x0b", "␡␀␋"),
        ("\x9b31m", "⟦9B⟧31m"),
        ("price \u202e00.01\u202c", "price ⟦RLO⟧00.01⟦PDF⟧"),
        ("a\u200bb\ufeffc\u00add", "a⟦ZWSP⟧b⟦BOM⟧c⟦SHY⟧d"),
        ("\U000e0041", "⟦U+E0041⟧"),
        ("\ud800", "⟦U+D800⟧"),
        ("a\u2028b\u2029c", "a⟦LS⟧b⟦PS⟧c"),
        ("\u3164\u115f\u2800", "⟦U+3164⟧⟦U+115F⟧⟦U+2800⟧"),
        ("a\u00a0b\u2003c", "a b c"),
        ("a\tb", "a    b"),
        ("\ue000", "⟦U+E000⟧"),
    ],
)
def test_what_acts_hides_or_reorders_becomes_a_sign(foreign: str, shown: str) -> None:
    assert visible(foreign) == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Paket kam nie an; 12,50 € zurück",
        "顧客は商品を受け取っていません",
        "상품이 도착하지 않았습니다",
        "می‌خواهم",  # ZWNJ parts two letters
        "র‍্যাব",  # ZWJ before a Bengali vowel killer
        "ශ්‍රී",  # ZWJ in Sinhala
        "👩‍👩‍👧 ❤️ 1️⃣ 🏳️‍🌈 👍🏽",
        "葛\U000e0100",  # an ideograph's chosen form
        "שָׁלוֹם",
        "[/bold] [@click=app.quit]x[/]",
    ],
)
def test_text_that_people_write_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("pay\u200dpal", "pay⟦ZWJ⟧pal"),
        ("pay\u200cpal", "pay⟦ZWNJ⟧pal"),
        ("क\u200d\u200dक", "क\u200d⟦ZWJ⟧क"),
        ("👩\u200d", "👩⟦ZWJ⟧"),
        ("a\ufe0f", "a⟦U+FE0F⟧"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100⟦U+E0101⟧"),
    ],
)
def test_joiners_and_selectors_that_do_nothing_are_shown(foreign: str, shown: str) -> None:
    assert visible(foreign) == shown


def test_a_tower_of_marks_is_cut_and_counted() -> None:
    assert visible("x" + "\u0330" * 10) == "x" + "\u0330" * 4 + "⟦+6⟧"


def test_a_mark_without_a_letter_gets_something_to_stand_on() -> None:
    assert visible("\u0301x") == "◌\u0301x"


def test_a_very_long_tower_takes_no_more_time_than_its_length() -> None:
    """Sorted whole, these marks would take hours."""
    assert len(visible("x" + "\u0301\u0323" * 500_000)) < 100


def test_line_breaks_stay_only_where_several_lines_are_wanted() -> None:
    assert visible("one\r\ntwo\nthree") == "one⏎two⏎three"
    assert visible("one\r\ntwo\nthree", multiline=True) == "one\ntwo\nthree"
    assert visible("one\rtwo", multiline=True) == "one␍two"


@given(ANY_TEXT | TRICKY_TEXT)
@example("\u0344" * 4)
@example("क\u094d\u094d\u094d\u094d\u200d\u094d")
def test_showing_twice_changes_nothing(text: str) -> None:
    for multiline in (False, True):
        once = visible(text, multiline=multiline)
        assert visible(once, multiline=multiline) == once


@given(ANY_TEXT | TRICKY_TEXT)
def test_nothing_that_a_terminal_obeys_comes_out(text: str) -> None:
    for sign in visible(text):
        assert sign in "\u200c\u200d" or unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Zl", "Zp"}
        assert sign not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u2060\ufeff\u00ad"
        assert not 0xE0000 <= ord(sign) <= 0xE007F
