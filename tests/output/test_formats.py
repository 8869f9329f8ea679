"""What each format writes of the same rows."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcwidth

from console.output.batches import SIZE
from console.output.json_text import json_document, json_safe
from console.output.table import NARROW
from console.output.write import Format, write, write_object
from models.columns import Column, Kind, Money, Row
from models.formulas import guarded, unguarded

COLUMNS = (
    Column("case"),
    Column("seller"),
    Column("amount", Kind.MONEY),
    Column("currency"),
    Column("opened_at", Kind.INSTANT),
    Column("overdue", Kind.WORDS),
    Column("overdue_by", Kind.DURATION),
    Column("seller_late", Kind.FLAG),
)
ROWS: tuple[Row, ...] = (
    ("C-1", "Shenzhen, Star", Money(1250, "USD"), "USD", datetime(2026, 3, 1, 9, tzinfo=UTC), ("a", "b"), 93780, True),
    ("C-22", "漢字の店", Money(1250, "JPY"), "JPY", datetime(2026, 3, 1, 9, 0, 30, tzinfo=UTC), (), None, None),
)
ESCAPE = "\x1b]0;owned\x07\u202e\U000e0041\x9b"


def written(format: Format, rows: Iterator[Row] | tuple[Row, ...], tmp_path: Path, **more: object) -> str:
    out = tmp_path / "out"
    write(rows, COLUMNS, format=format, out=out, **more)  # type: ignore[arg-type]
    return out.read_bytes().decode("utf-8")


def test_csv_has_a_header_two_columns_of_money_and_empty_cells_for_nothing(tmp_path: Path) -> None:
    assert written(Format.CSV, ROWS, tmp_path, title="never here", totals=["nor this"]) == (
        "case,seller,amount,currency,opened_at,overdue,overdue_by,seller_late\r\n"
        'C-1,"Shenzhen, Star",12.50,USD,2026-03-01T09:00:00Z,a b,93780,true\r\n'
        "C-22,漢字の店,1250,JPY,2026-03-01T09:00:30Z,,,\r\n"
    )


def test_json_is_an_array_with_money_objects_and_null_for_nothing(tmp_path: Path) -> None:
    first, second = json.loads(written(Format.JSON, ROWS, tmp_path))
    assert first["amount"] == {"amount": "12.50", "currency": "USD"}
    assert first["currency"] == "USD"
    assert (first["opened_at"], first["overdue"], first["seller_late"]) == ("2026-03-01T09:00:00Z", ["a", "b"], True)
    assert (second["overdue"], second["overdue_by"], second["seller_late"]) == ([], None, None)
    assert list(first) == [column.key for column in COLUMNS]


def test_json_lines_hold_the_same_objects_as_the_array(tmp_path: Path) -> None:
    lines = written(Format.JSONL, ROWS, tmp_path).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(written(Format.JSON, ROWS, tmp_path))


@pytest.mark.parametrize(
    ("format", "text"),
    [
        (Format.JSON, "[]\n"),
        (Format.JSONL, ""),
        (Format.CSV, "case,seller,amount,currency,opened_at,overdue,overdue_by,seller_late\r\n"),
    ],
)
def test_no_rows_are_an_empty_array_nothing_or_a_header(format: Format, text: str, tmp_path: Path) -> None:
    assert written(format, (), tmp_path) == text


def test_a_table_of_no_rows_says_so(tmp_path: Path) -> None:
    assert written(Format.TABLE, (), tmp_path).endswith("(no rows)\n")


def test_the_table_aligns_by_cells_and_reads_like_a_page(tmp_path: Path) -> None:
    assert written(Format.TABLE, ROWS, tmp_path, title="Overdue", query="is:overdue", totals=["2 cases"]) == (
        "Overdue\n"
        "query: is:overdue\n"
        "case    seller            amount  currency    opened_at          overdue      overdue_by  seller_late\n"
        "------  --------------  --------  ----------  -----------------  ---------  ------------  -------------\n"
        "C-1     Shenzhen, Star     12.50  USD         2026-03-01 09:00Z  a b               1d 2h  true\n"
        "C-22    漢字の店            1250  JPY         2026-03-01 09:00Z\n"
        "\n"
        "2 cases\n"
    )


def test_a_table_leaves_text_that_looks_like_a_number_alone(tmp_path: Path) -> None:
    row = ("1e5", "12.50", *tuple(ROWS[0])[2:])
    assert "\n1e5     12.50     " in written(Format.TABLE, (row,), tmp_path)


def test_markdown_escapes_pipes_line_breaks_and_markup(tmp_path: Path) -> None:
    row = ("C-1", "a|b\n<b>[x](y)", None, "", None, (), None, False)
    page = written(Format.MARKDOWN, (row,), tmp_path, title="T", totals=["1 case"])
    assert "## T\n\n| case | seller | amount |" in page
    assert r"| C-1 | a\|b⏎\<b\>\[x\](y) |  |  |  |  |  | false |" in page
    assert page.endswith("\n\n- 1 case\n")


@pytest.mark.parametrize("format", [Format.TABLE, Format.MARKDOWN, Format.JSON, Format.JSONL])
def test_nothing_that_a_terminal_obeys_leaves(format: Format, tmp_path: Path) -> None:
    row = (ESCAPE, ESCAPE, None, ESCAPE, None, (ESCAPE,), None, None)
    text = written(format, (row,), tmp_path, title=ESCAPE, query=ESCAPE, totals=[ESCAPE])
    assert not set(text) & set("\x1b\x07\u202e\U000e0041\x9b")


def test_csv_keeps_text_as_it_is_but_for_eyes_at_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    row = (ESCAPE, "=1+1", None, "", None, (), None, None)
    assert ESCAPE in written(Format.CSV, (row,), tmp_path)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    write((row,), COLUMNS, format=Format.CSV)
    assert b"\x1b" not in capfdbinary.readouterr().out


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\0x", "  =1", "＝1", "－1", "'=1", "＠x"]
)
def test_text_that_starts_a_formula_is_guarded_unless_raw(cell: str, tmp_path: Path) -> None:
    row = (cell, "plain", None, "", None, ("-x", "y"), -5, None)
    for is_raw, guard in ((False, "'"), (True, "")):
        text = written(Format.CSV, (row,), tmp_path, is_raw=is_raw)
        read = list(csv.reader(StringIO(text, newline="")))[1]
        assert read == [guard + cell, "plain", "", "", "", guard + "-x y", "-5", ""]


@given(st.text("'=+-@ \t\rab＝"))
@example("'=1")
@example("'quoted'")
def test_a_guarded_cell_reads_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


def test_rows_leave_while_later_ones_are_not_yet_read(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    seen: list[int] = []

    def endless() -> Iterator[Row]:
        for number in range(SIZE * 2 + 1):
            if number == SIZE * 2:
                seen.append(capfdbinary.readouterr().out.count(b"C-1"))
            yield ROWS[0]

    write(endless(), COLUMNS, format=Format.CSV)
    assert seen == [SIZE * 2]


@pytest.mark.parametrize("format", [Format.TABLE, Format.JSON, Format.JSONL, Format.MARKDOWN])
def test_batches_join_without_a_seam(format: Format, tmp_path: Path) -> None:
    rows = (ROWS[0],) * (SIZE + 1)
    text = written(format, rows, tmp_path)
    assert text.count("C-1") == SIZE + 1
    assert text.count("case") == (1 if format in (Format.TABLE, Format.MARKDOWN) else SIZE + 1)
    if format is Format.JSON:
        assert len(json.loads(text)) == SIZE + 1
    if format is Format.TABLE:
        assert len(set(text.splitlines()[2:])) == 1


def test_a_mapping_is_as_good_a_row_as_a_tuple(tmp_path: Path) -> None:
    row = dict(zip((column.key for column in COLUMNS), ROWS[0], strict=True))
    assert written(Format.CSV, (row,), tmp_path) == written(Format.CSV, ROWS[:1], tmp_path)


def test_an_instant_of_another_zone_is_written_in_utc(tmp_path: Path) -> None:
    there = datetime(2026, 3, 1, 17, tzinfo=timezone(timedelta(hours=8)))
    assert json_document({"at": there}) == '{"at": "2026-03-01T09:00:00Z"}'


def test_an_object_nests_money_instants_and_lists(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write_object({"case": "C-1", "offers": [{"amount": Money(500, "USD"), "at": None}]})
    assert json.loads(capfdbinary.readouterr().out) == {
        "case": "C-1",
        "offers": [{"amount": {"amount": "5.00", "currency": "USD"}, "at": None}],
    }


def test_a_sign_that_is_not_measured_is_one_cell_wide() -> None:
    taken = [sign for sign in map(chr, range(0x3000)) if re.fullmatch(NARROW, sign)]
    assert len(taken) > 900 and {wcwidth(sign) for sign in taken} == {1}


@given(st.text(st.characters(exclude_categories=())))
@example(ESCAPE)
@example("\ud800")
def test_escaped_json_means_the_same(text: str) -> None:
    document = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(document) == text
    document.encode("utf-8")
