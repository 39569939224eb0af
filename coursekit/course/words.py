"""Turns lists and counts into parts of a sentence."""

from collections.abc import Iterable


def series(parts: Iterable[object], *, last: str = " and ", nothing: str = "none") -> str:
    """Return the parts as a list in words: "milk, bread and tea".

    `last` joins the last part (", " gives "milk, bread, tea"). Returns `nothing` if there are no parts.
    """
    *before, final = [str(part) for part in parts] or [nothing]
    return last.join([", ".join(before), final]) if before else final


def names(named: Iterable[object], *, last: str = ", ", nothing: str = "none") -> str:
    """Return names as code: "`id`, `title`". `last` and `nothing` are those of `series`."""
    return series((f"`{name}`" for name in named), last=last, nothing=nothing)


def count(number: int, thing: str) -> str:
    """Return a number of things: "1 route", "2 routes". `thing` is a noun whose plural ends in s."""
    return f"{number} {thing}" + ("s" if number != 1 else "")
