"""How a review is written: as plain text and as HTML."""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from types import FunctionType
from typing import Any

BOX = (
    "border:1px solid var(--jp-border-color1,#999);border-left-width:6px;border-radius:4px;"
    "padding:.6em .9em;margin:.2em 0;max-width:60em;line-height:1.45;"
    "display:grid;grid-template-columns:minmax(0,1fr);row-gap:.3em"
)
"""The style of what a notebook shows."""
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST = 60


@dataclass(frozen=True)
class Note:
    """What a notebook shows when there is no review: a few sentences."""

    text: str

    def to_dict(self) -> dict[str, str]:
        """Return the note for programs."""
        return {"text": self.text}

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        paragraphs = "".join(f"<div>{sentence(line) or '&nbsp;'}</div>" for line in self.text.splitlines())
        return f'<div style="{BOX}">{paragraphs}</div>'


def printable(text: str) -> str:
    """Return text that is safe in a page and in a terminal: control characters and lone surrogates become escapes."""
    return _UNPRINTABLE.sub(lambda found: repr(found[0])[1:-1], text.replace("\r\n", "\n"))


def sentence(text: str) -> str:
    """Return a sentence with `code` in backticks as HTML."""
    return _CODE.sub(lambda found: f"<code>{found[2]}</code>", html.escape(text, quote=False))


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines of text, with their columns aligned and without backticks."""
    plain = [[cell.replace("`", "") for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*plain, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in plain
    )


def table(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as an HTML table."""
    head = "".join(f'<th scope="col" style="text-align:left">{sentence(cell)}</th>' for cell in headers)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{sentence(cell)}</td>' for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def describe(value: Any) -> str:
    """Return a few words for something that should have been an app: ``the `int` `3` ``."""
    kind = type(value)  # not isinstance, which asks the value itself
    if value is None:
        return "`None`"
    if issubclass(kind, str | int | float | bool | list | dict | tuple | set):
        return f"the `{kind.__name__}` `{_brief(value)}`"
    if issubclass(kind, type):
        return f"the class `{value.__name__}`"
    if issubclass(kind, FunctionType):
        return f"the function `{value.__name__}`"
    return f"an object of type `{kind.__name__}`"


def _brief(value: object) -> str:
    try:
        text = repr(value)
    except Exception as error:
        return f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"
    return printable(text[:_LONGEST]) + ("…" if len(text) > _LONGEST else "")
