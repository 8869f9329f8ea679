"""How much of a file may be in memory at once; what is larger is refused, never cut."""

from __future__ import annotations

MOST_FIELD = 1 << 20
"""Characters of one value."""
MOST_ROW = 16 << 20
"""Characters of one row; in CSV an open quote would else swallow the whole file."""
MOST_COLUMNS = 2_000
MOST_DEPTH = 20
"""Lists and objects inside one another in a JSON row."""
