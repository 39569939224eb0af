"""Remembers the outcomes of mutants, so that what has not changed is not judged again."""

import json
from pathlib import Path
from typing import Any

from coursekit.building.freshness import digest
from coursekit.course.files import write_whole


class Memory:
    """The outcomes of answers by exercise. They hold as long as what the exercise's verdicts depend on stays in the same state."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._known = self._read()
        self._own: dict[str, dict[str, Any]] = {}

    def _read(self) -> dict[str, dict[str, Any]]:
        """What the file holds. Empty if it is missing or damaged."""
        try:
            noted = json.loads(self._file.read_text(encoding="utf-8"))
            return {id_: {"state": one["state"], "outcomes": dict(one["outcomes"])} for id_, one in noted.items()}
        except (OSError, ValueError, AttributeError, KeyError, TypeError):
            return {}

    def open(self, exercise: str, state: str) -> None:
        """Begin with an exercise. Forgets its outcomes, unless they come from this state of what they depend on."""
        known = self._known.get(exercise, {})
        self._own[exercise] = known if known.get("state") == state else {"state": state, "outcomes": {}}

    def outcome(self, exercise: str, source: str) -> str | None:
        """Return the outcome of an answer, or None if it has not been judged."""
        found: str | None = self._own[exercise]["outcomes"].get(digest(source.encode()))
        return found

    def note(self, exercise: str, source: str, outcome: str) -> None:
        """Remember an outcome."""
        self._own[exercise]["outcomes"][digest(source.encode())] = outcome

    def save(self) -> None:
        """Write the outcomes to the file, and leave there what another process has written about other exercises.

        Raises:
            OSError: the file cannot be written.
        """
        write_whole(self._file, json.dumps(self._read() | self._own, indent=1).encode())
