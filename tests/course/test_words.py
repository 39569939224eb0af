"""Lists and counts as parts of a sentence."""

import pytest

from coursekit.course import words


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([], "none"),
        (["milk"], "milk"),
        (["milk", "tea"], "milk and tea"),
        (["milk", "bread", "tea"], "milk, bread and tea"),
        ((str(number) for number in range(3)), "0, 1 and 2"),
        ([404, None], "404 and None"),
        ([""], ""),
    ],
)
def test_series(parts: list[object], wanted: str) -> None:
    assert words.series(parts) == wanted


def test_names_are_code() -> None:
    assert words.names(["id", "title", "done"]) == "`id`, `title`, `done`"
    assert words.names(["id", "title", "done"], last=" and ") == "`id`, `title` and `done`"
    assert words.names([], nothing="no fields") == "no fields"
    assert words.names({"/tasks": 1}) == "`/tasks`"


def test_count() -> None:
    assert [words.count(number, "route") for number in (0, 1, 2)] == ["0 routes", "1 route", "2 routes"]
