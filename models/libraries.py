"""What libraries import at their head and our commands never use.

A command is often all that a process does, and half of its time went into loading modules that nothing asks anything
of: Peewee imports every driver that is installed and the modules of fields that we do not have. So while one of these
libraries loads, such a module is absent, or it comes when something of it is asked for. Nobody else sees a difference.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

Known = dict[str, Any]
"""What is asked of a module while the library loads, and may be answered without it."""


class Later(ModuleType):
    """Stands for a module until something is asked of it that is not known."""

    def __init__(self, name: str, known: Known) -> None:
        super().__init__(name)
        self.__dict__.update(known)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import system looks whether this is a package
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def asked_later(module: str, name: str) -> Callable[..., Any]:
    """A function of a module that is imported when it is called."""

    def asked(*given: Any, **named: Any) -> Any:
        return getattr(import_module(module), name)(*given, **named)

    return asked


def load_lightly(
    library: str, *, absent: Sequence[str] = (), later: Sequence[str] = (), known: Mapping[str, Known] | None = None
) -> None:
    """When `library` is imported, it does not find `absent`; `later` and `known` come when something is asked of them.

    What is imported already stays as it is, for every module and for the library itself.
    """
    stand_ins = dict.fromkeys(later, Known()) | dict(known or {})
    _LIGHT[library] = dict.fromkeys(absent) | {name: Later(name, said) for name, said in stand_ins.items()}


_LIGHT: dict[str, dict[str, Any]] = {}


class _Lightly:
    """First among the finders of modules."""

    @staticmethod
    def find_spec(fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        instead = _LIGHT.pop(fullname, None)
        spec = PathFinder.find_spec(fullname, path, target) if instead is not None else None
        if spec is not None and spec.loader is not None:
            spec.loader.exec_module = _executed(spec.loader.exec_module, instead or {})  # type: ignore[method-assign, assignment]
        return spec


def _executed(execute: Callable[[ModuleType], None], instead: Mapping[str, Any]) -> Callable[[ModuleType], None]:
    def exec_module(module: ModuleType) -> None:
        with _in_place(instead):
            execute(module)

    return exec_module


@contextmanager
def _in_place(instead: Mapping[str, Any]) -> Iterator[None]:
    """These among the loaded modules, except where there is one already."""
    put = {name: module for name, module in instead.items() if name not in sys.modules}
    sys.modules.update(put)
    try:
        yield
    finally:
        for name, module in put.items():
            if name in sys.modules and sys.modules[name] is module:
                del sys.modules[name]


class _Unheard:
    """A log that nobody reads; what loads `logging` before Peewee gets Peewee's own."""

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802
        return False

    def addHandler(self, handler: object) -> None:  # noqa: N802
        pass


sys.meta_path.insert(0, _Lightly)

load_lightly(
    "peewee",
    # The driver of PostgreSQL takes three times as long as Peewee itself: `drivers` hands it over where a store needs
    # it. SQLite comes with apsw.
    absent=("psycopg", "psycopg2", "psycopg2cffi", "pymysql", "MySQLdb", "sqlite3", "pysqlite3"),
    later=("calendar", "decimal", "hashlib", "json", "socket", "struct", "uuid"),
    known={
        "inspect": {"isclass": lambda each: isinstance(each, type)},
        "logging": {"getLogger": lambda name: _Unheard(), "NullHandler": _Unheard, "DEBUG": 10},
    },
)
load_lightly("argparse", known={"gettext": {"gettext": str, "ngettext": lambda one, many, n: one if n == 1 else many}})
load_lightly("dataclasses", later=["inspect"])
load_lightly("logging", later=["traceback"])
load_lightly("pathlib", known={"urllib.parse": {"quote_from_bytes": asked_later("urllib.parse", "quote_from_bytes")}})
load_lightly("urllib.parse", later=["ipaddress"])
