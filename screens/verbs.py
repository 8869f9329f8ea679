"""The registry of everything that a key or a `:` command does: keys, footer, help and documentation read it.

An id is the command's name on the command line where there is one; a verb has the same key on every screen.
"""

from __future__ import annotations

from enum import StrEnum

from textual.binding import Binding, BindingType

from models.dataclass import dataclass
from models.nearest import nearest as nearest_word
from models.rules.act import Verb as Act


class Place(StrEnum):
    """Screens, as the registry names them."""

    QUEUE = "queue"
    CASE = "case"
    DECISION = "decision"
    INTAKE = "intake"
    PARTY = "party"
    ROOM = "room"
    SELLERS = "sellers"
    REPORT = "report"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Verb:
    """One thing that an agent can do."""

    id: str
    keys: tuple[str, ...]
    """In Textual's names, the first is shown."""
    label: str
    """One or two words, for the footer."""
    tooltip: str
    places: frozenset[Place]
    act: Act | None = None
    """What it does to a case; by it the rules say whether that is possible."""
    is_final: bool = False
    """Of what is done to no case: it cannot be undone."""

    @property
    def is_dangerous(self) -> bool:
        """Cannot be undone: it is marked, and asks before it is done."""
        from models.rules.transitions import TRANSITIONS  # brings all rules, and only help and dialogs ask

        return self.is_final or (self.act is not None and TRANSITIONS[self.act].is_final)

    @property
    def key_shown(self) -> str:
        return _shown(self.keys[0])

    @property
    def keys_shown(self) -> str:
        """All of them, for a page of documentation."""
        return " ".join(f"`{_shown(key)}`" for key in self.keys)

    @property
    def name(self) -> str:
        """The id as part of a Python name."""
        return self.id.replace("-", "_")


SHOWN = {
    "slash": "/",
    "colon": ":",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "esc",
    "space": "space",
    "asterisk": "*",
    "enter": "enter",
}


def _shown(key: str) -> str:
    return SHOWN.get(key, key.replace("ctrl+", "^"))


_QUEUE = frozenset({Place.QUEUE})
_CASE = frozenset({Place.CASE})
_DECISION = frozenset({Place.DECISION})
_CASES = _QUEUE | _CASE
_INTAKE = frozenset({Place.INTAKE})
_PARTY = frozenset({Place.PARTY})
_ROOM = frozenset({Place.ROOM})
_SELLERS = frozenset({Place.SELLERS})
_LISTS = _CASES | _PARTY
_REPORT = frozenset({Place.REPORT})
_POLICY = frozenset({Place.POLICY})
_PAGES = _LISTS | _ROOM | _SELLERS | _REPORT | _POLICY
_ALL = _PAGES | _DECISION | _INTAKE

