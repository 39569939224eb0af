"""Makes the mutants of an exercise's solution: the solution with one small change each."""

import ast
import difflib
import hashlib
import warnings
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from types import CodeType

from coursekit.building.operators import edits
from coursekit.building.syntax import Code, Edit
from coursekit.course.cells import cut

_FIRST_SIGNS = 6
_Program = tuple[object, ...]


@dataclass(frozen=True)
class Mutant:
    """A solution with one small change."""

    exercise: str
    id: str
    """The operator's name and a digest of the changed lines. It stays the same when other lines change."""
    change: str
    """The lines that go, with a `-` before each, and those that come, with a `+`."""
    source: str
    """The whole cell, changed."""


def mutants_of(exercise: str, cell: str) -> list[Mutant]:
    """Return the mutants of a solution, without those that are the same program as it or as another one, and those that don't compile.

    Args:
        exercise: its id.
        cell: the source of its cell, with its markers. Only what is between the markers of the solution is changed.

    Raises:
        SyntaxError: the solution doesn't compile.
        ValueError: a marker has no partner.
    """
    source = cut(cell, solved=True)
    code, given = Code(source), _given_lines(cell)
    programs, found, known = {_program(source)}, [], Counter[str]()
    for edit in edits(code):
        if not given.isdisjoint(_lines_of(code, edit)):
            continue
        changed = (code.data[: edit.start] + edit.new.encode() + code.data[edit.end :]).decode()
        program = _program(changed)
        if program is None or program in programs:
            continue
        programs.add(program)
        change = _difference(source, changed)
        name = f"{edit.operator}-{_digest(change)[:_FIRST_SIGNS]}"
        known[name] += 1
        id_ = name if known[name] == 1 else f"{name}-{known[name]}"
        found.append(Mutant(exercise, id_, change, changed))
    return found


def sample(mutants: list[Mutant], number: int | None) -> list[Mutant]:
    """Return a part of the mutants that is always the same, in their order; all of them if the number is None."""
    chosen = sorted(mutants, key=lambda one: _digest(one.exercise + one.id))[:number]
    return [one for one in mutants if one in chosen]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _given_lines(cell: str) -> set[int]:
    """The numbers of the lines of the solved cell that the learner doesn't write. The first is 1."""
    lines = [line if line.lstrip().startswith("###") else line and str(at) for at, line in enumerate(cell.splitlines())]
    solved, unsolved = (cut("\n".join(lines), solved=solved).split("\n") for solved in (True, False))
    return {number for number, line in enumerate(solved, 1) if line and line in unsolved}


def _lines_of(code: Code, edit: Edit) -> range:
    """The numbers of the lines that an edit touches. The first is 1."""
    last = max(edit.start, edit.end - 1)
    return range(bisect_right(code.line_starts, edit.start), bisect_right(code.line_starts, last) + 1)


def _difference(old: str, new: str) -> str:
    lines = list(difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm=""))
    return "\n".join(line for line in lines[2:] if not line.startswith("@@"))


def _program(source: str) -> _Program | None:
    """What a cell compiles to, wherever its lines are. None if it doesn't compile."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a mutant compares in an odd way is the point of it
        try:
            code = compile(source, "cell", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
        except (SyntaxError, ValueError):
            return None
    return _essence(code)


def _essence(code: CodeType) -> _Program:
    constants = tuple(_essence(one) if isinstance(one, CodeType) else repr(one) for one in code.co_consts)
    return code.co_code, constants, code.co_names, code.co_varnames, code.co_flags, code.co_exceptiontable
