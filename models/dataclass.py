"""Dataclasses that cost next to nothing until somebody makes objects of them.

The standard library reads each field, and writes and compiles up to six methods a class, half a millisecond each time
that a program starts; a command loads a hundred classes and makes a few objects of fifteen. Here the fields are read
when somebody asks for them, `__init__` is compiled for what is made often, and the other methods are the same few
functions for all. The meaning is the same; every annotation is a field, there is no `ClassVar` among them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, FrozenInstanceError, fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NoReturn

OFTEN = 40
"""Objects of one class that take as long to make without a compiled `__init__` as it takes to compile it."""

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, weakref_slot=False):
        """As `dataclasses.dataclass`, with the options that we use."""

        def made(written):
            has = written.__dict__
            names = has.get("__annotations__", {})
            defaults = {name: has[name] for name in names if name in has}
            known = _Fields(names, defaults, kw_only=kw_only, inherits=hasattr(written, "__match_args__"))
            before = getattr(written, "__match_args__", ())
            adds = {name: method for name, method in _METHODS[frozen].items() if name not in has}
            adds["__dataclass_fields__"] = known
            adds["__dataclass_params__"] = _PARAMETERS
            adds["__match_args__"] = before if kw_only else tuple(dict.fromkeys((*before, *names)))
            if "__init__" not in has:
                adds["__init__"] = _init_of(known, frozen)
            if slots:
                slots_of = (*names, "__weakref__") if weakref_slot else names
                known.kind = _with_slots(written, adds, defaults, slots_of)
            else:
                known.kind = _in_place(written, adds, defaults)
            return known.kind

        return made if cls is None else made(cls)


class _Fields:
    """Stands for a class's fields until somebody asks for them, such as the standard library's own functions."""

    __slots__ = ("annotations", "defaults", "inherits", "kind", "kw_only")

    def __init__(self, annotations: Mapping[str, Any], defaults: Mapping[str, Any], *, kw_only: bool, inherits: bool):
        self.kind: Any
        self.annotations = annotations
        self.inherits = inherits
        self.defaults = defaults
        self.kw_only = kw_only

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        written = {"__annotations__": self.annotations, "__module__": self.kind.__module__, "__doc__": "Read."}
        like: Any = type(self.kind.__name__, self.kind.__bases__, {**written, **self.defaults})
        _read(like, kw_only=self.kw_only)
        self.kind.__dataclass_fields__ = like.__dataclass_fields__
        return like.__dataclass_fields__


def _read(like: Any, *, kw_only: bool = False) -> Any:
    return dataclasses.dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(like)


_PARAMETERS = _read(type("", (), {"__doc__": "No field."})).__dataclass_params__


def _with_slots(written: type[Any], adds: dict[str, Any], defaults: Mapping[str, Any], slots: Iterable[str]) -> Any:
    """The class made anew: one that is there cannot be given slots."""
    there = {slot for base in written.__mro__[1:-1] for slot in base.__dict__.get("__slots__", ())}
    gone = {"__dict__", "__weakref__", *defaults}
    kept = {name: value for name, value in written.__dict__.items() if name not in gone}
    adds["__slots__"] = tuple(slot for slot in slots if slot not in there)
    adds["__qualname__"] = written.__qualname__
    metaclass: Any = type(written)
    return metaclass(written.__name__, written.__bases__, kept | adds)


def _in_place(written: type[Any], adds: Mapping[str, Any], defaults: Mapping[str, Any]) -> Any:
    for name, value in defaults.items():
        if isinstance(value, dataclasses.Field):
            delattr(written, name)
            if value.default is not MISSING:
                setattr(written, name, value.default)
    for name, value in adds.items():
        setattr(written, name, value)
    return written


def _init_of(known: _Fields, frozen: bool) -> Callable[..., None]:
    made = 0

    def __init__(self: Any, *given: Any, **named: Any) -> None:  # noqa: N807
        nonlocal made
        made += 1
        values = _bound(known, given, named) if made < OFTEN else None
        if values is None:  # or what was given does not fit: compiled, it says so
            known.kind.__init__ = _compiled_init(known.kind, frozen)
            known.kind.__init__(self, *given, **named)
            return
        for name, value in values.items():
            object.__setattr__(self, name, value)
        if hasattr(self, "__post_init__"):
            self.__post_init__()

    return __init__


def _bound(known: _Fields, given: tuple[Any, ...], named: dict[str, Any]) -> dict[str, Any] | None:
    """The value of each field; None where these arguments are none for this class, or it inherits some."""
    names = known.annotations
    if known.inherits or len(given) > (0 if known.kw_only else len(names)):
        return None
    found = dict(zip(names, given, strict=False))
    if not named.keys().isdisjoint(found):
        return None
    found |= named
    for name in names:
        if name not in found:
            value = known.defaults.get(name, MISSING)
            if isinstance(value, dataclasses.Field):
                value = value.default if value.default_factory is MISSING else value.default_factory()
            if value is MISSING:
                return None
            found[name] = value
    return found if len(found) == len(names) else None


def _compiled_init(found: type[Any], frozen: bool) -> Callable[..., None]:
    """For the fields of `found`; a frozen one's are set by their slots, as nothing else can."""
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


@cache
def _compared(kind: Any) -> Callable[[Any], Any]:
    """What two of a kind are equal by."""
    names = [field.name for field in fields(kind) if field.compare]
    return attrgetter(*names) if names else lambda each: ()


def _equal(self: Any, other: object) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    kind: Any = self.__class__
    values = _compared(kind)
    return values(self) == values(other)


def _hash(self: Any) -> int:
    return hash(_compared(self.__class__)(self))


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


_CHANGING: dict[str, Any] = {"__eq__": _equal, "__hash__": None, "__repr__": _repr}
_FROZEN = {
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _repr,
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _state,
    "__setstate__": _restore,
}
_METHODS = {False: _CHANGING, True: _FROZEN}
