"""The pages that are made from the screens."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_of_keys_is_made_from_the_registry() -> None:
    maker = runpy.run_path(str(ROOT / "docs" / "make_keys.py"))
    assert maker["PAGE"].read_text("utf-8") == maker["page"](), "run: python docs/make_keys.py"


def test_pictures_of_the_readme_are_there_and_fetch_nothing() -> None:
    shown = re.findall(r"!\[.*?\]\((.*?)\)", (ROOT / "README.md").read_text("utf-8"))
    assert shown
    for picture in shown:
        text = (ROOT / picture).read_text("utf-8")
        assert not re.search(r"@font-face|@import|url\((?!#)|href=", text)
