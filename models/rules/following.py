"""Who follows a case, and when it comes back to whom. It starts and stops no promise."""

from __future__ import annotations

from datetime import datetime

from models.rules.case import Case, Reminder, Watch


def watch(case: Case, login: str, at: datetime, *, is_done: bool) -> None:
    """Follow the case, or no longer."""
    current = watched_by(case, login)
    if is_done and current is not None:
        current.stopped_at = at
    elif not is_done and current is None:
        case.watches.append(Watch(len(case.watches) + 1, login, at))


def watched_by(case: Case, login: str) -> Watch | None:
    return next((each for each in case.watches if each.login == login and each.stopped_at is None), None)


def remind(case: Case, login: str, due_at: datetime | None, at: datetime) -> None:
    """Somebody has one reminder in a case: a later one takes its place, none ends it."""
    current = reminder_of(case, login)
    if current is not None:
        current.done_at = at
    if due_at is not None:
        case.reminders.append(Reminder(len(case.reminders) + 1, login, due_at))


def reminder_of(case: Case, login: str) -> Reminder | None:
    return next((each for each in case.reminders if each.login == login and each.done_at is None), None)
