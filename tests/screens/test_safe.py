"""Text on its way to the screen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.safe import cell, content, fitted, joined, line

HOSTILE = "[@click=app.quit]x[/] \x1b[2J"
SHOWN = "[@click=app.quit]x[/] ␛[2J"


def test_markup_and_escapes_are_letters_everywhere() -> None:
    assert str(content(HOSTILE, "bold")) == SHOWN
    assert [span.style for span in content(HOSTILE, "bold").spans] == ["bold"]
    assert content(HOSTILE).spans == []
    assert str(joined(HOSTILE, (HOSTILE, "red"), content(HOSTILE))) == SHOWN * 3
    assert cell(HOSTILE).plain == SHOWN
    assert cell(HOSTILE).spans == []
    assert line(HOSTILE, len(SHOWN)).text == SHOWN


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [
        ("abc", 5, "abc  "),
        ("abcdef", 5, "abcd…"),
        ("漢字漢字", 5, "漢字…"),
        ("漢字漢字", 4, "漢 …"),
        ("a\nb", 3, "a⏎b"),
        ("abc", 1, "…"),
        ("abc", 0, ""),
    ],
)
def test_a_line_is_cut_by_cells_and_says_so(text: str, width: int, shown: str) -> None:
    assert fitted(text, width) == shown


def test_numbers_stand_on_the_right() -> None:
    assert fitted("12.50", 8, right=True) == "   12.50"


@given(st.text(), st.integers(0, 30))
def test_every_line_is_exactly_as_wide_as_asked(text: str, width: int) -> None:
    assert cell_len(fitted(text, width)) == width
