"""Formats the kit's messages, as plain text and as HTML. Both forms say the same."""

import html
import re
from dataclasses import dataclass, field

_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_NOTEBOOK = re.compile(r"\d\d_\w+\.ipynb")
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-Z`“])")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

BOX = (
    "border:1px solid var(--jp-border-color1,#999);border-left-width:6px;border-radius:4px;"
    "padding:.6em .9em;margin:.2em 0;max-width:60em;line-height:1.45;"
    "display:grid;grid-template-columns:minmax(0,1fr);row-gap:.3em"
)
PRE = (
    "background:var(--jp-layout-color2,#f2f2f2);color:var(--jp-content-font-color0,#111);padding:.5em .7em;margin:.15em 0;"
    "overflow-x:auto;white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere;font-size:.92em"
)


def printable(text: str) -> str:
    """Return text that every page and terminal can show: control characters and lone surrogates become escapes."""
    return _UNPRINTABLE.sub(lambda found: repr(found[0])[1:-1], text.replace("\r\n", "\n"))


def brief(text: str, longest: int) -> str:
    """Return printable text of at most `longest` characters, with `…` where something was cut off."""
    return printable(text[:longest]) + ("…" if len(text) > longest else "")


def few_sentences(text: str, longest: int) -> str:
    """Return the first sentences of a text, none of them twice, in at most `longest` characters. A list, which has lines, stays whole."""
    if "\n" in text:
        return text
    kept = ""
    for one in dict.fromkeys(_SENTENCE.split(text)):
        if len(kept) + len(one) + 1 > longest:
            break
        kept += f" {one}" if kept else one
    return kept or brief(text, longest - 1)


def brief_repr(value: object, longest: int = 60) -> str:
    """Return a value's repr, shortened for use in a sentence. Works even if the repr raises."""
    try:
        return brief(repr(value), longest)
    except Exception as error:
        return f"<{type(value).__name__}, whose repr raises {type(error).__name__}>"


def sentence(text: str) -> str:
    """Return a sentence as HTML. `code` in backticks becomes a code element, and the name of a notebook also a link."""
    return _CODE.sub(_code_element, html.escape(text, quote=False))


def _code_element(found: re.Match[str]) -> str:
    element = f"<code>{found[2]}</code>"
    return f'<a href="{found[2]}">{element}</a>' if _NOTEBOOK.fullmatch(found[2]) else element


def block(text: str) -> str:
    """Return preformatted text as HTML."""
    return f'<pre style="{PRE}">{html.escape(text, quote=False)}</pre>'


def indent(text: str) -> str:
    """Return text indented by four spaces."""
    return "\n".join(f"    {line}".rstrip() for line in text.splitlines())


@dataclass(frozen=True)
class Note:
    """A few sentences for the learner, with an optional block of code below them."""

    text: str
    code: str = ""
    program: dict[str, object] = field(default_factory=dict, repr=False)
    """More keys for `to_dict`, when the note also means something to a program."""

    def to_dict(self) -> dict[str, object]:
        """The note for programs."""
        return {"text": self.text, "code": self.code, **self.program}

    def __repr__(self) -> str:
        return self.text + (f"\n\n{indent(self.code)}" if self.code else "")

    def _repr_html_(self) -> str:
        paragraphs = "".join(f"<div>{sentence(line) or '&nbsp;'}</div>" for line in self.text.splitlines())
        return f'<div style="{BOX}">{paragraphs}{block(self.code) if self.code else ""}</div>'


def table(headers: list[str], rows: list[list[str]]) -> tuple[str, str]:
    """Return a table as plain text and as HTML. `code` in backticks loses its backticks in the text."""
    plain = [headers, *([cell.replace("`", "") for cell in row] for row in rows)]
    widths = [max(len(row[column]) for row in plain) for column in range(len(headers))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in plain]
    lines.insert(1, "  ".join("-" * width for width in widths))
    head = "".join(f'<th scope="col" style="text-align:left">{sentence(cell)}</th>' for cell in headers)
    body = "".join(
        "<tr>" + "".join(f'<td style="text-align:left">{sentence(cell)}</td>' for cell in row) + "</tr>" for row in rows
    )
    return "\n".join(lines), f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


class Table(Note):
    """A note with a table below it."""

    def __init__(self, text: str, headers: list[str], rows: list[list[str]]) -> None:
        self._plain, self._html = table(headers, rows)
        super().__init__(text, self._plain, {"rows": [dict(zip(headers, row, strict=True)) for row in rows]})

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self._plain}"

    def _repr_html_(self) -> str:
        return "".join(f"<div>{sentence(line)}</div>" for line in self.text.splitlines()) + self._html
