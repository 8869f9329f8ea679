"""The one door for text from outside: what comes out can be drawn, logged or printed and does nothing but be read.

The store keeps the original; whatever shows text to a person (a screen, a table, a message, a log line) shows
`visible(text)`. Stand-ins are pictures (`␛`) or white brackets (`⟦RLO⟧`), so that a trick is seen and not obeyed.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache

TAB = "    "
LINE_BREAK_SIGN = "⏎"

_STACKED_MARKS = 4
"""Marks drawn over one letter. Hebrew and Arabic need three, tricks use hundreds to paint over their neighbours."""
_MARKS = 8
"""Marks of any width after one letter; Burmese needs six."""
_MARKS_TO_NORMALISE = 64
"""Sorting marks takes the square of their number in the standard library; a longer run is cut before."""

_NAMED = {
    0x00AD: "SHY",
    0x061C: "ALM",
    0x200B: "ZWSP",
    0x200C: "ZWNJ",
    0x200D: "ZWJ",
    0x200E: "LRM",
    0x200F: "RLM",
    0x2028: "LS",
    0x2029: "PS",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
}
_JOINERS = frozenset("\u200c\u200d")
_LOOK_EMPTY = frozenset((0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0, 0xFFFC))
"""By category letters, marks and signs, yet nothing to see: Hangul fillers, the blank Braille cell and the like."""
_SEEN_FORMATS = frozenset((*range(0x0600, 0x0606), 0x06DD, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD))
"""Format characters that are drawn: the Arabic and Kaithi number signs."""
_YOUNG_BLOCKS = (range(0x1F300, 0x1FB00), range(0x20000, 0x3FFFE))
"""Emoji and ideographs: a character that this Python does not know yet is no reason for alarm there."""
_IDEOGRAPHS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x3FFFE))
_PICTOGRAPHS = (range(0x2190, 0x3300), range(0x1F000, 0x1FB00))
_JOINING_SCRIPTS = (
    range(0x0600, 0x0900),  # Arabic, Syriac, N'Ko, Mandaic
    range(0x0900, 0x0E00),  # the scripts of India, Sinhala
    range(0x1000, 0x10A0),  # Burmese
    range(0x1780, 0x18B0),  # Khmer, Mongolian
    range(0x1B00, 0x1C50),
    range(0xA800, 0xAB00),
    range(0xFB50, 0xFE00),
    range(0xFE70, 0xFEFD),
    range(0x10A00, 0x11A00),
)
_MONGOLIAN = (range(0x1800, 0x18B0),)


def visible(text: str, *, multiline: bool = False) -> str:
    """`text` with everything that acts, hides or reorders turned into signs; the same again for its own result.

    A tab is four spaces. A line break stays with `multiline`, else it is `⏎`. Never raises, whatever the string holds.
    """
    if text.isascii() and text.isprintable():
        return text
    if all(map(_is_plain, set(text))):
        return text
    text = text.replace("\r\n", "\n")
    if not multiline:
        text = text.replace("\n", LINE_BREAK_SIGN)
    text = text.translate(_SIGNS)
    if len(text) > _MARKS_TO_NORMALISE:
        text = _bounded(text, _MARKS_TO_NORMALISE, _MARKS_TO_NORMALISE)
    return _bounded(unicodedata.normalize("NFC", text), _STACKED_MARKS, _MARKS)


@lru_cache(maxsize=8192)
def _is_plain(sign: str) -> bool:
    """A letter or sign that needs no look: most of what most desks see."""
    return bisect_right(_PLAIN, ord(sign)) % 2 == 1


# A pattern of so many ranges takes longer to compile than a command has.
_PLAIN = tuple(
    bound
    for low, high in (
        *((0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x2FF), (0x388, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1), (0x3A3, 0x3FF)),
        *((0x400, 0x481), (0x48A, 0x52F), (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2190, 0x21FF)),
        *((0x23CE, 0x23CE), (0x2400, 0x2426), (0x27E6, 0x27E7), (0x3000, 0x3029), (0x3041, 0x3096), (0x30A1, 0x30FA)),
        *((0x30FC, 0x30FC), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3), (0xFF01, 0xFF5E)),
    )
    for bound in (low, high + 1)
)
"""Where a range of them begins and where it has ended, in turn."""


class _Signs:
    """What `str.translate` asks; bounded, because a hostile text can hold every character there is."""

    def __getitem__(self, point: int) -> str | int:
        return _sign(point)


_SIGNS = _Signs()


@lru_cache(maxsize=8192)
def _sign(point: int) -> str | int:
    """The character itself, or what stands in for it whatever its neighbours are."""
    if point < 0x20:
        return {0x09: TAB, 0x0A: "\n"}.get(point, chr(0x2400 + point))
    if point == 0x7F:
        return "␡"
    if point < 0xA0:
        return f"⟦{point:02X}⟧" if point > 0x7F else point
    match unicodedata.category(chr(point)):
        case "Zs":
            return point if point == 0x3000 else " "
        case "Cf" if chr(point) not in _JOINERS and point not in _SEEN_FORMATS:
            return _stand_in(point)
        case "Zl" | "Zp" | "Cs" | "Co":
            return _stand_in(point)
        case "Cn" if not _within(point, _YOUNG_BLOCKS):
            return _stand_in(point)
    return _stand_in(point) if point in _LOOK_EMPTY else point


def _stand_in(point: int) -> str:
    return f"⟦{_NAMED[point]}⟧" if point in _NAMED else f"⟦U+{point:04X}⟧"


def _within(point: int, blocks: tuple[range, ...]) -> bool:
    return any(point in block for block in blocks)


def _bounded(text: str, stacked_limit: int, limit: int) -> str:
    """Keeps joiners and variation selectors only where they do something, and so many marks after one letter."""
    shown: list[str] = []
    before = "\n"  # what the next character would join or stand on
    stacked = marks = cut = 0
    for place, sign in enumerate(text):
        kind = unicodedata.category(sign)
        is_joiner = sign in _JOINERS
        if kind[0] != "M" and not is_joiner:
            if cut:
                shown.append(f"⟦+{cut}⟧")
            stacked = marks = cut = 0
        elif is_joiner or _selects_variation(sign):
            following = text[place + 1 : place + 2]
            if cut or not (_joins(before, sign, following) if is_joiner else _varies(before, sign)):
                shown.append(f"⟦+{cut}⟧" if cut else "")
                sign = _stand_in(ord(sign))
                stacked = marks = cut = 0
        else:
            marks += 1
            stacked += kind != "Mc"
            if marks > limit or stacked > stacked_limit:
                cut += 1
                continue
            if before == "\n":
                shown.append("◌")
        shown.append(sign)
        before = sign[-1]
    if cut:
        shown.append(f"⟦+{cut}⟧")
    return "".join(shown)


def _selects_variation(sign: str) -> bool:
    point = ord(sign)
    return 0xFE00 <= point <= 0xFE0F or 0xE0100 <= point <= 0xE01EF or point in (0x180B, 0x180C, 0x180D, 0x180F)


def _joins(before: str, joiner: str, following: str) -> bool:
    """Persian, Hindi and their relatives join or part letters with it; families and flags are emoji joined by it."""
    point = ord(before)
    if _within(point, _JOINING_SCRIPTS):
        return unicodedata.category(before)[0] in "LM"
    is_picture = before == "\ufe0f" or _within(point, _PICTOGRAPHS)
    return joiner == "\u200d" and is_picture and following != "" and _within(ord(following), _PICTOGRAPHS)


def _varies(before: str, selector: str) -> bool:
    """A selector chooses between two drawings of the character before it; anywhere else it can only hide data."""
    point = ord(before)
    if selector in "\ufe0e\ufe0f":
        return before == "ℹ" or (before != "\n" and unicodedata.category(before)[0] in "SPN")
    if ord(selector) < 0xFE00:
        return _within(point, _MONGOLIAN)
    return _within(point, _IDEOGRAPHS)
