"""Compares two values, and names the places where they differ."""

from collections.abc import Iterator, Mapping
from json import dumps
from typing import Any

from coursekit.course.render import brief, brief_repr

LONGEST_VALUE = 300
"""How many characters of a value a verdict shows."""
_MOST_PLACES = 3
_NOTHING = object()

Place = tuple[str, Any, Any]
"""Where two values differ, such as "items[2].title", and what is there in each."""


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal and of the same kind. In JSON, unlike in Python, true doesn't equal 1."""
    if isinstance(one, bool) != isinstance(other, bool):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def shown(value: Any, longest: int = LONGEST_VALUE) -> str:
    """Return a value as JSON if possible, or else its repr, shortened."""
    try:
        text = dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        return brief_repr(value, longest)
    return brief(text, longest)


def places(one: Any, other: Any, at: str = "") -> Iterator[Place]:
    """Yield each place at which two values differ."""
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        for key in [*one, *(key for key in other if key not in one)]:
            yield from places(one.get(key, _NOTHING), other.get(key, _NOTHING), _below(at, key))
    elif isinstance(one, list) and isinstance(other, list):
        for index in range(max(len(one), len(other))):
            first, second = (values[index] if index < len(values) else _NOTHING for values in (one, other))
            yield from places(first, second, f"{at}[{index}]")
    elif not same(one, other):
        yield at, one, other


def changes(before: Any, after: Any) -> str:
    """Say in a few words how a value has changed: "`tasks[1].done` was `false` and is `true`"."""
    return _first_few(_change(place) for place in places(before, after))


def half(found: list[Place], which: int) -> str:
    """Return what one of two long values has where they differ: 1 for the first of them, 2 for the second."""
    return _first_few(f"`{at or 'the whole'}`: {_value(values[which - 1])}" for at, *values in found)


def _first_few(words: Iterator[str]) -> str:
    said = list(words)
    more = len(said) - _MOST_PLACES
    return ", ".join(said[:_MOST_PLACES]) + (f", and {more} more" if more > 0 else "")


def _change(place: Place) -> str:
    at, before, after = place
    name = f"`{at}`" if at else "it"
    if before is _NOTHING:
        return f"{name} is new: {_value(after)}"
    if after is _NOTHING:
        return f"{name} is gone"
    return f"{name} was {_value(before)} and is {_value(after)}"


def _value(value: Any) -> str:
    return "nothing" if value is _NOTHING else f"`{shown(value, 60)}`"


def _below(at: str, key: Any) -> str:
    if isinstance(key, str) and key.isidentifier():
        return f"{at}.{key}" if at else brief(key, 60)
    return f"{at}[{brief_repr(key)}]"
