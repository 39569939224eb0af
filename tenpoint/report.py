"""What a review says: whether each of the ten points is held, broken or not decidable, and the findings."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from tenpoint.markup import BOX, columns, printable, sentence, table

Status = Literal["held", "broken", "not decidable"]

POINTS = {
    "C1": "The method matches the meaning",
    "C2": "Status codes are right on every path",
    "C3": "Requests are validated completely",
    "C4": "Response models are explicit",
    "C5": "Dependencies are injected, no global state",
    "C6": "Validation, authorization and server errors are handled",
    "C7": "Async is used correctly for I/O",
    "C8": "Each route is in the right router",
    "C9": "The documentation says the purpose",
    "C10": "The project's own standards are met",
}
SHOWN = 5
"""How many routes of one group of findings are listed; the others are counted."""


@dataclass(frozen=True)
class Finding:
    """Something in one place that breaks a point."""

    check: str
    """The check that found it: `C1.verb-in-path`."""
    route: str
    """`POST /tasks`; empty if the finding is about the app as a whole."""
    where: str
    """`file:line`, or a description if the file isn't known."""
    seen: str
    why: str = ""
    """Why it matters to a caller."""
    mend: str = ""
    accepted: str = ""
    """The project's reason for living with it; empty if it isn't accepted."""

    @property
    def point(self) -> str:
        """The point that it breaks: `C1`."""
        return self.check.partition(".")[0]


@dataclass(frozen=True)
class Undecided:
    """Something that could not be judged, and why."""

    point: str
    why: str


@dataclass(frozen=True)
class Accepted:
    """An entry of `accept` in pyproject.toml: a check that the project lives with on one route or on all, and the reason."""

    check: str
    reason: str
    route: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether this entry accepts the finding."""
        return finding.check == self.check and self.route in ("", finding.route)


@dataclass(frozen=True)
class Point:
    """One of the ten points, with its status in a review."""

    id: str
    title: str
    status: Status
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Review:
    """A review. It shows itself in a notebook; `text()` is for terminals, and `to_dict()` for programs."""

    app: str
    routes: int
    findings: tuple[Finding, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    notes: tuple[str, ...] = field(default=())
    """What a reader should know, although it breaks no point."""

    @property
    def broken(self) -> tuple[Finding, ...]:
        """The findings that the project hasn't accepted."""
        return tuple(one for one in self.findings if not one.accepted)

    @property
    def points(self) -> list[Point]:
        """All ten points, with their status."""
        return [self._point(id, title) for id, title in POINTS.items()]

    def _point(self, id: str, title: str) -> Point:
        found = [one for one in self.findings if one.point == id]
        open_ = [one for one in found if not one.accepted]
        notes = list(dict.fromkeys(one.why for one in self.undecided if one.point == id))
        status: Status = "broken" if open_ else "not decidable" if notes else "held"
        if open_:
            notes.insert(0, _count(len(open_), "finding"))
        if len(found) > len(open_):
            notes.insert(0, f"{_count(len(found) - len(open_), 'finding')} accepted")
        return Point(id, title, status, tuple(notes))

    def accept(self, accepted: Iterable[Accepted]) -> "Review":
        """Return the same review, with accepted findings marked. An entry that covers no finding becomes a note."""
        accepted = list(accepted)
        reasons = [next((one.reason for one in accepted if one.covers(finding)), "") for finding in self.findings]
        findings = tuple(replace(one, accepted=reason) for one, reason in zip(self.findings, reasons, strict=True))
        idle = [one for one in accepted if not any(one.covers(finding) for finding in self.findings)]
        notes = [
            f"pyproject.toml accepts {one.check}{f' on {one.route}' if one.route else ''}, and there is no such finding (any more)."
            for one in idle
        ]
        return replace(self, findings=findings, notes=(*self.notes, *notes))

    def to_dict(self) -> dict[str, Any]:
        """Return the review for programs."""
        points = [
            {
                **asdict(point),
                "notes": list(point.notes),
                "findings": [asdict(one) for one in self.findings if one.point == point.id],
            }
            for point in self.points
        ]
        return {
            "app": self.app,
            "routes": self.routes,
            "broken": bool(self.broken),
            "points": points,
            "notes": list(self.notes),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Review":
        """Return the review that `facts()` was called on."""
        return cls(
            data["app"],
            data["routes"],
            tuple(Finding(**one) for one in data["findings"]),
            tuple(Undecided(**one) for one in data["undecided"]),
            tuple(data["notes"]),
        )

    def facts(self) -> dict[str, Any]:
        """Return everything in the review, in a form that JSON can hold."""
        return asdict(self)

    @property
    def heading(self) -> str:
        """The first line of the review."""
        return f"The ten-point review of {self.app} ({_count(self.routes, 'route')})"

    def text(self, shown: int | None = SHOWN) -> str:
        """Return the review as plain text. At most `shown` routes of each group are listed; all if it is None."""
        rows = [[point.id, point.status, point.title, "; ".join(point.notes)] for point in self.points]
        parts = [self.heading, columns(rows)]
        parts += ["\n".join(_group_lines(group, shown)) for group in groups(self.findings)]
        parts += list(self.notes)
        return printable("\n\n".join(parts))

    def __repr__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        rows = [[f"`{point.id}`", point.title, point.status, "; ".join(point.notes)] for point in self.points]
        parts = [f"<strong>{sentence(self.heading)}</strong>", table(["point", "what", "standing", "notes"], rows)]
        for group in groups(self.findings):
            head, lines = _group_head(group), _places(group, SHOWN)
            parts.append(f"<details><summary>{sentence(head)}</summary>{_details(group[0], lines)}</details>")
        parts += [f"<div>{sentence(note)}</div>" for note in self.notes]
        return f'<div style="{BOX}">{"".join(parts)}</div>'


def groups(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Return the findings grouped by check, in the order of the points. Accepted ones have groups of their own, at the end."""
    grouped: dict[tuple[str, str], list[Finding]] = {}
    for one in findings:
        grouped.setdefault((one.check, one.accepted), []).append(one)
    order = list(POINTS)
    return sorted(grouped.values(), key=lambda group: (bool(group[0].accepted), order.index(group[0].point)))


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _group_head(group: list[Finding]) -> str:
    return f"{group[0].check}{' (accepted)' if group[0].accepted else ''}: {_count(len(group), 'finding')}"


def _places(group: list[Finding], shown: int | None) -> list[str]:
    """Return a line for each finding, with what was seen. If all saw the same, that is a line of its own, at the top."""
    same = len({one.seen for one in group}) == 1
    lines = [f"{one.route or 'the app'}  {one.where}" + ("" if same else f"  {one.seen}") for one in group[:shown]]
    if shown is not None and len(group) > shown:
        lines.append(f"and {len(group) - shown} more")
    return [group[0].seen, *lines] if same else lines


def _group_lines(group: list[Finding], shown: int | None) -> list[str]:
    first = group[0]
    lines = [_group_head(group), *(f"  {line}" for line in _places(group, shown))]
    if first.accepted:
        return [*lines, f"  Accepted: {first.accepted}"]
    return [*lines, f"  Why it matters: {first.why}", *(f"  {line}" for line in f"Mend: {first.mend}".splitlines())]


def _details(first: Finding, lines: list[str]) -> str:
    listed = "".join(f"<li>{sentence(line)}</li>" for line in lines)
    named = {"Accepted": first.accepted} if first.accepted else {"Why it matters": first.why, "Mend": first.mend}
    return f"<ul>{listed}</ul>" + "".join(f"<div><b>{name}:</b> {sentence(text)}</div>" for name, text in named.items())
