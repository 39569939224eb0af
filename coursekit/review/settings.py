"""What a project says to the review, in `[tool.coursekit.review]` of its pyproject.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coursekit.course.errors import CallError
from coursekit.review.catalog import CHECKS
from coursekit.review.order import Standards
from coursekit.review.report import Accepted

_KINDS = {"prefix": (str, "a text"), "error_model": (str, "a text"), "accept": (list, "a list")}


@dataclass(frozen=True)
class Settings:
    """The project's standards, and the findings that it lives with."""

    standards: Standards
    accepted: tuple[Accepted, ...] = ()

    @classmethod
    def here(cls, folder: Path | None = None) -> "Settings":
        """Read the nearest pyproject.toml, from this folder upwards.

        Raises:
            CallError: it cannot be read, or says something that the review does not know.

        """
        folder = (folder or Path.cwd()).resolve()
        file = next(
            (one / "pyproject.toml" for one in [folder, *folder.parents] if (one / "pyproject.toml").is_file()), None
        )
        if file is None:
            return cls(Standards.of({}, folder))
        try:
            data = tomllib.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise CallError(f"{file} cannot be read: {error}") from error
        section = _section(file, data)
        accepted = tuple(_accepted(file, one) for one in section.get("accept", []))
        return cls(Standards.of(section, file.parent), accepted)


def _section(file: Path, data: Any) -> dict[str, Any]:
    """The table `[tool.coursekit.review]`, with values of the right kinds."""
    for name in ("tool", "coursekit", "review"):
        data = data.get(name, {})
        if not isinstance(data, dict):
            raise CallError(f"{file}: [tool.coursekit.review] is a table.")
    unknown = sorted(set(data) - set(_KINDS))
    if unknown:
        raise CallError(f"{file}: [tool.coursekit.review] has no `{unknown[0]}`. It takes {', '.join(sorted(_KINDS))}.")
    for name, value in data.items():
        kind, word = _KINDS[name]
        if not isinstance(value, kind):
            raise CallError(f"{file}: [tool.coursekit.review]: `{name}` is {word}.")
    return dict(data)


def _accepted(file: Path, entry: Any) -> Accepted:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("check"), str):
        raise CallError(
            f'{file}: each entry of `accept` is a table such as {{check = "C1.verb-in-path", reason = "..."}}.'
        )
    check = entry["check"]
    if check not in CHECKS:
        raise CallError(f"{file}: there is no check `{check}`. The review prints the ids of its findings.")
    reason = str(entry.get("reason", "")).strip()
    if not reason:
        raise CallError(
            f'{file}: {check} is accepted without a reason. Say why the project lives with it: reason = "...".'
        )
    unknown = sorted(set(entry) - {"check", "route", "reason"})
    if unknown:
        raise CallError(f"{file}: an entry of `accept` has no `{unknown[0]}`. It takes check, route, reason.")
    return Accepted(check, reason, str(entry.get("route", "")))