VERBS: tuple[Verb, ...] = (
    Verb("show", ("enter",), "show", "show what is under the cursor", _PAGES - _CASE),
    Verb("open", ("N",), "new case", "open a case for a buyer; a half-filled one is gone on with", _QUEUE),
    Verb("claim", ("c",), "claim", "take the case: nobody else can decide it then", _CASES, Act.CLAIM),
    Verb("release", ("x",), "release", "give your case back to everyone", _CASES, Act.RELEASE),
    Verb("next", ("n",), "next", "claim and open the next case of the view that nobody has", _CASES),
    Verb("note", ("o",), "note", "write a note that only the desk sees", _LISTS, Act.NOTE),
    Verb("message", ("m",), "message", "write to the buyer, the seller or both", _CASES, Act.MESSAGE),
    Verb("respond", ("r",), "respond", "record what a party did: accept, offer, reject, …", _CASES, Act.RESPOND),
    Verb("escalate", ("e",), "escalate", "let the platform step in", _CASES, Act.ESCALATE),
    Verb("decide", ("d",), "decide", "rule on the case; a dry run comes first", _CASES, Act.DECIDE),
    Verb("return", ("B",), "return", "record what became of goods on their way back", _CASES, Act.RETURN),
    Verb("appeal", ("A",), "appeal", "record a party's appeal against a ruling", _CASES, Act.APPEAL),
    Verb("rule", ("D",), "rule", "rule on an appeal; a dry run comes first", _CASES, Act.RULE),
    Verb("attach", ("a",), "attach", "take a file in as evidence of a side", _CASES, Act.ATTACH),
    Verb("evidence", ("V",), "evidence", "look at the evidence, a piece at a time", _CASE),
    Verb("review", ("E",), "review", "accept or reject a piece of evidence", _CASES, Act.REVIEW),
    Verb("recode", ("t",), "recode", "give the case its right reason", _CASES, Act.RECODE),
    Verb("refund", ("u",), "refund", "record what became of the refund", _CASES, Act.REFUND),
    Verb("notify", ("s",), "notify", "record that the seller was told; their time begins", _CASES, Act.NOTIFY),
    Verb("approve", ("p",), "approve", "sign another person's decision, as read", _CASES, Act.APPROVE),
    Verb("send-back", ("b",), "send back", "return a proposed decision to review", _CASES, Act.SEND_BACK),
    Verb("assign", ("i",), "assign", "give cases to somebody", _CASES, Act.ASSIGN),
    Verb("withdraw", ("l",), "withdraw", "the buyer takes the case back", _CASES, Act.WITHDRAW),
    Verb("close", ("f",), "close", "nothing is left to do in this case", _CASES, Act.CLOSE),
    Verb("why", ("w",), "why", "what each due instant is made of, and who moved it", _CASES),
    Verb("ask", ("I",), "ask", "ask a party for something; the review waits", _CASES, Act.ASK),
    Verb("cancel-ask", ("K",), "cancel ask", "what was asked for is not needed any more", _CASES, Act.CANCEL_ASK),
    Verb("answer", ("R",), "answer", "record what the asked party gave", _CASES, Act.ANSWER),
    Verb("propose", ("P",), "propose", "propose a remedy to both parties", _CASES, Act.PROPOSE),
    Verb("chase", ("h",), "chase", "remind the seller of the answer they owe", _CASES, Act.CHASE),
    Verb("watch", ("Z",), "watch", "follow the case, or no longer", _CASES, Act.WATCH),
    Verb("remind", ("z",), "remind", "have the case back at an instant", _CASES, Act.REMIND),
    Verb("flag", ("F",), "flag", "ask supervisors to look at a party", _LISTS, Act.FLAG),
    Verb("unflag", ("J",), "unflag", "dismiss a flag on a party", _LISTS, Act.UNFLAG),
    Verb("buyer", ("1",), "buyer", "the buyer over time: record, flags, warnings, cases", _LISTS),
    Verb("seller", ("2",), "seller", "the seller over time", _LISTS | _SELLERS),
    Verb("warn", ("C",), "warn", "warn the party; they are told", _PARTY, is_final=True),
    Verb(
        "suspend", ("S",), "suspend", "refuse new cases of the party until a day; they are told", _PARTY, is_final=True
    ),
    Verb("erase", ("X",), "erase", "empty the party's personal data, on their request", _PARTY, is_final=True),
    Verb("goodwill", ("L",), "goodwill", "money of ours as a courtesy, beside any refund", _CASES, Act.GOODWILL),
    Verb("correct", ("X",), "correct", "supersede an entry that was wrong", _CASES, Act.CORRECT),
    Verb("merge", ("M",), "merge", "let the case go on in another", _CASES, Act.MERGE),
    Verb("reopen", ("O",), "reopen", "look at a closed case again", _CASES, Act.REOPEN),
    Verb("hold", ("H",), "hold", "let clocks stand still, or mark a risk", _CASES, Act.HOLD),
    Verb("unhold", ("U",), "unhold", "let the clocks run again", _CASES, Act.UNHOLD),
    Verb("extend", ("T",), "extend", "give a clock more time", _CASES, Act.EXTEND),
    Verb("waive", ("W",), "waive", "give a promise up", _CASES, Act.WAIVE),
    Verb("room", ("0",), "room", "broken and coming promises, work, money at risk", _QUEUE | _CASE | _SELLERS),
    Verb("sellers", ("3",), "late sellers", "sellers who owe answers, to be chased together", _QUEUE | _ROOM),
    Verb("chase-all", ("h",), "chase", "remind these sellers of every answer they owe", _SELLERS),
    Verb("reports", ("5",), "reports", "each report as it will be exported", _QUEUE | _ROOM),
    Verb("policy", ("4",), "policy", "the policy by versions: read, compare, activate", _QUEUE | _ROOM),
    Verb("activate", ("a",), "activate", "let new cases follow the version", _POLICY),
    Verb("group", ("b",), "group", "put rows together by what they share, with their sums", _REPORT),
    Verb("export", ("x",), "export", "the command that exports exactly this", _REPORT),
    Verb("filter", ("slash",), "filter", "narrow what is shown with a query", _QUEUE | _REPORT),
    Verb("views", ("v",), "views", "choose a view, with how many cases each has", _QUEUE),
    Verb("mark", ("space",), "mark", "mark the line; keys then act on all marked ones", _QUEUE | _SELLERS),
    Verb("mark-all", ("asterisk",), "mark all", "mark all cases of the list, or unmark them", _QUEUE),
    Verb("undo", ("ctrl+z",), "take back", "what was just done to several cases, where it has an inverse", _QUEUE),
    Verb("previous", ("left_square_bracket",), "previous", "the case before this one in the queue", _CASE),
    Verb("following", ("right_square_bracket",), "following", "the case after this one in the queue", _CASE),
    Verb("check", ("ctrl+s",), "dry run", "show what the decision would do; writes nothing", _DECISION),
    Verb("point", ("ctrl+n",), "new point", "add a disputed point to the grid", _DECISION),
    Verb("submit", ("ctrl+s",), "review", "everything once more, then the case is opened", _INTAKE),
    Verb("show-file", ("ctrl+o",), "add file", "take in a file that the buyer shows", _INTAKE),
    Verb("refuse", ("ctrl+t",), "refuse", "turn the claim down for a rule of eligibility", _INTAKE),
    Verb("command", ("colon",), "command", "type a verb, a view, or a case such as C12", _PAGES),
    Verb("show-command", ("y",), "as command", "the command line for what was just done", _PAGES),
    Verb("reload", ("ctrl+r",), "reload", "read the screen again from the store", _PAGES),
    Verb("help", ("question_mark", "f1"), "help", "the keys that work here and now", _ALL),
    Verb("back", ("escape", "q"), "back", "go back; what you typed is kept", _ALL - _QUEUE),
    Verb("quit", ("q", "ctrl+q"), "quit", "leave; you come back to the same place", _QUEUE),
)

