"""Text cells that a spreadsheet would run: a `'` in front makes them text, and reading takes it off again.

A spreadsheet takes `=`, `+`, `-` and `@`, their full-width forms and some control characters for the start of a
formula, also after blanks.
"""

from __future__ import annotations

import re

_RUNS = re.compile(r"'*(?:[\t\r\n\0]|\s*[=+\-@＝＋－＠])")
"""With quotes in front too, so that a cell that always began with one comes back as it was."""


def guarded(text: str) -> str:
    """`text` as a cell that no spreadsheet runs."""
    return "'" + text if _RUNS.match(text) else text


def unguarded(cell: str) -> str:
    """What `guarded` was given; any other cell stays as it is."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell
