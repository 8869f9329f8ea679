"""The page for a browser: whole in itself, and whatever is in it is text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest

from console.output.page import Page
from console.output.write import Format, write_page
from models.columns import Breakdown, Column, Kind, Money, Total
from tests.command_line.cases import NASTY

COLUMNS = (Column("case"), Column("seller_name"), Column("amount", Kind.MONEY), Column("currency"))
ROW = ("C1", "Blue & Lamp", Money(1250, "USD"), "USD")
HOSTILE = f"</td></style><script>alert(1)</script><img src=x onerror=alert(1)>\"'{NASTY}"
VOID = ("meta", "rect", "wbr")
TAGS = {
    "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "dl", "dt", "dd", "section", "ul",
    "li", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "svg", "rect", "small", "div", "wbr",
}  # fmt: skip
BY_CLOCK = Breakdown(
    "clock",
    (Column("clock"), Column("promises", Kind.NUMBER), Column("met", Kind.NUMBER), Column("is_late", Kind.NUMBER)),
    [("resolution", 40, 30, 10), ("review", 20, 5, 5), (None, 0, 0, 0)],
    ("met", "is_late"),
)


class Read(HTMLParser):
    """The page as a browser takes it apart: every tag closed, texts by where they stand."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.names: set[str] = set()
        self.texts: dict[str, list[str]] = {}
        self.bars: list[list[float]] = []
        self.feed(page)
        assert self.open == [], self.open

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.names |= {name for name, _ in attrs}
        if tag not in VOID:
            self.open.append(tag)
        if tag == "svg":
            self.bars.append([])
        if tag == "rect":
            self.bars[-1].append(float(dict(attrs)["width"] or 0))
        if tag in ("td", "th", "li", "dd", "small"):
            self.texts.setdefault(tag, []).append("")

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in ("td", "th", "li", "dd", "small"):
            if tag in self.open:
                self.texts[tag][-1] += data


def written(tmp_path: Path, *rows: Sequence[object], page: Page | None = None) -> str:
    out = tmp_path / "out.html"
    write_page(rows, COLUMNS, page or Page(title="Decisions"), format=Format.HTML, out=out)
    return out.read_text("utf-8")


def test_the_page_is_whole_in_itself_and_loads_nothing(tmp_path: Path) -> None:
    totals = [Total("cases", Kind.NUMBER, 1), Total("amount", Kind.MONEY, Money(1250, "USD"))]
    text = written(tmp_path, ROW, page=Page("Decisions", "is:open", totals, "A row.", "now by sue", [BY_CLOCK]))
    read = Read(text)
    assert set(read.tags) <= TAGS
    assert not read.names & {"src", "href", "style", "onclick", "srcset", "action", "xlink:href"}
    assert "default-src 'none'" in text and "@import" not in text and "url(" not in text
    assert read.texts["dd"] == ["is:open", "now by sue", "in UTC"]
    assert read.texts["td"][-4:] == ["C1", "Blue & Lamp", "12.50", "USD"]
    assert "cases: 1" in read.texts["li"] and "12.50" in read.texts["td"][:2]


def test_hostile_text_is_text_wherever_it_stands(tmp_path: Path) -> None:
    by = Breakdown("seller", (Column("seller"), Column("cases", Kind.NUMBER)), [(HOSTILE, 1)])
    page = Page(HOSTILE, HOSTILE, [HOSTILE], HOSTILE, HOSTILE, [by])
    text = written(tmp_path, (HOSTILE, HOSTILE, None, HOSTILE), page=page)
    read = Read(text)
    assert set(read.tags) <= TAGS and not {name for name in read.names if name.startswith("on")}
    assert not set(text) & set("\x1b\x07\u202e\u200b\x9b")
    assert read.texts["td"][-4].startswith("</td></style><script>alert(1)</script>")


def test_bars_stand_to_each_other_as_their_numbers_do(tmp_path: Path) -> None:
    read = Read(written(tmp_path, page=Page("Promises", breakdowns=[BY_CLOCK])))
    legend, bars = read.bars[:2], read.bars[2:]
    assert len(legend) == 2 and bars == [[750.0, 250.0], [125.0, 125.0, 250.0], []]
    assert read.texts["small"] == ["met 30 · late 10", "met 5 · late 5", ""]
    assert "(none)" in read.texts["th"]


@pytest.mark.parametrize(("key", "kept", "rest"), [("seller", "s0", "3 others"), ("month", "s14", "3 earlier")])
def test_of_many_groups_the_rest_is_told_together(key: str, kept: str, rest: str, tmp_path: Path) -> None:
    rows = [(f"s{number}", 100 - number) for number in range(15)]
    by = Breakdown(key, (Column(key), Column("cases", Kind.NUMBER)), rows)
    read = Read(written(tmp_path, page=Page("T", breakdowns=[by])))
    assert len(read.bars) == 12 and {kept, rest} <= set(read.texts["th"])


def test_no_rows_say_so(tmp_path: Path) -> None:
    assert "(no rows)" in written(tmp_path)
    assert "(no rows)" not in written(tmp_path, ROW)


def test_a_phone_has_the_columns_name_before_each_cell(tmp_path: Path) -> None:
    text = written(tmp_path, ROW)
    assert 'nth-child(2)::before{content:"seller_name"}' in text and "max-width:640px" in text
