"""What a person sees of a mistake of ours: a reference. The traceback goes to a private file, without values."""

from __future__ import annotations

import os
import traceback

from console.settings import folders


def crash_sentence(error: BaseException, *, is_debug: bool) -> str:
    """One sentence with a reference; with `--debug` the named file has the places in the code, and no value."""
    reference = os.urandom(4).hex()
    what = f"disputes: something went wrong inside (reference {reference});"
    if not is_debug:
        return f"{what} run it again with --debug to keep a trace."
    path = folders().user_log_path / f"crash-{reference}.log"
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as log:
            log.write(f"{type(error).__module__}.{type(error).__qualname__}\n")
            log.write("".join(traceback.format_tb(error.__traceback__)))
    except OSError as fault:
        return f"{what} the trace cannot be kept in {path.parent}: {fault.strerror}."
    return f"{what} the trace is in {path}."
