"""Every command by its name, and the module that has it, which is imported when the command runs."""

from __future__ import annotations

from importlib import import_module

from console.command import Command

MODULES: dict[str, str] = {
    "demo": "store",
    "init": "store",
    "migrate": "store",
    "reindex": "store",
    "doctor": "store",
    "backup": "backups",
    "restore": "backups",
    "import": "files",
    "queue": "reading",
    "count": "reading",
    "show": "reading",
    "views": "views",
    "why": "reasons",
    "forecast": "forecast",
    "open": "intake",
    "draft": "drafts",
    "refuse": "intake",
    "next": "hands",
    "claim": "hands",
    "release": "hands",
    "assign": "hands",
    "note": "talks",
    "message": "talks",
    "respond": "talks",
    "attach": "evidence",
    "review": "evidence",
    "evidence": "evidence",
    "recode": "moves",
    "notify": "moves",
    "escalate": "moves",
    "withdraw": "moves",
    "close": "moves",
    "ask": "review",
    "answer": "review",
    "propose": "review",
    "hold": "promises",
    "unhold": "promises",
    "extend": "promises",
    "waive": "promises",
    "chase": "keeping",
    "watch": "keeping",
    "remind": "keeping",
    "flag": "keeping",
    "unflag": "keeping",
    "merge": "keeping",
    "reopen": "keeping",
    "correct": "keeping",
    "decide": "rulings",
    "approve": "rulings",
    "send-back": "rulings",
    "rule": "rulings",
    "refund": "rulings",
    "goodwill": "aftermath",
    "return": "aftermath",
    "appeal": "aftermath",
    "sweep": "sweep",
    "report": "reports",
    "handover": "handover",
    "digest": "digest",
    "calendar": "calendar",
    "audit": "audit",
    "party": "parties",
    "reveal": "parties",
    "erase": "erase",
    "outbox": "outbox",
    "templates": "outbox",
    "agents": "agents",
    "policy": "policy",
    "settings": "own",
    "authorized-keys": "access",
}
"""In the order of the help."""


def command(name: str) -> Command:
    """The command of that name."""
    found: Command = import_module(f"console.commands.{MODULES[name]}").COMMANDS[name]
    return found
