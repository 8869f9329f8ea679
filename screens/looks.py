"""How a piece of text looks. Only the terminal's own sixteen colours, so that it fits any theme and any line.

A look is never the only sign: whatever it says stands in the text too.
"""

from __future__ import annotations

from rich.style import Style

PLAIN = Style.null()
DIM = Style(dim=True)
BOLD = Style(bold=True)
TITLE = Style(bold=True)
HEADING = Style(bold=True, color="cyan")
COLUMN = Style(dim=True, underline=True)
KEY = Style(bold=True, color="cyan")
LATE = Style(bold=True, color="red")
SOON = Style(color="yellow")
GOOD = Style(color="green")
MINE = Style(color="cyan")
BALLS = {"buyer": Style(color="magenta"), "seller": Style(color="yellow"), "platform": Style(color="cyan"), "none": DIM}
"""Whose turn a piece of the ball's bar is; its letter says so too."""
LEFT = Style(dim=True, strike=True)
"""A row that no longer belongs to the view and stays until the cursor leaves it."""
CURSOR = Style(reverse=True)
"""Reversed: it is seen without any colour at all."""
