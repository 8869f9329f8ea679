"""What can go wrong, by what the person should do next. The command line's exit status is each class's own."""

from __future__ import annotations


class DeskError(Exception):
    """Anything that we tell a person in one sentence: what was wrong, with what, and what to do."""

    exit_status = 1


class Refused(DeskError):
    """A rule of the domain says no; nothing was written."""

    def __init__(self, rule: str, message: str) -> None:
        super().__init__(message)
        self.rule = rule
        """The rule's name, as scripts read it on standard error."""


class Misused(DeskError):
    """The request itself is off: an unknown word, a value out of form, a file that cannot be read."""

    exit_status = 2


class NotFound(Misused):
    """What was named is not in the store."""


class SomeRejected(DeskError):
    """Some rows of a file were rejected; the others are in."""

    exit_status = 3


class NotAllowed(DeskError):
    """The actor's role has no right to this."""

    exit_status = 4

    def __init__(self, message: str, *, verb: str = "", dispute_id: int | None = None) -> None:
        super().__init__(message)
        self.verb = verb
        """What was tried, where it has a name of ours."""
        self.dispute_id = dispute_id
        """The case it was tried on."""


class Conflict(DeskError):
    """Somebody else has it or was first; nothing was written."""

    exit_status = 5

    def __init__(self, message: str, *, who: str | None = None) -> None:
        super().__init__(message)
        self.who = who
        """The login of whoever was first, where one is known."""


class StoreUnavailable(DeskError):
    """The store is not there, is not ours, or cannot be reached, read or written."""

    exit_status = 6


class Outdated(StoreUnavailable):
    """The store is of a newer version than this program, which has to end."""
