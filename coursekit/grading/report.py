"""`course grade FOLDER`: grades a folder, shows the progress on the terminal, and writes the results to files."""

import itertools
import json
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from coursekit.course.errors import CallError, CourseError
from coursekit.grading.folder import STOPPED, Row, grade_all, notebooks_in
from coursekit.grading.table import as_csv, as_html, as_text, summary

Targets = dict[str, Path]
"""The files to write, by kind: `csv` or `html`."""


def grade_and_report(
    folder: Path, csv: str | None, html: str | None, *, force: bool = False, as_json: bool = False, jobs: int = 0
) -> bool:
    """Grade the notebooks in the folder, print the table and write it to files. Returns whether every exercise passed.

    Raises:
        CallError: there is nothing to grade, or one of the files must not be written. Nothing has been graded then.
        CourseError: one of the files could not be written after the grading.
    """
    asked = {kind: Path(name) for kind, name in (("csv", csv), ("html", html)) if name is not None}
    _refuse_bad_targets(asked, force=force)
    rows = notebooks_in(folder)
    with _Bars(rows) as bars:
        whole = grade_all(rows, bars, jobs)
    print(json.dumps([row.to_dict() for row in rows], indent=2, ensure_ascii=False) if as_json else as_text(rows))
    targets = asked or ({} if as_json else _free_names())
    _write(rows, targets, force=force)
    files = " and ".join(path.as_posix() for path in targets.values())
    stopped = "" if whole else f"Stopped: {sum(row.trouble != STOPPED for row in rows)} of {len(rows)} were graded. "
    written = f" Written to {files}." if files else ""
    print(f"{stopped}{summary(rows)}{written}", file=sys.stderr if as_json else sys.stdout)
    return whole and all(row.is_complete for row in rows)


def _refuse_bad_targets(targets: Targets, *, force: bool) -> None:
    """Refuse files that cannot be written, before the grading begins.

    Raises:
        CallError: a file exists, its folder doesn't, or both names are the same.
    """
    for kind, path in targets.items():
        if not path.parent.is_dir():
            raise CallError(f"--{kind} {path}: there is no folder {path.parent}.")
        if path.is_dir():
            raise CallError(f"--{kind} {path} is a folder. Name a file.")
        if path.exists() and not force:
            raise CallError(f"--{kind} {path} exists. Choose another name, or add --force to write over it.")
    if len({path.resolve() for path in targets.values()}) < len(targets):
        raise CallError("--csv and --html name the same file.")


def _free_names() -> Targets:
    """grades.csv and grades.html, or the first numbered pair of which neither file exists."""
    names = itertools.chain(["grades"], (f"grades-{number}" for number in itertools.count(2)))
    pairs = ({"csv": Path(f"{name}.csv"), "html": Path(f"{name}.html")} for name in names)
    return next(pair for pair in pairs if not any(path.exists() for path in pair.values()))


def _write(rows: list[Row], targets: Targets, *, force: bool) -> None:
    """Write the files. The CSV begins with a byte order mark, because spreadsheets need it to read letters such as ö.

    Raises:
        CourseError: a file could not be written.
    """
    for kind, path in targets.items():
        text, encoding = (as_csv(rows), "utf-8-sig") if kind == "csv" else (as_html(rows), "utf-8")
        try:
            with path.open("w" if force else "x", encoding=encoding, newline="") as file:
                file.write(text)
        except OSError as error:
            raise CourseError(f"{path} could not be written: {error.strerror}.") from None


class _Bars(Progress):
    """Progress on standard error: a bar for the folder, a bar for each notebook that is being graded, and a line for each that is done."""

    def __init__(self, rows: list[Row]) -> None:
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.fields[count]}"))
        console = Console(stderr=True)
        super().__init__(
            *columns, TimeElapsedColumn(), console=console, transient=True, disable=not console.is_terminal
        )
        self._rows, self._done, self._bars = rows, 0, dict[Path, TaskID]()
        self._all = self.add_task("all notebooks", total=len(rows), count=f"0 of {len(rows)}")

    def begun(self, row: Row) -> None:
        self._bars[row.path] = self.add_task(row.name, total=None, count="")

    def cell_done(self, row: Row, done: int, total: int) -> None:
        self.update(self._bars[row.path], completed=done, total=total, count=f"cell {done} of {total}")

    def ended(self, row: Row, *, again: bool) -> None:
        self.remove_task(self._bars.pop(row.path))
        self._done += not again
        self.update(self._all, completed=self._done, count=f"{self._done} of {len(self._rows)}")
        said = "too slow beside another; once more alone, at the end" if again else _in_short(row)
        line = f"{self._done:>{len(str(len(self._rows)))}}/{len(self._rows)}  {row.name}: {said}"
        self.console.print(line, markup=False, highlight=False, soft_wrap=True)


def _in_short(row: Row) -> str:
    return row.trouble or f"{row.passed} of {len(row.grades)} passed"
