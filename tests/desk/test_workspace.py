"""The learner's workspace: lessons are delivered once, and nothing that the learner wrote is ever lost."""

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coursekit.building.freshness import write_index
from coursekit.course.errors import CourseError
from coursekit.course.lessons import Course, Sitting
from coursekit.desk import workspace as work


def notebook(*sources: str, output: str = "200\n", **metadata: object) -> str:
    """A notebook that has been run, as text."""
    cells: list[dict[str, object]] = [{"cell_type": "markdown", "id": "t", "metadata": {}, "source": ["# A lesson"]}]
    for number, source in enumerate(sources, 1):
        printed = [{"name": "stdout", "output_type": "stream", "text": [output]}]
        cells.append(
            {"cell_type": "code", "execution_count": number, "id": f"c{number}", "metadata": {}, "outputs": printed}
            | {"source": source.splitlines(keepends=True)}
        )
    return json.dumps({"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"


def add_sitting(source: Path) -> None:
    """A sitting without cells, and its index."""
    source.write_text("# 01 · Routes\n", encoding="utf-8")
    write_index(Sitting(source))


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two lessons."""
    folder = tmp_path / "the course"
    (folder / "notebooks").mkdir(parents=True)
    for name in ("00_start_here", "01_routes"):
        (folder / "lessons" / name).mkdir(parents=True)
        add_sitting(folder / "lessons" / name / f"1_{name[3:]}.md")
    (folder / "notebooks" / "00_1_start_here.ipynb").write_text(notebook("print(200)"), encoding="utf-8")
    (folder / "notebooks" / "01_1_routes.ipynb").write_text(notebook("x = 'é'\n", "print(x)"), encoding="utf-8")
    return folder


@pytest.fixture
def workspace(course: Path, tmp_path: Path) -> Path:
    """A workspace, with a name that needs care, to which the lessons have been delivered."""
    folder = tmp_path / "Mein schöner Kurs"
    assert work.deliver(Course(course), folder) == ["00_1_start_here", "01_1_routes"]
    return folder


def code_cells(path: Path) -> list[dict[str, object]]:
    return [cell for cell in json.loads(path.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]


def do_some_work(path: Path) -> bytes:
    """Change a notebook as a learner does, and return what it holds now."""
    path.write_text(path.read_text("utf-8").replace("print(", "print('mine', "), encoding="utf-8")
    return path.read_bytes()


def change_lesson(course: Path, name: str = "01_1_routes") -> None:
    (course / "notebooks" / f"{name}.ipynb").write_text(notebook("print('better')"), encoding="utf-8")


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- deliver ---


def test_a_delivered_lesson_has_no_outputs_and_nothing_else_differs(course: Path, workspace: Path) -> None:
    first, second = code_cells(workspace / "01_1_routes.ipynb")
    assert (first["outputs"], first["execution_count"]) == ([], None)
    assert (second["outputs"], second["execution_count"]) == ([], None)
    with_outputs = json.loads((course / "notebooks" / "01_1_routes.ipynb").read_text("utf-8"))
    for cell in with_outputs["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"], "the course's own copy keeps its outputs"
            cell["outputs"], cell["execution_count"] = [], None
    assert json.loads((workspace / "01_1_routes.ipynb").read_text("utf-8")) == with_outputs


def test_what_is_there_is_never_overwritten(course: Path, workspace: Path) -> None:
    mine = do_some_work(workspace / "01_1_routes.ipynb")
    (workspace / "00_1_start_here.ipynb").unlink()
    change_lesson(course)
    assert work.deliver(Course(course), workspace) == ["00_1_start_here"]
    assert (workspace / "01_1_routes.ipynb").read_bytes() == mine


def test_a_folder_or_a_broken_link_in_a_lessons_place_stays(course: Path, tmp_path: Path) -> None:
    folder = tmp_path / "w"
    (folder / "00_1_start_here.ipynb").mkdir(parents=True)
    (folder / "01_1_routes.ipynb").symlink_to("nowhere")
    assert work.deliver(Course(course), folder) == []
    assert (folder / "00_1_start_here.ipynb").is_dir()
    assert (folder / "01_1_routes.ipynb").is_symlink()


def test_a_folder_with_other_things_in_it_keeps_them(course: Path, tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    (tmp_path / "w" / "01_1_routes.ipynb").write_text("my own notes")
    assert work.deliver(Course(course), tmp_path / "w") == ["00_1_start_here"]
    assert (tmp_path / "w" / "01_1_routes.ipynb").read_text() == "my own notes"


@pytest.mark.parametrize("content", ["", "not JSON", "[]", "{}", '{"cells": [{}]}', '{"cells": [1]}'])
def test_a_damaged_lesson_is_named(course: Path, tmp_path: Path, content: str) -> None:
    (course / "notebooks" / "00_1_start_here.ipynb").write_text(content)
    with pytest.raises(CourseError, match=r"00_1_start_here\.ipynb is damaged\. `git checkout notebooks`"):
        work.deliver(Course(course), tmp_path / "w")


def test_a_course_without_lessons_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"There are no notebooks in .*`git checkout notebooks`"):
        work.deliver(Course(tmp_path), tmp_path / "w")


# --- update ---


def test_an_update_brings_what_is_new_or_changed(course: Path, workspace: Path) -> None:
    change_lesson(course)
    change_lesson(course, "02_1_models")
    done = work.update(Course(course), workspace)
    assert (done.new, done.changed, done.left_alone) == (["02_1_models"], ["01_1_routes"], [])
    assert "better" in (workspace / "01_1_routes.ipynb").read_text("utf-8")
    assert work.update(Course(course), workspace) == work.Update()


def test_an_update_leaves_a_touched_notebook_alone_until_it_is_reset(course: Path, workspace: Path) -> None:
    mine = do_some_work(workspace / "01_1_routes.ipynb")
    assert work.update(Course(course), workspace) == work.Update(), "touched, but nothing newer is there"
    change_lesson(course)
    for _ in range(2):
        assert work.update(Course(course), workspace) == work.Update(left_alone=["01_1_routes"])
        assert (workspace / "01_1_routes.ipynb").read_bytes() == mine
    work.reset(Course(course), workspace, "01")
    assert work.update(Course(course), workspace) == work.Update()


def test_a_notebook_that_was_only_looked_at_is_not_touched(course: Path, workspace: Path) -> None:
    path = workspace / "01_1_routes.ipynb"
    seen = json.loads(path.read_text("utf-8"))
    seen["metadata"]["language_info"] = {"name": "python", "version": "3.11.7"}  # as JupyterLab saves it
    seen["cells"][1]["source"] = "".join(seen["cells"][1]["source"])
    path.write_text(json.dumps(seen), encoding="utf-8")
    change_lesson(course)
    assert work.update(Course(course), workspace).changed == ["01_1_routes"]


def test_a_notebook_that_was_only_run_is_touched(course: Path, workspace: Path) -> None:
    path = workspace / "01_1_routes.ipynb"
    run = json.loads(path.read_text("utf-8"))
    run["cells"][1]["outputs"] = [{"name": "stdout", "output_type": "stream", "text": ["é"]}]
    path.write_text(json.dumps(run), encoding="utf-8")
    change_lesson(course)
    assert work.update(Course(course), workspace).left_alone == ["01_1_routes"]


@pytest.mark.parametrize("noted", ["", "{", "[]", "null", '{"01_1_routes": 7}'])
def test_without_its_notes_an_update_touches_nothing(course: Path, workspace: Path, noted: str) -> None:
    (workspace / ".course" / "delivered.json").write_text(noted)
    change_lesson(course)
    assert work.update(Course(course), workspace) == work.Update(left_alone=["01_1_routes"])


def test_a_file_that_is_no_notebook_is_left_alone(course: Path, workspace: Path) -> None:
    (workspace / "01_1_routes.ipynb").write_bytes(b"\xff\x00 half a file")
    change_lesson(course)
    assert work.update(Course(course), workspace).left_alone == ["01_1_routes"]
    assert (workspace / "01_1_routes.ipynb").read_bytes() == b"\xff\x00 half a file"


def test_update_and_reset_make_no_workspace(course: Path, tmp_path: Path) -> None:
    for command in (
        lambda: work.update(Course(course), tmp_path / "typo"),
        lambda: work.reset(Course(course), tmp_path / "typo", "1"),
    ):
        with pytest.raises(CourseError, match=r"There is no workspace in .*typo yet"):
            command()
    assert not (tmp_path / "typo").exists()


# --- reset ---


def test_a_reset_keeps_every_copy_of_the_learners(course: Path, workspace: Path) -> None:
    fresh = (workspace / "01_1_routes.ipynb").read_bytes()
    for kept in ("01_1_routes.mine.ipynb", "01_1_routes.mine-2.ipynb", "01_1_routes.mine-3.ipynb"):
        mine = do_some_work(workspace / "01_1_routes.ipynb")
        assert work.reset(Course(course), workspace, "routes") == [("01_1_routes", workspace / kept)]
        assert (workspace / kept).read_bytes() == mine
        assert (workspace / "01_1_routes.ipynb").read_bytes() == fresh


def test_a_reset_of_what_nobody_touched_keeps_nothing(course: Path, workspace: Path) -> None:
    assert work.reset(Course(course), workspace, "01") == [("01_1_routes", None)]
    (workspace / "01_1_routes.ipynb").unlink()
    assert work.reset(Course(course), workspace, "01") == [("01_1_routes", None)]
    assert sorted(path.name for path in workspace.glob("*.ipynb")) == [
        "00_1_start_here.ipynb",
        "01_1_routes.ipynb",
        "index.ipynb",
    ]


def test_a_folder_in_a_lessons_place_is_kept_too(course: Path, workspace: Path) -> None:
    (workspace / "01_1_routes.ipynb").unlink()
    (workspace / "01_1_routes.ipynb" / "deep").mkdir(parents=True)
    assert work.reset(Course(course), workspace, "01")[0][1] == workspace / "01_1_routes.mine.ipynb"
    assert (workspace / "01_1_routes.mine.ipynb" / "deep").is_dir()


@pytest.mark.parametrize(
    "lesson",
    ["01", "1", "001", "01_routes", "routes", "Routes", " 01 ", "lessons/01_routes/"],
)
def test_a_lesson_has_many_names(course: Path, lesson: str) -> None:
    assert Course(course).find_lesson(lesson).name == "01_routes"


@pytest.mark.parametrize(
    "word", ["01", "routes", "01_1", "01_1_routes", "01_1_routes.ipynb", "w/01_1_routes.ipynb", "lists"]
)
def test_a_word_for_a_lesson_or_a_notebook_of_it(course: Path, word: str) -> None:
    (course / "lessons/01_routes/2_lists.md").touch()
    found = [sitting.name for sitting in Course(course).find_sittings(word)]
    both = ["01_1_routes", "01_2_lists"]
    assert found == (both if word in ("01", "routes") else both[1:] if word == "lists" else both[:1])


@pytest.mark.parametrize(
    "lesson", ["", "7", "route", "01_", "-1", "1.4", "²", "../01_routes/..", "all", "01_1_routes.mine"]
)
def test_an_unknown_lesson_gets_the_list(course: Path, lesson: str) -> None:
    with pytest.raises(CourseError, match=r"There is no lesson .*The lessons are: 00_start_here, 01_routes\.$"):
        Course(course).find_lesson(lesson)
    with pytest.raises(CourseError, match=r"There is no lesson .*The lessons are: 00_start_here, 01_routes\.$"):
        Course(course).find_sittings(lesson)


def test_a_notebook_that_the_course_has_cut_in_two_stays(course: Path, workspace: Path) -> None:
    mine = do_some_work(workspace / "01_1_routes.ipynb")
    (course / "notebooks/01_1_routes.ipynb").unlink()
    for name in ("1_paths", "2_bodies"):
        add_sitting(course / f"lessons/01_routes/{name}.md")
        (course / f"notebooks/01_{name}.ipynb").write_text(notebook("print(1)"), encoding="utf-8")
    (course / "lessons/01_routes/1_routes.md").unlink()
    done = work.update(Course(course), workspace)
    assert (done.new, done.gone) == (["01_1_paths", "01_2_bodies"], ["01_1_routes"])
    assert (workspace / "01_1_routes.ipynb").read_bytes() == mine
    said = run(course, "update", "--workspace", str(workspace)).stdout
    assert "01_1_routes: yours stays. The course has 01_1_paths and 01_2_bodies instead" in said


# --- which folder ---


def test_the_option_beats_the_environment_and_that_the_default(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COURSE_WORKSPACE", raising=False)
    assert work.workspace_folder(Course(course), None) == course / "workspace"
    monkeypatch.setenv("COURSE_WORKSPACE", "")
    assert work.workspace_folder(Course(course), None) == course / "workspace"
    monkeypatch.setenv("COURSE_WORKSPACE", str(tmp_path / "env"))
    assert work.workspace_folder(Course(course), None) == tmp_path / "env"
    assert work.workspace_folder(Course(course), str(tmp_path / "opt")) == tmp_path / "opt"
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert work.workspace_folder(Course(course), "~/lessons") == tmp_path / "lessons"


@pytest.mark.parametrize("part", [".", "notebooks", "notebooks/deep", "solutions", "lessons/01_routes", "link"])
def test_the_courses_own_folders_are_no_workspace(course: Path, part: str) -> None:
    (course / "link").symlink_to(course / "notebooks")
    with pytest.raises(CourseError, match="part of the course itself"):
        work.workspace_folder(Course(course), str(course / part))


@pytest.mark.parametrize("name", ["", "  ", "a\0b", "~nobody-of-this-name/x"])
def test_a_name_that_is_none_gets_a_message(course: Path, name: str) -> None:
    with pytest.raises(CourseError, match="--workspace"):
        work.workspace_folder(Course(course), name)


# --- when the disk does not play along ---


def test_a_file_where_the_folder_should_be(course: Path, tmp_path: Path) -> None:
    (tmp_path / "w").write_text("a letter")
    with pytest.raises(CourseError, match="w is a file, and a folder is needed there"):
        work.deliver(Course(course), tmp_path / "w")
    with pytest.raises(CourseError, match="w is a file, and a folder is needed there"):
        work.deliver(Course(course), tmp_path / "w" / "deeper")
    assert (tmp_path / "w").read_text() == "a letter"


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EROFS, "cannot be written to"),
        (errno.EACCES, "cannot be written to"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_a_failing_disk_loses_nothing(
    course: Path, workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int, told: str
) -> None:
    do_some_work(workspace / "01_1_routes.ipynb")
    change_lesson(course)
    change_lesson(course, "00_1_start_here")
    change_lesson(course, "02_1_models")
    before = everything_in(workspace)

    def fail(descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    for command in (
        lambda: work.deliver(Course(course), workspace),
        lambda: work.update(Course(course), workspace),
        lambda: work.reset(Course(course), workspace, "01"),
    ):
        with pytest.raises(CourseError, match=told) as caught:
            command()
        assert "\n" not in str(caught.value)
        assert everything_in(workspace) == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder(course: Path, workspace: Path) -> None:
    (workspace / "01_1_routes.ipynb").unlink()
    workspace.chmod(0o500)
    try:
        with pytest.raises(CourseError, match="cannot be written to"):
            work.deliver(Course(course), workspace)
    finally:
        workspace.chmod(0o700)


# --- on the command line ---


def run(course: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run `course` for another course than this one."""
    environment = {**os.environ, "COURSE_ROOT": str(course), "COLUMNS": "200"}
    return subprocess.run(
        [sys.executable, "-m", "coursekit.desk.command", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_commands_say_what_they_did(course: Path, workspace: Path) -> None:
    do_some_work(workspace / "01_1_routes.ipynb")
    change_lesson(course)
    updated = run(course, "update", "--workspace", str(workspace))
    assert (updated.returncode, updated.stderr) == (0, "")
    assert updated.stdout.startswith("01_1_routes: has changed, and you have worked in it, so it is left alone.")
    assert "`course reset 01_1_routes`" in updated.stdout
    done = run(course, "reset", "01", "--workspace", str(workspace))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "01_1_routes is as new. Your copy is 01_1_routes.mine.ipynb, beside it.\n"
    assert run(course, "update", "--workspace", str(workspace)).stdout == "All notebooks are up to date.\n"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["reset", "99"], 2, "There is no lesson '99'. The lessons are: 00_start_here, 01_routes."),
        (["reset"], 2, "Missing argument 'LESSON|NOTEBOOK'."),
        (["lab", "extra"], 2, "Got unexpected extra argument(s) (extra)."),
        (["fly"], 2, "No such command 'fly'."),
        (["--port", "70000"], 2, "Invalid value for '--port'"),
        (["--prot", "1"], 2, "No such option: --prot"),
        (["--workspace"], 2, "Option '--workspace' requires an argument."),
        (["update", "--workspace", "not there"], 1, "There is no workspace in "),
        (["--workspace", "notebooks/.."], 1, "part of the course itself"),
    ],
)
def test_an_error_is_one_line(
    course: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, told: str
) -> None:
    monkeypatch.chdir(course)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    result = run(course, *arguments)
    assert (result.returncode, result.stdout) == (status, "")
    assert told in result.stderr
    assert result.stderr.count("\n") == 1


def test_help_names_the_commands_and_version_the_versions(course: Path) -> None:
    shown = run(course, "--help")
    assert shown.returncode == 0
    for command in ("lab", "update", "reset"):
        assert command in shown.stdout
    assert run(course, "--version").stdout.startswith("course ")
