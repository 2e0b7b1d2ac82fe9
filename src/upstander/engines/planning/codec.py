"""Problems and answers as plain values that JSON can hold, and back; what does not fit is refused with its path."""

import dataclasses
import enum
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

from upstander.engines.planning.answer import Answer
from upstander.engines.planning.problem import Problem, ProblemError

Shape = TypeVar("Shape")


def problem_to_dict(problem: Problem) -> dict[str, Any]:
    """The problem as JSON values: days as ISO text, sets sorted."""
    return typing.cast(dict[str, Any], _plain(problem))


def problem_from_dict(value: object) -> Problem:
    """The problem that was stored. Raises ProblemError that names the place, as in `members[3].free[0].day: ...`."""
    return _read(value, Problem)


def answer_to_dict(answer: Answer) -> dict[str, Any]:
    """The answer as JSON values."""
    return typing.cast(dict[str, Any], _plain(answer))


def answer_from_dict(value: object) -> Answer:
    """The answer that was stored. Raises ProblemError that names the place."""
    return _read(value, Answer)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(str(_plain(each)) for each in value)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return str(value) if isinstance(value, enum.Enum) else value


def _read(value: object, shape: type[Shape]) -> Shape:
    return typing.cast(Shape, _value(value, shape, ""))


def _value(value: object, shape: Any, at: str) -> object:
    if typing.get_origin(shape) is types.UnionType:  # only "something or nothing" occurs
        (kind,) = (each for each in typing.get_args(shape) if each is not type(None))
        return None if value is None else _value(value, kind, at)
    if typing.get_origin(shape) in (tuple, frozenset):
        return _many(value, shape, at)
    if dataclasses.is_dataclass(shape):
        return _record(value, shape, at)
    return _word(value, shape, at)


def _many(value: object, shape: Any, at: str) -> object:
    if not isinstance(value, list):
        raise ProblemError(f"{at or 'the whole'}: not a list")
    kind = typing.get_args(shape)[0]
    return typing.get_origin(shape)(_value(each, kind, f"{at}[{number}]") for number, each in enumerate(value))


def _record(value: object, shape: Any, at: str) -> object:
    if not isinstance(value, Mapping):
        raise ProblemError(f"{at or 'the whole'}: not a record")
    known = _fields(shape)
    if unknown := sorted(str(name) for name in value.keys() - known.keys()):
        raise ProblemError(f"{at or 'the whole'}: unknown {', '.join(unknown)}")
    if missing := sorted(name for name, (_, is_needed) in known.items() if is_needed and name not in value):
        raise ProblemError(f"{at or 'the whole'}: {', '.join(missing)} missing")
    inside = f"{at}." if at else ""
    found = {name: _value(each, known[name][0], f"{inside}{name}") for name, each in value.items()}
    try:
        return shape(**found)
    except ProblemError as error:
        raise ProblemError(f"{at}: {error}" if at else str(error)) from None


@cache
def _fields(shape: Any) -> dict[str, tuple[Any, bool]]:
    """Of each field its type, and whether it has to be given."""
    kinds = typing.get_type_hints(shape)
    nothing = dataclasses.MISSING
    return {
        field.name: (kinds[field.name], field.default is nothing and field.default_factory is nothing)
        for field in dataclasses.fields(shape)
    }


def _word(value: object, shape: Any, at: str) -> object:
    """A text, number, truth value, day or one of a list of words; True is no number."""
    try:
        if shape is date:
            return date.fromisoformat(str(value))
        if issubclass(shape, enum.Enum):
            return shape(value)
    except ValueError:
        raise ProblemError(f"{at}: {value!r} is no {shape.__name__.lower()}") from None
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if shape is float and is_number:
        return float(typing.cast(float, value))
    if type(value) is not shape:
        raise ProblemError(f"{at}: {value!r} is no {shape.__name__}")
    return value
