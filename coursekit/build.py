"""Make `notebooks/`, `solutions/` and `app_snippets/stages/` from `lessons/`, and say whether they are current."""

import asyncio
import functools
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from coursekit.exercise import Lesson, load
from coursekit.lessons import CallError, CourseError, LessonFolder, bound_names, cut, fill_prediction, lesson_folders
from coursekit.notebook_tools import CellTimeoutError, DeadKernelError, NotebookClient, jupytext, nbformat
from coursekit.rulebook import RULES_TABLE, rules_table

T = TypeVar("T")
KIT_NAMES = {"check", "hint", "solution", "predict", "progress", "review", "run_tests", "show", "serve"}
CELL_LIMIT = 120
"""Seconds that one cell may take."""

# Modules that no notebook runs: a change in them makes no output stale.
_NOT_IN_NOTEBOOKS = {
    "answers",
    "build",
    "capstone",
    "certificate",
    "cli",
    "curl",
    "export",
    "grade",
    "graded",
    "lab",
    "notebook_tools",
    "rulebook",
    "workspace",
}
_MANIFEST = "notebooks/.built.json"
_SERVICE = ("app_snippets/tasks_api", "specs", "templates", ".specify")
_CALL = re.compile(r'^(check|predict)\("([^"]+)"')
_METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


@dataclass(frozen=True)
class Trouble:
    """Why a built file is not current, and the command that mends it."""

    file: str
    reason: str
    lesson: str

    def __str__(self) -> str:
        return f"{self.file} {self.reason}. Type: course build {self.lesson}".rstrip()


def stage_name(folder: LessonFolder) -> str:
    """The module of `app_snippets.stages` that holds the API after this lesson."""
    return f"after_{folder.name}"


def suite_name(folder: LessonFolder) -> str:
    """The module of `app_snippets.stages` that holds the API's tests after this lesson."""
    return f"test_after_{folder.name}"


def render(lesson: Lesson, *, solved: bool) -> nbformat.NotebookNode:
    """A lesson as a notebook that has not run yet: stubs or solutions, stable cell ids, no outputs.

    Raises:
        CourseError: lesson.md is not a sound lesson; the message names the line.

    """
    folder = lesson.folder
    source = _parsed(folder.source.read_text(encoding="utf-8"))
    lines = _code_lines(folder)
    answers = {one.id: one.answer for one in lesson.predictions.values()}
    cells, ids = [], _cell_ids()
    for cell in source.cells:
        if cell.cell_type == "markdown":
            cells.append(nbformat.v4.new_markdown_cell(cell.source, id=ids(cell.source)))
            continue
        where = f"lessons/{folder.name}/lesson.md, line {next(lines)}"
        tags = list(cell.metadata.get("tags", []))
        text = _cell_text(cell.source, tags, where, solved=solved)
        text = fill_prediction(text, answers) if solved else text
        cells.append(nbformat.v4.new_code_cell(text, id=ids(""), metadata=_cell_metadata(tags)))
    notebook: nbformat.NotebookNode = nbformat.v4.new_notebook(cells=cells, metadata=_METADATA)
    notebook.nbformat_minor = 5
    return notebook


def _cell_metadata(tags: list[str]) -> dict[str, Any]:
    """What a code cell carries: its tags. JupyterLab folds the source of a `folded` one; its output stays in view."""
    folded = {"jupyter": {"source_hidden": True}} if "folded" in tags else {}
    return ({"tags": tags} if tags else {}) | folded


@functools.lru_cache
def _parsed(text: str) -> nbformat.NotebookNode:
    """A lesson's cells. Whoever builds a lesson needs the stages of all lessons before it."""
    cells: nbformat.NotebookNode = jupytext.reads(text, fmt="md:myst")
    return cells


