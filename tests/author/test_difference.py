"""What differs between two values, in words."""

from typing import Any

import pytest

from coursekit.author.difference import changes, half, places


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ({"a": 1}, {"a": 1}, ""),
        ({"a": [1, {"b": True}]}, {"a": [1, {"b": 1}]}, "`a[1].b` was `true` and is `1`"),
        ({1: "x"}, {1: "x", 2: "y"}, '`[2]` is new: `"y"`'),
        ([1, 2], [1], "`[1]` is gone"),
        (1, "1", 'it was `1` and is `"1"`'),
        ({"a": {"b c": 1}}, {"a": {"b c": 2}}, "`a['b c']` was `1` and is `2`"),
        ([0] * 5, [1] * 5, "`[0]` was `0` and is `1`, `[1]` was `0` and is `1`, `[2]` was `0` and is `1`, and 2 more"),
        ({}, [], "it was `{}` and is `[]`"),
    ],
)
def test_changes(before: Any, after: Any, said: str) -> None:
    assert changes(before, after) == said


def test_each_half_of_a_difference() -> None:
    found = list(places({"a": [1, 2], "b": 1}, {"a": [1], "b": 2}))
    assert half(found, 1) == "`a[1]`: `2`, `b`: `1`"
    assert half(found, 2) == "`a[1]`: nothing, `b`: `2`"


def test_a_long_value_is_shortened() -> None:
    assert len(changes({"a": "x" * 1000}, {"a": "y" * 1000})) < 200
