"""Remembers the outcomes of mutants, so that what has not changed is not judged again."""

import json
from pathlib import Path
from typing import Any

from coursekit.building.freshness import digest
from coursekit.course.files import write_whole


class Memory:
    """The outcomes of answers by exercise. They hold until something changes that all the exercise's verdicts depend on."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._noted: dict[str, dict[str, Any]] = {}
        try:
            noted = json.loads(file.read_text(encoding="utf-8"))
            if all({"state", "outcomes"} <= set(one) for one in noted.values()):
                self._noted = noted
        except (OSError, ValueError, AttributeError, TypeError):
            pass  # there is no such file yet, or it is damaged

    def forget_others(self, exercise: str, state: str) -> None:
        """Forget the outcomes of an exercise, unless they come from this state of what they depend on."""
        if self._noted.get(exercise, {}).get("state") != state:
            self._noted[exercise] = {"state": state, "outcomes": {}}

    def outcome(self, exercise: str, source: str) -> str | None:
        """Return the outcome of an answer, or None if it has not been judged."""
        found: str | None = self._noted[exercise]["outcomes"].get(digest(source.encode()))
        return found

    def note(self, exercise: str, source: str, outcome: str) -> None:
        """Remember an outcome."""
        self._noted[exercise]["outcomes"][digest(source.encode())] = outcome

    def save(self) -> None:
        """Write the outcomes to the file.

        Raises:
            OSError: the file cannot be written.
        """
        write_whole(self._file, json.dumps(self._noted, indent=1).encode())
