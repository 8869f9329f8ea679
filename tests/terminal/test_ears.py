"""What a terminal sends besides keys does nothing, whole or torn, and no byte of it ends the session."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._time import get_time
from textual.message import Message

from console import ears as hearing
from console.ears import MOST_PASTED, PASTE, PASTE_END, Ears

ANSWERS = {
    "device attributes": "\x1b[?62;4c\x1b[>1;10;0c\x1b[=0;1c",
    "colours": "\x1b]11;rgb:0000/0000/0000\x1b\\\x1b]4;1;rgb:cdcd/0000/0000\x07",
    "the clipboard": "\x1b]52;c;ZGQKeQo=\x07",
    "the terminal's name": "\x1bP>|xterm(390)\x1b\\\x1bP1+r544e=787465726d\x1b\\",
    "pictures": "\x1b_Gi=31;OK\x1b\\\x1b[?1;0;256S\x1bP0;1;q#0;2;0;0;0~-\x1b\\",
    "sizes": "\x1b[4;480;800t\x1b[6;20;10t\x1b[48;0;0;0;0t\x1b[48;9999;9999;1;1t",
    "modes": "\x1b[?1;1$y\x1b[?2048;1$y\x1b[?1u\x1b[?31u",
    "keys let go": "\x1b[97;1:3u\x1b[1114112u\x1b[9999999999u",
    "private words": "\x1b^secret\x1b\\\x1bXstring\x1b\\",
    "a mouse nowhere": "\x1b[<0;-5;-5M\x1b[<0;99999999999;1M\x1b[<0;" + "9" * 900 + ";1M\x1b[M\x00\x00\x00",
    "what is no sequence": "\x1b[" + "1;" * 500 + "m\x1b[201~\x1b[31;1m\x1b[>\x1b[?",
    "controls of eight bits": "\x9b\x85\x9d",
}
KEYS = {
    "a": ["a"], "é": ["é"], "\r": ["enter"], "\x1b[A": ["up"], "\x1bOA": ["up"], "\x1b[1;5C": ["ctrl+right"],
    "\x1b[[A": ["f1"], "\x1bOP": ["f1"], "\x1b[24~": ["f12"], "\x1b[97u": ["a"], "\x1b[97;5u": ["ctrl+a"],
    "\x1by": ["alt+y"], "\x03": ["ctrl+c"], "\x7f": ["backspace"], "\x1b[Z": ["shift+tab"],
    "\ufffd": ["replacement_character"],
}  # fmt: skip
TORN = ("\x1b", "\x1b[", "\x1b]1", "\x1bP", PASTE, PASTE_END)
PIECES = st.one_of(st.text(), st.sampled_from([*ANSWERS.values(), *KEYS, *TORN]))
STREAMS = st.lists(PIECES).map("".join)


def said(found: Iterable[Message]) -> list[str]:
    """Each message in a word; a paste with its text."""
    return [
        message.key if isinstance(message, events.Key)
        else f"paste {message.text}" if isinstance(message, events.Paste)
        else type(message).__name__
        for message in found
    ]  # fmt: skip


def lines_of(text: str) -> str:
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def heard(*parts: str) -> list[str]:
    ears = Ears()
    return [word for part in parts for word in said(ears.feed(part))]


def silence(ears: Ears, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nothing comes for a long time."""
    with monkeypatch.context() as patch:
        patch.setattr(hearing, "get_time", lambda: get_time() + 60)
        return said(ears.tick())


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_is_no_key(name: str) -> None:
    assert heard(ANSWERS[name] + "\x1b[B") == ["down"]


@pytest.mark.parametrize("keys", KEYS)
def test_a_key_is_one_however_it_is_torn(keys: str) -> None:
    assert heard(keys) == heard(*keys) == KEYS[keys]


def test_what_we_ask_a_terminal_for_is_heard() -> None:
    assert heard("\x1b[24;80R", "\x1b[?2026;2$y") == ["CursorPosition", "TerminalSupportsSynchronizedOutput"]
    assert heard("\x1b[O", "\x1b[I", "\x1b[<0;5;6M") == ["AppBlur", "AppFocus", "MouseDown"]


@pytest.mark.parametrize(
    "text",
    ["y\r", "\x1b[A", "\x1b" + "d" * 40 + "\r", "a\x1b", PASTE, "\x1b]0;x\x07", "\x1b[48;1;1;1;1t", "\x03\x11\x1a"],
)
def test_a_paste_is_text_whatever_it_holds(text: str) -> None:
    whole = PASTE + text + PASTE_END
    assert heard(whole) == heard(*whole) == [f"paste {lines_of(text)}"]


def test_a_paste_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    assert heard(PASTE + "a" * MOST_PASTED, "bc", PASTE_END, "c") == [f"paste {'a' * MOST_PASTED}", "c"]
    ears = Ears()
    assert said(ears.feed(f"{PASTE}half\x1b[20")) == []
    assert silence(ears, monkeypatch) == ["paste half\x1b[20"]
    assert said(ears.feed("c")) == ["c"]


def test_silence_tells_an_escape_key_from_a_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    for begun, key in (("\x1b", ["escape"]), ("\x1b[", []), ("\x1b]11;rgb", []), ("\x1bP", []), ("\x1bO", [])):
        ears = Ears()
        assert said(ears.feed(begun)) == [] and said(ears.tick()) == []
        assert silence(ears, monkeypatch) == key
        assert said(ears.feed("c")) == ["c"]


def test_an_answer_right_behind_the_escape_key_takes_nothing_from_it() -> None:
    for answer in (ANSWERS["device attributes"], ANSWERS["colours"], ANSWERS["sizes"]):
        assert heard("\x1b" + answer) == heard("\x1b", answer) == ["escape"]
    assert heard("\x1b", "\x1b[24;80R") == ["escape", "CursorPosition"]
    assert heard("\x1b", "\x1b[A") == ["escape", "up"]


@given(STREAMS, st.data())
def test_however_a_stream_is_cut_it_says_the_same(stream: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=5)))
    parts = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert heard(*parts) == heard(stream)


@given(st.text(), STREAMS)
def test_nothing_that_is_pasted_becomes_a_key(text: str, before: str) -> None:
    """Whatever was sent before, as long as no other paste is open."""
    if PASTE in before or PASTE_END in text or "\x1b" in before[-1:] + text[-5:]:
        return
    ears = Ears()
    said(ears.feed(f"{before}\x1b\\"))
    assert said(ears.feed(PASTE + text + PASTE_END)) == [f"paste {lines_of(text)}"]
