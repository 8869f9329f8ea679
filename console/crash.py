"""What a person sees of a mistake of ours: a reference. The traceback goes to a private file, without values."""

from __future__ import annotations

import os
import secrets
import traceback

from console.settings import DIRS


def crash_sentence(error: BaseException, *, is_debug: bool) -> str:
    """One sentence with a reference; with `--debug` the traceback, without local variables, is in the named file."""
    reference = secrets.token_hex(4)
    if not is_debug:
        return (
            f"disputes: something went wrong inside (reference {reference}); run it again with --debug to keep a trace."
        )
    folder = DIRS.user_log_path
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"crash-{reference}.log"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as log:
        log.write("".join(traceback.format_exception(error)))
    return f"disputes: something went wrong inside (reference {reference}); the trace is in {path}."
