"""One page that needs nothing but itself: totals, pictures, rows; for a browser, a phone and a printer, no script."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from tempfile import TemporaryFile

from console.output.bars import chart
from console.output.batches import batches
from console.output.page import Page
from console.output.values import amount, line, picker, text_of
from models.columns import Column, Money, Row, Total
from models.text import visible

PIECE = 1 << 16
NO_ROWS = "(no rows)"


def html_page(rows: Iterable[Row], columns: Sequence[Column], page: Page) -> Iterator[str | bytes]:
    """The page, in pieces, once the last row is read: totals and pictures stand above the rows."""
    with TemporaryFile() as spool:
        has_rows = False
        for piece in _rows(rows, columns):
            has_rows = True
            spool.write(piece.encode())
        yield _above(columns, page)
        yield "<section><h2>Rows</h2>\n<div class=wide><table class=rows><thead><tr>"
        yield "".join(f"<th scope=col>{broken(column.key)}</th>" for column in columns)
        yield "</tr></thead><tbody>\n"
        spool.seek(0)
        yield from iter(lambda: spool.read(PIECE), b"")
        yield "</tbody></table></div>\n" + ("" if has_rows else f"<p>{NO_ROWS}</p>\n") + "</section></body></html>\n"


def shown(text: str) -> str:
    """Text from anywhere, as text: nothing hides in it, and no browser takes it for markup."""
    return escape(visible(text))


def broken(key: str) -> str:
    """A name of ours that a narrow column breaks between its words."""
    return shown(key).replace("_", "_<wbr>").replace("/", "/<wbr>")


def _rows(rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[str]:
    converters = [text_of(column.kind, foreign=shown, for_people=True) for column in columns]
    pick = picker(columns)
    for batch in batches(rows):
        yield "".join(
            _row([convert(value) for convert, value in zip(converters, pick(row), strict=True)]) for row in batch
        )


def _row(cells: Sequence[object]) -> str:
    return f"<tr>{''.join([f'<td>{cell}</td>' for cell in cells])}</tr>\n"


def _above(columns: Sequence[Column], page: Page) -> str:
    told = {"Query": page.query or "all", "Made": page.made, "Instants": "in UTC"}
    facts = "".join(f"<dt>{name}</dt><dd>{shown(text)}</dd>" for name, text in told.items() if text)
    charts = "".join(chart(each, broken) for each in page.breakdowns)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Nothing that a hostile text might bring in could be loaded, run or sent.
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'\">\n"
        f"<title>{shown(page.title)}</title>\n<style>\n{_style()}{_of_columns(columns)}</style></head>\n"
        f"<body><header><h1>{shown(page.title)}</h1><p>{shown(page.says)}</p><dl>{facts}</dl></header>\n"
        f"<section><h2>Totals</h2>{_totals(list(page.totals))}</section>\n"
        f"<section class=charts>{charts}</section>\n"
    )


def _totals(totals: Sequence[str | Total]) -> str:
    """Numbers as a list; money as a table of a line for each currency."""
    sums: dict[str, dict[str, Money]] = {}
    numbers = []
    for each in totals:
        if isinstance(each, Total) and isinstance(each.value, Money):
            sums.setdefault(each.value.currency, {})[each.key] = each.value
        else:
            numbers.append(f"<li>{shown(line(each))}</li>")
    keys = list(dict.fromkeys(key for found in sums.values() for key in found))
    heading = "".join(f"<th scope=col>{broken(key)}</th>" for key in ("currency", *keys))
    lines = "".join(
        f"<tr><th scope=row>{shown(currency)}</th>"
        f"{''.join(f'<td>{amount(found[key]) if key in found else str()}</td>' for key in keys)}</tr>"
        for currency, found in sums.items()
    )
    money = f"<table class=money><thead><tr>{heading}</tr></thead><tbody>{lines}</tbody></table>" if lines else ""
    return f"<ul class=totals>{''.join(numbers)}</ul>{money}\n"


@cache
def _style() -> str:
    return files("console.output").joinpath("page.css").read_text("utf-8")


def _of_columns(columns: Sequence[Column]) -> str:
    """Numbers stand on the right; on a phone each cell has its column's name in front of it."""
    numbers = [number for number, column in enumerate(columns, 1) if column.is_number]
    right = ",".join(f".rows :is(td,th):nth-child({number})" for number in numbers)
    names = "".join(
        f'.rows td:nth-child({place})::before{{content:"{column.key}"}}' for place, column in enumerate(columns, 1)
    )
    return (right and f"{right}{{text-align:right}}\n") + f"@media screen and (max-width:640px){{{names}}}\n"
