"""Where output goes: standard output as it comes, or a file, whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import UnsupportedOperation
from pathlib import Path

from models.errors import Misused

Send = Callable[[str | bytes], None]
"""Takes text, or a file's own bytes."""
UNFINISHED = ".disputes-export-"
"""How the folder begins in which a file is written, beside its place."""


@contextmanager
def sink(out: Path | None) -> Iterator[Send]:
    """Writes text as UTF-8. Raises Misused, which names the path, where it cannot be written."""
    with standard_output() if out is None else whole_file(out) as send:
        yield send


def say(line: str) -> None:
    """One line on standard output, at once: what fails there can still be told."""
    with standard_output() as send:
        send(f"{line}\n")


def send_bytes(data: bytes) -> None:
    """A file's own bytes on standard output; a reader that leaves early is no error."""
    stream = sys.stdout
    try:
        stream.flush()  # what was printed before comes first
        stream.buffer.write(data)
        stream.flush()
    except BrokenPipeError:
        _drop_the_rest()
    except OSError as error:
        _drop_the_rest()
        raise Misused(f"Standard output cannot be written: {error.strerror}.") from error


@contextmanager
def standard_output() -> Iterator[Send]:
    """A reader that leaves early (`| head`) is no error: the rest is dropped and the block ends."""
    stream = sys.stdout
    buffer = getattr(stream, "buffer", None)

    def send(text: str | bytes) -> None:
        try:
            if buffer is None:
                stream.write(text if isinstance(text, str) else text.decode("utf-8", "replace"))
            else:
                stream.flush()  # what was printed before comes first
                buffer.write(_encoded(text))
            stream.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            _drop_the_rest()
            raise Misused(f"Standard output cannot be written: {error.strerror}.") from error

    try:
        yield send
    except BrokenPipeError:
        _drop_the_rest()


def _drop_the_rest() -> None:
    """Python flushes standard output once more at its end and would complain there a second time."""
    with suppress(UnsupportedOperation, ValueError):
        number = sys.stdout.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)


def check_place(out: Path) -> None:
    """Raise Misused where no file can be put."""
    try:
        is_taken, has_folder = out.exists() and not out.is_file(), out.parent.is_dir()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "that is no name of a file"
        raise Misused(f"{out} cannot be written: {why}.") from error
    if is_taken:
        raise Misused(f"{out} is not a file: name a file to write to.")
    if not has_folder:
        raise Misused(f"{out} cannot be written: there is no folder {out.parent}.")


@contextmanager
def whole_file(out: Path, *, within: Path | None = None) -> Iterator[Send]:
    """Written beside, or `within` a folder of the same file system, synced, then renamed over `out`; its owner's alone.

    Raises Misused.
    """
    check_place(out)
    from tempfile import mkstemp  # both bring much that standard output has no use for

    from models.work_folder import work_folder

    if within is None:
        with work_folder(out.parent, UNFINISHED) as folder, whole_file(out, within=folder) as send:
            yield send
        return
    try:
        handle, name = mkstemp(prefix=f".{out.name[:100]}.", suffix=".part", dir=within)
    except OSError as error:
        raise Misused(f"{out} cannot be written: {error.strerror}.") from error
    beside = Path(name)
    try:
        yield lambda text: _write_all(handle, _encoded(text), out)
        _put_in_place(handle, beside, out)
    finally:
        os.close(handle)
        beside.unlink(missing_ok=True)


def _write_all(handle: int, data: bytes, out: Path) -> None:
    try:
        while data:
            data = data[os.write(handle, data) :]
    except OSError as error:
        raise Misused(f"{out} cannot be written: {error.strerror}.") from error


def _put_in_place(handle: int, beside: Path, out: Path) -> None:
    try:
        os.fsync(handle)
        beside.replace(out)
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as error:
        raise Misused(f"{out} cannot be written: {error.strerror}.") from error


def _encoded(text: str | bytes) -> bytes:
    """A lone surrogate, which has no UTF-8, is spelled out."""
    return text if isinstance(text, bytes) else text.encode("utf-8", "backslashreplace")
