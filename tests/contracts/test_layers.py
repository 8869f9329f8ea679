"""Who may know whom: by the import contracts, and by what a fresh interpreter has loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.contracts.sources import ROOT, files

LOADED = """
import importlib, sys
forbidden = sys.argv[1].split()
for name in sys.argv[2:]:
    importlib.import_module(name)
    for package in forbidden:
        if package in sys.modules:
            sys.exit(f"{name} loads {package}")
"""


OPENS_SCREENS = {
    f"console.{name}" for name in ("closed_doors", "curtain", "desk", "display", "driver", "ears", "keys", "painter")
}
"""Imported when a screen is wanted; every other module of the command line starts without one."""


def modules(*packages: str) -> list[str]:
    """Every module of these packages by its name."""
    parts = (file.with_suffix("").parts for file in files(*packages))
    return [".".join(part for part in each if part != "__init__") for each in parts]


def test_the_import_contracts_hold() -> None:
    # A process of its own: the checker switches off every logger it finds, also the one that counts queries.
    run = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", run], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("names", "forbidden"),
    [
        pytest.param(modules("models"), "textual rich wcwidth", id="models"),
        pytest.param(modules("seed"), "textual rich wcwidth", id="seed"),
        pytest.param(sorted(set(modules("console")) - OPENS_SCREENS), "textual rich wcwidth", id="command line"),
    ],
)
def test_a_fresh_interpreter_stays_free_of(names: list[str], forbidden: str) -> None:
    """Transitive imports too, which an import contract cannot follow into libraries."""
    command = [sys.executable, "-c", LOADED, forbidden, *names]
    loaded = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert loaded.returncode == 0, loaded.stderr
