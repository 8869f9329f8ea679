"""Every command by its name: the module that has it, which is imported when the command runs, and what it does."""

from __future__ import annotations

from importlib import import_module

from console.command import Command

MODULES: dict[str, tuple[str, str]] = {
    "demo": ("store", "a throw-away store with believable cases around now, and the console on it"),
    "init": ("store", "make the store; you become its first supervisor"),
    "migrate": ("store", "bring an older store to the present shape, after a copy"),
    "reindex": ("store", "index the words of every case anew, where a search misses what is there"),
    "doctor": ("store", "look the store over: versions, integrity, the audit chain, every clock, every evidence file"),
    "backup": (
        "backups",
        "store, evidence files and their hashes in one file, beside whoever works; an event in the audit",
    ),
    "restore": ("backups", "the store of a backup, where none is: every hash and the audit chain are checked first"),
    "import": ("files", "cases from a file"),
    "queue": ("reading", "a view as rows; the overdue seller responses unless told"),
    "count": ("reading", "how many cases, and their money by currency"),
    "show": ("show", "one case, whole"),
    "views": ("views", "the views with their counts; 'save' keeps a query as one"),
    "why": ("reasons", "a due instant, explained line by line"),
    "forecast": ("forecast", "what will breach by when, and who can still save it"),
    "open": ("intake", "open a case for a buyer; --preview asks the rules, --draft keeps it for later"),
    "draft": ("drafts", "cases that are half filled in; list, show, attach, detach, submit"),
    "refuse": ("intake", "turn a draft down for a rule; final"),
    "next": ("hands", "claim the most urgent case that nobody has"),
    "claim": ("hands", "take a case that nobody has"),
    "release": ("hands", "give your case back to everyone"),
    "assign": ("hands", "give cases to somebody (supervisors)"),
    "note": ("talks", "a note among ourselves"),
    "message": ("talks", "a message of ours to the parties"),
    "respond": ("talks", "record what the buyer or the seller did"),
    "attach": ("evidence", "take a file in as evidence of a side"),
    "review": ("evidence", "accept or reject a piece of evidence"),
    "evidence": ("evidence", "the bytes of a piece on standard output; who looked is recorded"),
    "recode": ("moves", "give a case its right reason"),
    "notify": ("moves", "the seller was told; their time begins"),
    "escalate": ("moves", "the platform steps in"),
    "withdraw": ("moves", "the buyer takes the case back; final"),
    "close": ("moves", "nothing is left to do; final"),
    "ask": ("review", "ask a party for something; the review waits"),
    "answer": ("review", "record what the asked party gave"),
    "propose": ("review", "propose a remedy to both parties"),
    "hold": ("promises", "let clocks stand still, or flag a risk (supervisors)"),
    "unhold": ("promises", "let the clocks run again (supervisors)"),
    "extend": ("promises", "give a clock more time (supervisors)"),
    "waive": ("promises", "give a promise up (supervisors)"),
    "chase": ("keeping", "remind sellers of the answers they owe"),
    "watch": ("keeping", "follow a case; is:watched finds it"),
    "remind": ("keeping", "have a case back at an instant; view reminders"),
    "flag": ("keeping", "ask supervisors to look at a party"),
    "unflag": ("keeping", "dismiss a flag on a party (supervisors); 'party REF note|warn|suspend' answers it too"),
    "merge": ("keeping", "let a case go on in another; final"),
    "reopen": ("keeping", "look at a closed case again (supervisors)"),
    "correct": ("keeping", "supersede an entry that was wrong"),
    "decide": ("rulings", "rule on a case in your hands; --preview shows what it would do"),
    "approve": ("rulings", "sign another's decision (supervisors)"),
    "send-back": ("rulings", "return another's decision to review (supervisors)"),
    "rule": ("rulings", "rule on an appeal in your hands (supervisors); --preview shows what it would do"),
    "refund": ("rulings", "record what became of the buyer's money"),
    "goodwill": ("aftermath", "money as a courtesy, beside any refund and paid by the platform (supervisors)"),
    "return": ("aftermath", "record what became of goods on their way back"),
    "appeal": ("aftermath", "record a party's appeal against a ruling"),
    "sweep": ("sweep", "do what time has made due, once, however often it runs; for a timer"),
    "report": ("reports", "decisions, promises kept and more, as a table or a file"),
    "handover": ("handover", "give all that somebody has to somebody else, each case with a note of where it stands"),
    "digest": ("digest", "what is broken, coming and waiting, in a page of text for cron and mail"),
    "calendar": ("calendar", "when a promise is due, and what does not count on the way"),
    "audit": ("audit", "prove that no event was changed; seal the chain, export it, check a packet"),
    "party": ("parties", "what is known of a buyer or a seller; note, warn, suspend; tier and holiday of a seller"),
    "reveal": ("parties", "contact data of a case's parties, for a reason that is recorded"),
    "erase": ("erase", "a buyer's or seller's personal data, once their cases are closed; the audit stays whole"),
    "outbox": ("outbox", "what waits to be sent to buyers and sellers; 'sent ID…' marks it"),
    "templates": ("outbox", "the messages that are written once, with their fields"),
    "agents": ("agents", "the people of the desk; list, keys, add, role, key, disable, enable"),
    "policy": ("policy", "the policy by versions; list, show, edit, diff, activate, apply"),
    "settings": ("own", "how the console looks for you, wherever you come in: time zone, colours, plain lines"),
    "authorized-keys": (
        "access",
        "the keys that open, as the SSH server reads them: a file, or its AuthorizedKeysCommand",
    ),
}
"""In the order of the help, which says what each does without loading any."""


def command(name: str) -> Command:
    """The command of that name."""
    found: Command = import_module(f"console.commands.{MODULES[name][0]}").COMMANDS[name]
    return found


def summary(name: str) -> str:
    """What the command does, as half a sentence."""
    return MODULES[name][1]
