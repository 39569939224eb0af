"""What a project says to the review in its pyproject.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenpoint import CallError
from tenpoint.catalog import CHECKS
from tenpoint.points.standards import Standards
from tenpoint.report import Accepted

_KINDS = {"prefix": (str, "a text"), "error_model": (str, "a text"), "accept": (list, "a list")}
_TABLES = ("tool.tenpoint", "tool.coursekit.review")
"""Where the settings stand: in the first of these tables that the file has. The second is the older name."""


@dataclass(frozen=True)
class Settings:
    """The project's standards, and the findings that it lives with."""

    standards: Standards
    accepted: tuple[Accepted, ...] = ()

    @classmethod
    def here(cls, folder: Path | None = None) -> "Settings":
        """Return what the nearest pyproject.toml says, from this folder upwards.

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
        settings = _settings(file, data)
        accepted = tuple(_accepted(file, one) for one in settings.get("accept", []))
        return cls(Standards.of(settings, file.parent), accepted)


def _settings(file: Path, data: dict[str, Any]) -> dict[str, Any]:
    """Return the table with the settings, whose values are of the right kinds; an empty one if the file has none."""
    for name in _TABLES:
        table = _table(data, name)
        if table is None:
            continue
        if not isinstance(table, dict):
            raise CallError(f"{file}: [{name}] is a table.")
        unknown = sorted(set(table) - set(_KINDS))
        if unknown:
            raise CallError(f"{file}: [{name}] has no `{unknown[0]}`. It takes {', '.join(sorted(_KINDS))}.")
        for key, value in table.items():
            kind, word = _KINDS[key]
            if not isinstance(value, kind):
                raise CallError(f"{file}: [{name}]: `{key}` is {word}.")
        return table
    return {}


def _table(data: Any, name: str) -> Any:
    """Return what the file has at this dotted name; None if it has nothing there."""
    for part in name.split("."):
        if not isinstance(data, dict):
            return data  # something else stands where a table belongs
        data = data.get(part)
        if data is None:
            return None
    return data


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
