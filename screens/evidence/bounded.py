"""Asking a process of its own about bytes: it is ended when it takes too long, says too much, or nobody waits."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

BLOCK_BYTES = 65536


class NoAnswer(Exception):
    """The process was ended by us or by a limit, or gave up with `status`."""

    def __init__(self, status: int = -1) -> None:
        super().__init__(status)
        self.status = status


async def answer_of(
    script: Path,
    words: Sequence[object],
    data: bytes,
    *,
    seconds: float,
    most_bytes: int,
    environment: Mapping[str, str] | None = None,
) -> bytes:
    """What `script` writes when it is given `data`. Raises NoAnswer. Nothing of our environment reaches it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-I", str(script), *map(str, words),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env=dict(environment or {}),
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    feeding = asyncio.create_task(_feed(process.stdin, data))
    try:
        async with asyncio.timeout(seconds):
            found = await _read(process.stdout, most_bytes)
            await process.wait()
    except TimeoutError:
        raise NoAnswer from None
    finally:
        feeding.cancel()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if process.returncode != 0:
        raise NoAnswer(process.returncode or 0)
    return found


async def _feed(pipe: asyncio.StreamWriter, data: bytes) -> None:
    with suppress(BrokenPipeError, ConnectionResetError):
        pipe.write(data)
        await pipe.drain()
        pipe.close()


async def _read(pipe: asyncio.StreamReader, most_bytes: int) -> bytes:
    found = bytearray()
    while block := await pipe.read(BLOCK_BYTES):
        found += block
        if len(found) > most_bytes:
            raise NoAnswer
    return bytes(found)
