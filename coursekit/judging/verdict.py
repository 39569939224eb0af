"""The result of a check: one of five outcomes, and the words that explain it."""

import html
from dataclasses import asdict, dataclass
from typing import Literal, NamedTuple

from coursekit.course.render import BOX, block, indent, sentence

Outcome = Literal["passed", "failed", "not_attempted", "error", "timeout"]


class Sign(NamedTuple):
    """How an outcome is displayed."""

    mark: str
    to_learner: str
    """The words for the learner."""
    in_table: str
    """The words for a teacher, in a table of many notebooks."""
    color: str


SIGNS: dict[str, Sign] = {
    "passed": Sign("✓", "passed", "passed", "#1a7f37"),
    "failed": Sign("✗", "not yet", "not yet", "#b35900"),
    "not_attempted": Sign("…", "not attempted", "not attempted", "#57606a"),
    "error": Sign("!", "your code raised", "raised", "#b3261e"),
    "timeout": Sign("⏱", "took too long", "took too long", "#7d3cb5"),
}
"""A sign for each outcome."""


@dataclass(frozen=True)
class Verdict:
    """What `check` returns. A notebook displays it; `to_dict()` is for programs."""

    exercise: str
    title: str
    outcome: Outcome
    message: str
    """What is wrong, in a sentence or two."""
    why: str = ""
    exchange: str = ""
    """The request that was made and what came back."""
    expected: str = ""
    got: str = ""
    code: str = ""
    """The learner's own line, if it raised."""
    printed: str = ""
    """What the learner's code printed during the check."""
    next: str = ""

    def to_dict(self) -> dict[str, str]:
        """The verdict for programs: all fields as strings."""
        return asdict(self)

    @property
    def heading(self) -> str:
        """The first line: sign, exercise, outcome."""
        sign = SIGNS[self.outcome]
        return f"{sign.mark} Exercise {self.exercise} · {self.title}: {sign.to_learner}"

    def _lines(self) -> list[tuple[str, str]]:
        named = [
            ("Expected", self.expected),
            ("Got", self.got),
            ("Why it matters", self.why),
            ("Next", self.next),
        ]
        return [(name, text) for name, text in named if text]

    def __repr__(self) -> str:
        parts = [self.heading, self.message]
        parts += [indent(text) for text in (self.exchange, self.code) if text]
        parts += [f"{name}: {text}" for name, text in self._lines()]
        if self.printed:
            parts += ["Your code printed:", indent(self.printed)]
        return "\n".join(parts)

    def _repr_html_(self) -> str:
        color = SIGNS[self.outcome].color
        parts = [f"<strong>{html.escape(self.heading)}</strong>", f"<div>{sentence(self.message)}</div>"]
        parts += [block(text) for text in (self.exchange, self.code) if text]
        parts += [f"<div><strong>{name}:</strong> {sentence(text)}</div>" for name, text in self._lines()]
        if self.printed:
            parts += ["<div><strong>Your code printed:</strong></div>", block(self.printed)]
        return f'<div style="{BOX};border-left-color:{color}">{"".join(parts)}</div>'