def _code_lines(folder: LessonFolder) -> Iterator[int]:
    """The line of lesson.md at which each code cell begins."""
    for number, line in enumerate(folder.source.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("```{code-cell}"):
            yield number


def _cell_text(source: str, tags: list[str], where: str, *, solved: bool) -> str:
    has_exercise = any(tag.startswith(("exercise-", "part-")) for tag in tags)
    if has_exercise and "### BEGIN SOLUTION" not in source:
        raise CourseError(
            f"{where}: an exercise's cell needs its solution between `### BEGIN SOLUTION` and `### END SOLUTION`."
        )
    if not has_exercise and "### BEGIN SOLUTION" in source:
        raise CourseError(f"{where}: a cell with a solution needs a tag such as `:tags: [exercise-1.4]`.")
    try:
        return cut(source, solved=solved)
    except ValueError as error:
        raise CourseError(f"{where}: {error}.") from None


def _cell_ids() -> Callable[[str], str]:
    """Ids from the heading above a cell and its place below it, so that a changed sentence changes one line."""
    slug, count, used = "top", 0, set()

    def next_id(markdown: str) -> str:
        nonlocal slug, count
        heading = re.match(r"#{1,6} +(.+)", markdown)
        if heading:
            base = re.sub(r"[^a-z0-9]+", "-", heading[1].lower()).strip("-")[:48] or "section"
            slug, count = base, 0
            while f"{slug}-1" in used:
                slug = f"{slug}-again"
        count += 1
        used.add(f"{slug}-{count}")
        return f"{slug}-{count}"

    return next_id


def refuse_mistakes(lesson: Lesson) -> None:
    """Hold lesson.md against exercises.py.

    Raises:
        CourseError: the first thing that does not fit, with its line.

    """
    folder = lesson.folder
    cells = [cell for cell in render(lesson, solved=False).cells if cell.cell_type == "code"]
    asked: dict[str, set[str]] = {"check": set(), "predict": set(), "exercise": set()}
    for cell, line, following in zip(cells, _code_lines(folder), [*cells[1:], None], strict=True):
        where = f"lessons/{folder.name}/lesson.md, line {line}"
        call = _CALL.match(cell.source)
        if call:
            known = lesson.exercises if call[1] == "check" else lesson.predictions
            if call[2] not in known:
                raise CourseError(
                    f'{where}: {call[1]}("{call[2]}") asks for something that exercises.py does not declare.'
                )
            asked[call[1]].add(call[2])
        for id_ in _exercise_tags(cell):
            if id_ not in lesson.exercises:
                raise CourseError(
                    f"{where}: the tag exercise-{id_} names an exercise that exercises.py does not declare."
                )
            if following is None or following.source != f'check("{id_}")':
                raise CourseError(f'{where}: the cell after exercise {id_} must be check("{id_}").')
            asked["exercise"].add(id_)
        overwritten = KIT_NAMES & (bound_names(cell.source) or set())
        if overwritten and "from coursekit import" not in cell.source:
            raise CourseError(f"{where}: the cell gives `{min(overwritten)}` another meaning; that name is the kit's.")
    for kind, declared in (
        ("exercise", lesson.exercises),
        ("check", lesson.exercises),
        ("predict", lesson.predictions),
    ):
        for id_ in declared:
            if id_ not in asked[kind]:
                raise CourseError(
                    f"lessons/{folder.name}/lesson.md has no {kind} cell for {id_}, which exercises.py declares."
                )


def _exercise_tags(cell: Any) -> list[str]:
    return [tag.removeprefix("exercise-") for tag in cell.metadata.get("tags", []) if tag.startswith("exercise-")]


def stage_source(lesson: Lesson) -> str | None:
    """The cells tagged `stage` as one module; None when the lesson has none."""
    return _module(lesson.folder, "stage", "The API")


def suite_source(lesson: Lesson) -> str | None:
    """The cells tagged `suite` as one file of tests; None when the lesson has none."""
    return _module(lesson.folder, "suite", "The API's tests")


def _module(folder: LessonFolder, tag: str, what: str) -> str | None:
    source = _parsed(folder.source.read_text(encoding="utf-8"))
    tagged = [cell.source for cell in source.cells if tag in cell.metadata.get("tags", [])]
    try:
        cells = [cut(cell, solved=True) for cell in tagged]
    except ValueError as error:
        raise CourseError(f"lessons/{folder.name}/lesson.md, a cell with the tag {tag}: {error}.") from None
    if not cells:
        return None
    docstring = f'"""{what} after lesson {folder.name[:2]}, {folder.title}. Built from lessons/{folder.name}/lesson.md by `course build`."""'
    between = "\n\n" if tag == "stage" else "\n\n\n"
    return f"{docstring}\n\n{between.join(cells)}\n"


def stage_files(lesson: Lesson) -> dict[str, str]:
    """What a lesson puts into `app_snippets/stages`: the text of each file."""
    made = {stage_name(lesson.folder): stage_source(lesson), suite_name(lesson.folder): suite_source(lesson)}
    return {f"app_snippets/stages/{name}.py": text for name, text in made.items() if text is not None}


async def execute(
    notebook: nbformat.NotebookNode, folder: LessonFolder, cell_done: Callable[[], None] = lambda: None
) -> None:
    """Run a notebook in a kernel of its own, in an empty folder, and keep only what every run gives.

    Raises:
        CourseError: a cell raises that is not marked so, or does not raise though it is, or writes to stderr, or does not end.

    """
    with tempfile.TemporaryDirectory() as nowhere:
        client = NotebookClient(
            notebook,
            timeout=CELL_LIMIT,
            kernel_name="python3",
            allow_errors=True,
            record_timing=False,
            store_widget_state=False,
            extra_arguments=["--IPKernelApp.log_level=40"],
            resources={"metadata": {"path": nowhere}},
            on_cell_executed=lambda **_: cell_done(),
        )
        try:
            await client.async_execute()
        except DeadKernelError:
            raise CourseError(f"lessons/{folder.name}/lesson.md: the kernel died while the lesson ran.") from None
        except CellTimeoutError:
            begun = sum(cell.get("execution_count") is not None for cell in notebook.cells)
            where = f"lessons/{folder.name}/lesson.md, line {list(_code_lines(folder))[begun - 1]}"
            raise CourseError(f"{where}: the cell does not end within {CELL_LIMIT} seconds.") from None
    notebook.metadata = nbformat.from_dict(_METADATA)  # the kernel has added its Python's version
    lines = _code_lines(folder)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            where = f"lessons/{folder.name}/lesson.md, line {next(lines)}"
            cell.metadata.pop("execution", None)
            cell.outputs = _joined(cell.outputs)
            _refuse_bad_outputs(cell, where)


def _joined(outputs: list[Any]) -> list[Any]:
    """Outputs with the pieces of one stream joined: how a stream is cut up differs from run to run."""
    joined: list[Any] = []
    for output in outputs:
        last = joined[-1] if joined else None
        if last is not None and output.output_type == "stream" == last.output_type and output.name == last.name:
            last.text += output.text
        else:
            output.pop("transient", None)
            joined.append(output)
    return joined


def _refuse_bad_outputs(cell: Any, where: str) -> None:
    may_raise = "raises-exception" in cell.metadata.get("tags", [])
    errors = [output for output in cell.outputs if output.output_type == "error"]
    if errors and not may_raise:
        raise CourseError(f"{where}: the cell raises {errors[0].ename}: {errors[0].evalue}")
    if may_raise and not errors:
        raise CourseError(f"{where}: the cell is marked raises-exception, and does not raise.")
    for output in cell.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            raise CourseError(f"{where}: the cell writes to stderr: {output.text.strip()[:200]}")


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def source_digest(lesson: Lesson, root: Path) -> str:
    """A digest of everything that the lesson's built files depend on: text, checks, the stages before, the kit, the pins."""
    kit = [path for path in sorted((root / "coursekit").glob("*.py")) if path.stem not in _NOT_IN_NOTEBOOKS]
    earlier = [one for one in lesson_folders(root) if one.name < lesson.folder.name]
    others = [lesson.folder.path / "exercises.py", *kit, root / "requirements.lock"]
    text = lesson.folder.source.read_text(encoding="utf-8")
    if "progress()" in text:  # its output lists all lessons
        others += [file for one in lesson_folders(root) for file in (one.source, one.path / "exercises.py")]
    if "capstone(" in text:
        others += [root / "coursekit" / file for file in ("capstone.py", "certificate.py")]
    if "review(" in text or "capstone(" in text:
        others += sorted((root / "tenpoint").rglob("*.py"))
    if "tasks_api" in text:  # it shows and runs the service
        places = [root / place for place in _SERVICE]
        others += [file for place in places for file in sorted(place.rglob("*")) if file.suffix in (".py", ".md")]
    stages = [(stage_source(load(one)) or "").encode() for one in earlier]
    return _digest(lesson.folder.source.read_bytes(), *(path.read_bytes() for path in others if path.exists()), *stages)


def built_files(lesson: Lesson) -> list[str]:
    """The files that are made from a lesson, seen from the root."""
    name = lesson.folder.name
    return [f"notebooks/{name}.ipynb", f"solutions/{name}.ipynb", *stage_files(lesson)]


def read_manifest(root: Path) -> dict[str, Any]:
    """What the last build noted: for each lesson its source digest and the digests of its built files."""
    try:
        manifest: dict[str, Any] = json.loads((root / _MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest


def troubles(root: Path, wanted: list[LessonFolder]) -> list[Trouble]:
    """Everything that is stale, hand-edited, missing or left over, for the wanted lessons; nothing is run.

    Raises:
        CourseError: a lesson is not sound.

    """
    manifest, found = read_manifest(root), []
    for folder in wanted:
        lesson = load(folder)
        refuse_mistakes(lesson)
        noted = manifest.get(folder.name, {})
        stale = noted.get("source") != source_digest(lesson, root)
        for file in built_files(lesson):
            path = root / file
            if not path.exists():
                found.append(Trouble(file, "is missing", folder.name))
            elif stale:
                found.append(
                    Trouble(
                        file,
                        f"is stale: lessons/{folder.name}, the kit or a pin has changed since it was built",
                        folder.name,
                    )
                )
            elif _digest(path.read_bytes()) != noted.get("files", {}).get(file):
                found.append(Trouble(file, "was edited by hand: edit lessons/ instead", folder.name))
    table = rules_table(root)
    if table is not None and _read(root / RULES_TABLE) != table:
        found.append(Trouble(RULES_TABLE, "is not what the lessons say", ""))
    return found + [Trouble(file, "is left over: no lesson makes it", "") for file in left_over(root)]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def left_over(root: Path) -> list[str]:
    """Built files that no lesson makes any more."""
    made = {file for folder in lesson_folders(root) for file in built_files(load(folder))}
    there = [
        *(root / "notebooks").glob("*.ipynb"),
        *(root / "solutions").glob("*.ipynb"),
        *(path for path in (root / "app_snippets/stages").glob("*.py") if path.name != "__init__.py"),
    ]
    return sorted({path.relative_to(root).as_posix() for path in there} - made)


class Progress(Protocol):
    """What a build tells somebody who waits."""

    def start_lesson(self, lesson: str, cells: int) -> None:
        """A lesson begins; `cells` code cells are to run."""

    def cell_done(self, lesson: str) -> None:
        """One of them has run."""


async def build(root: Path, wanted: list[LessonFolder], progress: Progress) -> list[str]:
    """Build what is not current among the wanted lessons, as many at once as there are processors.

    Returns:
        The files written or removed.

    Raises:
        CourseError: a lesson is not sound or a cell fails. The other lessons are built all the same.

    """
    stale = {trouble.lesson for trouble in troubles(root, wanted)}
    lessons = [load(folder) for folder in wanted if folder.name in stale]
    written = [_remove(root, file) for file in left_over(root)]
    for lesson in lessons:  # all stages first: a later lesson's notebook imports them
        written += _write_stage(root, lesson)
    places = asyncio.Semaphore(os.cpu_count() or 1)
    table = rules_table(root)
    if table is not None and _read(root / RULES_TABLE) != table:
        _write(root / RULES_TABLE, table.encode())
        written.append(RULES_TABLE)
    built = await _all_of([_build_lesson(root, lesson, places, progress) for lesson in lessons])
    return written + [file for files in built for file in files]


async def _all_of(work: list[Coroutine[Any, Any, T]]) -> list[T]:
    """Wait for all, also when one fails: a notebook that is cut off in the middle would leave its kernel behind.

    Raises:
        CourseError: all that failed, a line each.

    """
    results = await asyncio.gather(*work, return_exceptions=True)
    failures = [result for result in results if isinstance(result, BaseException)]
    for failure in failures:
        if not isinstance(failure, CourseError):
            raise failure
    if failures:
        raise CourseError("\n".join(dict.fromkeys(map(str, failures))))
    return [result for result in results if not isinstance(result, BaseException)]


def _remove(root: Path, file: str) -> str:
    (root / file).unlink()
    return file


def _write_stage(root: Path, lesson: Lesson) -> list[str]:
    files = stage_files(lesson)
    for file, text in files.items():
        _write(root / file, text.encode())
    return list(files)


async def _build_lesson(root: Path, lesson: Lesson, places: asyncio.Semaphore, progress: Progress) -> list[str]:
    name = lesson.folder.name
    notebooks = {
        f"notebooks/{name}.ipynb": render(lesson, solved=False),
        f"solutions/{name}.ipynb": render(lesson, solved=True),
    }
    progress.start_lesson(
        name, sum(cell.cell_type == "code" for notebook in notebooks.values() for cell in notebook.cells)
    )

    async def run(notebook: nbformat.NotebookNode) -> None:
        async with places:
            await execute(notebook, lesson.folder, lambda: progress.cell_done(name))

    await _all_of([run(notebook) for notebook in notebooks.values()])
    for file, notebook in notebooks.items():
        nbformat.validate(notebook)
        _write(root / file, (nbformat.writes(notebook) + "\n").encode())
    _note(root, lesson)
    return list(notebooks)


def _note(root: Path, lesson: Lesson) -> None:
    """Record what was built from what."""
    manifest = read_manifest(root)
    files = {file: _digest((root / file).read_bytes()) for file in built_files(lesson)}
    manifest[lesson.folder.name] = {"source": source_digest(lesson, root), "files": files}
    present = {folder.name for folder in lesson_folders(root)}
    kept = {name: manifest[name] for name in sorted(manifest) if name in present}
    _write(root / _MANIFEST, (json.dumps(kept, indent=1) + "\n").encode())


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.replace(path)


def find_lessons(root: Path, words: list[str]) -> list[LessonFolder]:
    """The lessons that were named (`01`, `1`, `01_routes`, `routes`); all when none was.

    Raises:
        CourseError: there is no such lesson.

    """
    folders = lesson_folders(root)
    by_word = {
        word: folder for folder in folders for word in (folder.name, folder.name[:2], folder.number, folder.name[3:])
    }
    for word in words:
        if word.strip("/").removeprefix("lessons/") not in by_word:
            raise CallError(f"There is no lesson {word!r}. There are: {', '.join(folder.name for folder in folders)}.")
    return [by_word[word.strip("/").removeprefix("lessons/")] for word in words] or folders
