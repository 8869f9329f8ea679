"""The three long stories, once by commands and once by keys, with several people: the case is the same in the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.evidence.samples import png
from tests.stores.fixtures import ENGINES
from tests.stores.postgres import Server
from tests.stories.desk import Desk
from tests.stories.ways import Step, by_commands, by_keys, differences, told

OVER = {
    "amount": "300.00",
    "outcome": "withdrawn",
    "decided_at": "2024-03-04T09:00:00Z",
    "protection_ends_at": "2024-06-01T00:00:00Z",
}
TEXTS = {"expected": "the new model", "actual": "an old one", "tried": "wrote on Monday"}
CLAIM = "Expected: the new model⏎Received: an old one⏎Tried with the seller: wrote on Monday"
"""As a line of the grid shows it."""
SHOWN = "seller: accept, version 1|buyer #1 photo item, seller #2 pre ship photo"


def opening(day: float, reason: str, remedy: str, amount: str, **files: str) -> Step:
    """Of a file only its name stands on the command line that is shown: it is run where the file lies."""
    family, sub = reason.split("/")
    words = ["open", "--order", "shop:O-1", "--reason", reason, "--remedy", remedy, "--amount", amount]
    words += [word for name, text in TEXTS.items() for word in (f"--{name}", text)]
    words += [word for kind, path in files.items() for word in ("--evidence", f"{kind}={Path(path).name}")]
    answers = {"buyer": "b1", "order": "shop:O-1", "family": family, "sub": sub, "remedy": remedy, "amount": amount}
    answers |= TEXTS
    return Step(day, "anna", tuple(words), "N", answers, files, is_asked=True, sees=("nothing is written yet",))


def responds(day: float, party: str, move: str, *, login: str = "anna", **more: str) -> Step:
    said = [word for name in ("amount", "remedy", "text") if name in more for word in (f"--{name}", more[name])]
    if "when" in more:
        said += ["--occurred-at", more["when"]]
    words = ("respond", "C2", "--by", party, "--with", move, *said)
    return Step(day, login, words, "r", {"party": party, "move": move, **more})


def refund(day: float, state: str, ref: str = "", login: str = "ben") -> Step:
    words = ("refund", "C2", state, *(("--ref", ref) if ref else ()))
    return Step(day, login, words, "u", {"state": state, "ref": ref}, is_asked=True)


def counter_offer() -> list[Step]:
    offer = {"remedy": "partial_refund"}
    return [
        opening(0, "payment/wrong_amount", "full_refund", "100.00"),
        responds(1, "seller", "offer", amount="20.00", **offer, text="It is the same model."),
        responds(2, "buyer", "request", amount="60.00", **offer, text="It lacks half of what was promised."),
        responds(3, "seller", "offer", amount="45.00", **offer),
        Step(3, "anna", ("note", "C2", "Both are close now."), "o", {"text": "Both are close now."}),
        responds(4, "buyer", "accept", when="2024-03-08T08:00:00Z"),
        refund(5, "instructed", "P-1"),
        refund(6, "failed"),
        refund(6, "instructed", "P-2"),
        refund(7, "confirmed"),
        Step(7, "anna", ("close", "C2"), "f", is_asked=True),
    ]


def signs(day: float, login: str, *sees: str) -> Step:
    return Step(day, login, ("approve", "C2", "--hash", "{hash}"), "p", is_asked=True, sees=sees)


def decides(day: float, note: str, point: str, *words: str, login: str = "anna", **answers: str) -> Step:
    """What the screen shows names the point that it has filled in by itself."""
    said = ("decide", "C2", *words, "--point", f"{point}{note}", "--note", note)
    return Step(day, login, said, "d", {**answers, "note": note}, is_asked=True, sees=("nothing is written yet",))


def silent_seller() -> list[Step]:
    full = ("--outcome", "full_refund", "--payer", "seller", "--finding", "seller_silent")
    chosen = {"outcome": "full_refund", "payer": "seller", "findings": "seller_silent"}
    point = f"payment, wrong amount|full refund of 300.00 USD: {CLAIM}|nothing||"
    escalated = {"party": "buyer", "cause": "seller_silent", "note": "No answer."}
    return [
        opening(0, "payment/wrong_amount", "full_refund", "300.00"),
        Step(5.5, "anna", ("chase", "C2"), "h"),
        Step(6, "anna", ("escalate", "C2", *_options("by=party cause note", escalated)), "e", escalated),
        Step(6, "anna", ("claim", "C2"), "c"),
        decides(7, "Nothing was said.", point, *full, **chosen),
        Step(
            7, "tom", ("send-back", "C2", "--note", "Was the parcel tracked?"), "b", {"note": "Was the parcel tracked?"}
        ),
        decides(7.1, "Nothing was said, and nothing was scanned.", point, *full, **chosen),
        signs(7.2, "sue", "300.00 USD", "nothing was scanned", "You receive"),
        refund(8, "instructed"),
        refund(9, "confirmed", "TX-1"),
        Step(38, "anna", ("close", "C2"), "f", is_asked=True),
    ]


def return_gone_wrong(folder: Path) -> list[Step]:
    photo, label = folder / "phone.png", folder / "label.txt"
    photo.write_bytes(png())
    label.write_text("Serial number 7, packed on 1 March.")
    shipped = {"step": "shipped", "note": "RX 123", "when": "2024-03-08T12:00:00Z"}
    another = {"step": "different", "note": "An old phone was in the box."}
    shown = {"path": str(label), "party": "seller", "kind": "pre_ship_photo", "title": "serial number"}
    judged = {"piece": "2/seller/pre_ship_photo", "verdict": "accepted", "note": "It can be read."}
    appeal = {"party": "buyer", "ground": "facts_wrong", "text": "The number was copied wrongly."}
    again = {"party": "seller", "ground": "facts_wrong", "text": "I paid for a phone that I do not have."}
    full = ("--outcome", "full_refund", "--payer", "seller", "--finding", "defect_shown")
    chosen = {"outcome": "full_refund", "payer": "seller", "findings": "defect_shown"}
    nothing = ("--outcome", "no_refund", "--finding", "return_not_received")
    chosen_nothing = {"outcome": "no_refund", "findings": "return_not_received"}
    point = f"quality, defective on arrival|return and refund of 100.00 USD: {CLAIM}|{SHOWN}|"
    return [
        opening(0, "quality/defective_on_arrival", "return_and_refund", "100.00", photo_item=str(photo)),
        responds(1, "seller", "accept"),
        Step(5, "anna", ("return", "C2", "shipped", *_options("note occurred-at=when", shipped)), "B", shipped),
        Step(9, "ben", ("return", "C2", "delivered"), "B", {"step": "delivered"}),
        Step(10, "ben", ("return", "C2", "different", "--note", another["note"]), "B", another),
        Step(10, "anna", ("claim", "C2"), "c"),
        Step(10, "anna", ("attach", "C2", *_options("path kind by=party title", shown)[1:]), "a", shown),
        Step(10, "anna", ("review", "C2", "2", *_options("as=verdict note", judged)), "E", judged),
        decides(11, "The serial number is another.", point, *nothing, **chosen_nothing),
        Step(12, "ben", ("appeal", "C2", *_options("by=party ground text", appeal)), "A", appeal),
        Step(13, "sue", ("claim", "C2"), "c"),
        rules(14, "sue", "reversed", "The photo shows the right number.", point, *full, **chosen),
        signs(15, "tom", "until now stands no refund"),
        refund(16, "instructed"),
        refund(16, "confirmed"),
        Step(17, "ben", ("appeal", "C2", *_options("by=party ground text", again)), "A", again),
        Step(18, "kim", ("claim", "C2"), "c"),
        rules(18, "kim", "upheld", "As decided.", point),
        Step(19, "anna", ("close", "C2"), "f", is_asked=True),
    ]


def rules(day: float, login: str, result: str, note: str, point: str = "", *words: str, **answers: str) -> Step:
    points = ("--point", f"{point}{note}") if point else ()
    said = ("rule", "C2", "--result", result, *words, *points, "--note", note)
    return Step(day, login, said, "D", {"result": result, **answers, "note": note}, is_asked=True)


def _options(names: str, answers: dict[str, str]) -> list[str]:
    """`by=party` where the option and the field have other names."""
    pairs = [name.split("=") for name in names.split()]
    return [word for option, *field in pairs for word in (f"--{option}", answers[(field or [option])[0]])]


@pytest.fixture
def desks(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Desk, Desk]]:
    """Two stores that begin alike, with an order that nobody disputes; in files unless told otherwise."""
    if getattr(request, "param", "sqlite") == "sqlite":
        urls = [f"sqlite:///{tmp_path / name}.db" for name in ("commands", "keys")]
        yield Desk(urls[0], tmp_path, **OVER), Desk(urls[1], tmp_path, **OVER)
    else:
        server: Server = request.getfixturevalue("postgres_server")
        names = [server.new_database() for _ in range(2)]
        first, second = (Desk(server.url(name), tmp_path, **OVER) for name in names)
        yield first, second
        for name in names:
            server.drop_database(name)


async def play(desks: tuple[Desk, Desk], steps: list[Step]) -> Any:
    """Both ways; what the case is in the end."""
    first, second = desks
    by_commands(first, steps)
    await by_keys(second, steps)
    day = steps[-1].day + 1
    assert differences(told(first, day), told(second, day)) == []
    second.is_sound()
    return told(first, day)


async def test_agreement_by_counter_offer(desks: tuple[Desk, Desk]) -> None:
    case = await play(desks, counter_offer())
    assert (case["state"], case["closed_as"], case["outcome"]) == ("closed", "agreed", "partial_refund")


@pytest.mark.parametrize("desks", ENGINES, indirect=True)
async def test_silent_seller_to_a_ruling_with_approval(desks: tuple[Desk, Desk]) -> None:
    case = await play(desks, silent_seller())
    assert (case["state"], case["closed_as"], case["outcome"]) == ("closed", "decided", "full_refund")


async def test_return_gone_wrong_to_appeal(
    desks: tuple[Desk, Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = await play(desks, return_gone_wrong(tmp_path))
    assert [(each["party"], each["result"]) for each in case["appeals"]] == [
        ("buyer", "reversed"),
        ("seller", "upheld"),
    ]