_BY_ID = {verb.id: verb for verb in VERBS}
FOOTERS: dict[Place, tuple[str, ...]] = {
    Place.QUEUE: ("show", "claim", "next", "filter", "views", "help"),
    Place.CASE: ("claim", "note", "respond", "decide", "back", "help"),
    Place.DECISION: ("check", "point", "back"),
    Place.PARTY: ("show", "flag", "warn", "suspend", "back", "help"),
    Place.ROOM: ("show", "sellers", "reload", "back", "help"),
    Place.REPORT: ("show", "filter", "group", "export", "back", "help"),
    Place.SELLERS: ("show", "mark", "chase-all", "back", "help"),
    Place.POLICY: ("show", "activate", "back", "help"),
    Place.INTAKE: ("submit", "show-file", "refuse", "back"),
}
"""At most six: more do not fit eighty columns."""


def verb(id: str) -> Verb:
    return _BY_ID[id]


def verbs_at(place: Place) -> list[Verb]:
    return [each for each in VERBS if place in each.places]


def footer_of(place: Place) -> list[Verb]:
    return [verb(id) for id in FOOTERS[place]]


def bindings_of(place: Place) -> list[BindingType]:
    """Every key of a screen. While a text is typed, letters are letters: the field takes them first."""
    return [
        Binding(",".join(each.keys), f"perform('{each.id}')", each.label, tooltip=each.tooltip, id=each.id, show=False)
        for each in verbs_at(place)
    ]


def nearest(word: str, place: Place, others: list[str]) -> str | None:
    """The command that was probably meant."""
    names = [each.id for each in verbs_at(place)] + others
    return nearest_word(word, names, cutoff=0.5)
