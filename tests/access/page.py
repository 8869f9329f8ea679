"""The page on deployment as a program: its fenced blocks, by section, and the files that it is given."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "deployment.md"
THEIRS = "Quillfeather"
"""The name of the buyer whom the page erases."""

HEADER = "case_ref,order_ref,opened_at,buyer_ref,buyer_name,seller_ref,reason,amount,currency,outcome,decided_at"
CASES = f"""\
{HEADER}
D-1,O-1,2024-03-01T09:00:00Z,b-77,{THEIRS},s1,damaged/item_damaged,10.00,USD,withdrawn,2024-03-02T09:00:00Z
D-2,O-2,2024-03-01T09:00:00Z,b-2,Bea Lind,s1,damaged/item_damaged,20.00,USD,,
"""
MORE = f"""\
{HEADER}
D-3,O-3,2024-03-03T09:00:00Z,b-3,Cora Lind,s1,damaged/item_damaged,30.00,USD,withdrawn,2024-03-04T09:00:00Z
"""
_BLOCK = re.compile(r"^(?:## (?P<section>\d+)\.[^\n]*|```(?P<kind>\w+)\n(?P<text>.*?)^```)$", re.MULTILINE | re.DOTALL)


def blocks(kind: str) -> dict[int, str]:
    """Everything of that kind of a section, in order, by the section's number."""
    found: dict[int, str] = {}
    section = 0
    for match in _BLOCK.finditer(PAGE.read_text("utf-8")):
        if match["section"]:
            section = int(match["section"])
        elif match["kind"] == kind:
            found[section] = found.get(section, "") + match["text"]
    return found
