"""A starter in a process of its own: `python -m tests.stores.migrator create|migrate URL MIGRATIONS`.

Says `ready`, waits for a line, and says what it did.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def at_once(what: str, url: str, migrations: Path, starters: int = 3) -> list[str]:
    """What so many starters did that were let go at the same moment."""
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.stores.migrator", what, url, str(migrations)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(starters)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return sorted(process.communicate()[0].strip() for process in processes)


def main(what: str, url: str, migrations: str) -> None:
    from models import database, migrating

    migrating.MIGRATIONS = Path(migrations)
    print("ready", flush=True)
    sys.stdin.readline()
    if what == "create":
        print(database.create_store(url), flush=True)
    else:
        place = database.open_store(url, expect_current=False)
        print(" ".join(migrating.migrate(place)) or "nothing", flush=True)
    database.close_store()


if __name__ == "__main__":
    main(*sys.argv[1:])
