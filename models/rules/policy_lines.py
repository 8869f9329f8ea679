"""On which line of a TOML file a key stands; the reader of the standard library tells only for what is no TOML."""

from __future__ import annotations

import re

_NAME = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=(.*)")
_SECTION = re.compile(rf"\s*(\[\[?)\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_PART = re.compile(_NAME)
_TEXT_OR_COMMENT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")
_LONG_TEXT = re.compile(r"\"\"\"|'''")


class Lines:
    """The lines of a text that is known to be TOML. Of an inline table it knows the line, and not its keys'."""

    def __init__(self, text: str) -> None:
        self._found: dict[str, int] = {}
        self._rows: dict[str, int] = {}
        section, depth, is_in_text = "", 0, False
        for number, line in enumerate(text.splitlines(), 1):
            if not is_in_text and depth == 0:
                if match := _SECTION.match(line):
                    section = self._section(match[2], number, is_row=match[1] == "[[")
                    continue
                match = _KEY.match(line)
                if match is None:
                    continue
                self._found[".".join(filter(None, (section, _plain(match[1]))))] = number
                line = match[2]
            is_in_text ^= len(_LONG_TEXT.findall(line)) % 2 == 1
            bare = _TEXT_OR_COMMENT.sub("", line)
            depth += sum(bare.count(sign) for sign in "[{") - sum(bare.count(sign) for sign in "]}")

    def of(self, path: str) -> int | None:
        """Of the key, else of the nearest that holds it."""
        while path:
            if path in self._found:
                return self._found[path]
            holder = re.sub(r"(\[[0-9]+\]|\.?[^.\[\]]+)$", "", path)
            if holder == path:  # a quoted key of signs alone has no part that could be taken off
                return None
            path = holder
        return None

    def _section(self, name: str, number: int, *, is_row: bool) -> str:
        path = _plain(name)
        if is_row:
            row = self._rows[path] = self._rows.get(path, -1) + 1
            path = f"{path}[{row}]"
        self._found[path] = number
        return path


def _plain(name: str) -> str:
    """`evidence . "needs"` as `evidence.needs`."""
    return ".".join(part.strip("\"'") for part in _PART.findall(name))
