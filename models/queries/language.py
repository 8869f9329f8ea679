"""Reading a query: `is:overdue owner:none (amount>200 or is:high_value) -"cracked screen"`."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from models.nearest import nearest
from models.queries import values
from models.queries.fault import QueryFault, shown
from models.queries.terms import NAMED, NAMES, TERMS, Takes, Term, words_of
from models.queries.tree import All, Any, Compares, Has, Node, Not, Query, Text

__all__ = ["TERMS", "Query", "QueryFault", "Term", "parse"]

MOST_CHARACTERS = 4000
MOST_TERMS = 100
MOST_BRACKETS = 40
"""SQLite refuses expressions that are nested deeper than a thousand."""

HEAD = r"([^\W\d]\w*)(:|<=|>=|<|>|=)"
PLAIN = r'[^\s()"]+'
QUOTED = r'(?s)"((?:[^"\\]|\\.)*)"'
ESCAPED = r"(?s)\\(.)"
SPACE = r"\s*"
UNSTORABLE = r"[\x00\ud800-\udfff]"
"""A NUL or half a character is in no text of the store, and PostgreSQL refuses to be asked for it."""
SOME_INSTANT = datetime(2026, 1, 1, tzinfo=UTC)


def parse(text: str) -> Query:
    """Understand `text`; an empty one means every case. Raises QueryFault, which points at the place."""
    if len(text) > MOST_CHARACTERS:
        raise QueryFault(f"A query has at most {MOST_CHARACTERS} characters.", text[:60], 60)
    if found := re.search(UNSTORABLE, text):
        raise QueryFault("A query is plain text; this character is none.", text, found.start())
    return Query(_Reader(text).everything(), text)


class _Reader:
    """Walks the text once, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.terms = 0
        self.depth = 0

    def everything(self) -> Node | None:
        self._skip()
        if self._is_over():
            return None
        node = self._any()
        if not self._is_over():
            raise self._fault("This bracket closes nothing.")
        return node

    def _any(self) -> Node:
        parts = [self._all()]
        while self._keyword("or"):
            parts.append(self._all())
        return _joined(Any, parts)

    def _all(self) -> Node:
        parts = [self._one()]
        while True:
            is_joined = self._keyword("and")
            if not is_joined and (self._is_over() or self.text[self.at] == ")" or self._sees("or")):
                return _joined(All, parts)
            parts.append(self._one())

    def _one(self) -> Node:
        self.depth += 1
        if self.depth > MOST_BRACKETS:
            raise self._fault(f"Brackets and negations nest at most {MOST_BRACKETS} deep.")
        node = self._negated() or self._group() or self._leaf()
        self.depth -= 1
        self._skip()
        return node

    def _negated(self) -> Node | None:
        dash = self.text[self.at : self.at + 1] == "-" and self.text[self.at + 1 : self.at + 2].strip() not in ("", ")")
        if dash:
            self.at += 1
        elif not self._keyword("not"):
            return None
        return Not(self._one())

    def _group(self) -> Node | None:
        if not self._sign("("):
            return None
        opened = self.at - 1
        self._skip()
        node = self._any()
        if not self._sign(")"):
            raise QueryFault("This bracket is never closed.", self.text, opened)
        return node

    def _leaf(self) -> Node:
        if self._is_over() or self.text[self.at] == ")" or self._sees("or") or self._sees("and"):
            raise self._fault("A term is missing here.")
        self.terms += 1
        if self.terms > MOST_TERMS:
            raise self._fault(f"A query has at most {MOST_TERMS} terms.")
        start = self.at
        head = re.compile(HEAD).match(self.text, self.at)
        if head is None:
            return Text(self._word(), start)
        self.at = head.end()
        return self._term(head[1].lower(), head[2], start)

    def _term(self, name: str, sign: str, start: int) -> Node:
        if name not in NAMES:
            near = nearest(name, NAMES)
            hint = f"did you mean {near}{sign}?" if near else "in quotes it is searched for as text."
            raise QueryFault(f"There is no term {shown(name)}; {hint}", self.text, start, nearest=near)
        is_bare = self._is_over() or self.text[self.at] != '"'
        value_at = self.at
        value = self._word()
        if name == "is" or NAMED[name].takes in (Takes.WORD, Takes.TEXT):
            if sign not in ":=":
                raise QueryFault(f"{name} is not compared; write {name}:{value}", self.text, value_at - len(sign))
            return Has(name, self._listed(name, value, value_at), start)
        self._check(NAMED[name], value, value_at, is_bare)
        is_range = values.bounds(value) is not None
        if is_range and sign not in ":=":
            raise QueryFault(f"A range comes with =: write {name}={value}", self.text, value_at - len(sign))
        return Compares(name, "=" if sign == ":" else sign, value.lower(), start)

    def _listed(self, name: str, value: str, value_at: int) -> str:
        words = words_of(name)
        if not words:
            return value
        word = value.lower()
        if word not in words:
            near, sign = nearest(word, words), ""
            if near is None and name == "is":
                near, sign = nearest(word, NAMED), ":"
            hint = f"did you mean {near}{sign}?" if near else f"it takes {_some(words)}."
            raise QueryFault(f"{name}: knows no {shown(value)}; {hint}", self.text, value_at, nearest=near)
        return word

    def _check(self, term: Term, value: str, value_at: int, is_bare: bool) -> None:
        for end in values.bounds(value) or (value,):
            try:
                if end or not value:
                    values.read(end, term.takes, now=SOME_INSTANT)
            except values.Unreadable:
                near = nearest(end, ["today"]) if term.takes is Takes.INSTANT else None
                sentence = f"{term.name} is compared with {values.HOW[term.takes]}; {shown(end)} is none."
                raise QueryFault(sentence, self.text, value_at + (not is_bare), nearest=near) from None

    def _word(self) -> str:
        if self.text[self.at : self.at + 1] == '"':
            match = re.compile(QUOTED).match(self.text, self.at)
            if match is None:
                raise self._fault("This quotation mark has no second one.")
            text = re.sub(ESCAPED, r"\1", match[1])
        else:
            match = re.compile(PLAIN).match(self.text, self.at)
            text = match[0] if match else ""
        if match is None or not text.strip():
            raise self._fault("A value is missing here.")
        self.at = match.end()
        return text

    def _keyword(self, word: str) -> bool:
        if not self._sees(word):
            return False
        self.at += len(word)
        self._skip()
        return True

    def _sees(self, word: str) -> bool:
        match = re.compile(PLAIN).match(self.text, self.at)
        return match is not None and match[0].lower() == word

    def _sign(self, sign: str) -> bool:
        if self.text[self.at : self.at + 1] != sign:
            return False
        self.at += 1
        return True

    def _skip(self) -> None:
        match = re.compile(SPACE).match(self.text, self.at)
        assert match is not None
        self.at = match.end()

    def _is_over(self) -> bool:
        return self.at >= len(self.text)

    def _fault(self, sentence: str) -> QueryFault:
        return QueryFault(sentence, self.text, self.at)


def _joined(kind: type[All] | type[Any], parts: list[Node]) -> Node:
    """One part stands for itself; a group of the same kind within a group is the same as its parts."""
    flat: list[Node] = []
    for part in parts:
        flat += part.parts if isinstance(part, kind) else [part]
    return flat[0] if len(flat) == 1 else kind(tuple(flat))


def _some(words: tuple[str, ...]) -> str:
    return ", ".join(words[:12]) + (" …" if len(words) > 12 else "")
