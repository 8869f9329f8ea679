"""Dataclasses that cost next to nothing until the first object of theirs is made.

The standard library writes and compiles up to six methods a class, half a millisecond each time that a program starts;
a command loads a hundred classes and makes objects of fifteen. Here a class knows its fields at once, `__init__` is
compiled when it is first called, and the other methods are the same few functions for all. The meaning is the same.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError, fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, weakref_slot=False):
        """As `dataclasses.dataclass`, with the options that we use."""

        def made(written):
            written.__doc__ = written.__doc__ or written.__name__  # else the signature is read and written out
            found = dataclasses.dataclass(
                init=False, repr=False, eq=False, slots=slots, kw_only=kw_only, weakref_slot=weakref_slot
            )(written)
            methods = _compared(found, frozen) | {"__init__": _init_later(found, frozen), "__repr__": _repr}
            if frozen:
                methods |= {"__setattr__": _refuse_to_set, "__delattr__": _refuse_to_delete}
                methods |= {"__getstate__": _state, "__setstate__": _restore}
            for name, method in methods.items():
                if name not in written.__dict__:
                    setattr(found, name, method)
            return found

        return made if cls is None else made(cls)


def _init_later(found: type[Any], frozen: bool) -> Callable[..., None]:
    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        found.__init__ = _init(found, frozen)
        found.__init__(self, *given, **named)

    return __init__


def _init(found: type[Any], frozen: bool) -> Callable[..., None]:
    """Compiled for the fields of `found`; a frozen one's are set by their slots, as nothing else can."""
    values: dict[str, Any] = {"MISSING": MISSING}
    parameters: list[str] = []
    by_name: list[str] = []
    lines: list[str] = []
    for field in fields(found):
        name = field.name
        parameter, value = name, name
        if field.default is not MISSING:
            values[f"__default_{name}"] = field.default
            parameter = f"{name}=__default_{name}"
        elif field.default_factory is not MISSING:
            values[f"__make_{name}"] = field.default_factory
            parameter, value = f"{name}=MISSING", f"__make_{name}() if {name} is MISSING else {name}"
        (by_name if field.kw_only else parameters).append(parameter)
        if frozen:
            values[f"__set_{name}"] = getattr(found, name).__set__
            lines.append(f"__set_{name}(self, {value})")
        else:
            lines.append(f"self.{name} = {value}")
    if hasattr(found, "__post_init__"):
        lines.append("self.__post_init__()")
    if by_name:
        parameters += ["*", *by_name]
    text = f"def __init__({', '.join(['self', *parameters])}):\n " + "\n ".join(lines or ["pass"])
    exec(text, values)  # noqa: S102 - as the standard library does; the names are those of attributes
    written: Callable[..., None] = values["__init__"]
    written.__qualname__ = f"{found.__qualname__}.__init__"
    written.__module__ = found.__module__
    return written


def _compared(found: type[Any], frozen: bool) -> dict[str, Any]:
    """Two are equal by their fields; only what cannot change has a hash."""
    names = [field.name for field in fields(found) if field.compare]
    values: Callable[[Any], Any] = attrgetter(*names) if names else lambda each: ()

    def __eq__(self: Any, other: object) -> Any:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _repr(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in fields(self) if field.repr)
    return f"{type(self).__qualname__}({', '.join(shown)})"


def _refuse_to_set(self: Any, name: str, value: object) -> NoReturn:
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: Any, name: str) -> NoReturn:
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    """For copies and pickles, which would set the attributes one by one."""
    return [getattr(self, field.name) for field in fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for field, value in zip(fields(self), state, strict=True):
        object.__setattr__(self, field.name, value)
