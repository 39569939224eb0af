"""The wheel: installed outside a clone, it brings the lessons and what they read."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from coursekit.course.lessons import this_course

ROOT = this_course().root

pytestmark = pytest.mark.reads_everything


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel would put into site-packages."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        folder,
    ]
    subprocess.run([*build, ROOT], check=True, stdout=subprocess.DEVNULL)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site-packages")
    return folder / "site-packages"


def run(installed: Path, folder: Path, program: str) -> str:
    """What a program prints that sees the installed packages first, as a Python sees its site-packages."""
    data = installed / (installed / "fastapi_course.pth").read_text(encoding="utf-8").strip()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(installed), str(data)]), "HOME": str(folder)}
    for name in ("COURSE_ROOT", "COURSE_WORKSPACE"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-P", "-c", program], cwd=folder, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_lessons_come_with_it(installed: Path, tmp_path: Path) -> None:
    said = run(
        installed,
        tmp_path,
        "from coursekit.course.lessons import this_course\n"
        "from coursekit.desk import workspace as work\n"
        "course = this_course()\n"
        "folder = work.workspace_folder(course)\n"
        "print(course.is_installed, folder, len(work.deliver(course, folder)), work.next_notebook(course, folder))",
    )
    assert said == f"True {tmp_path / 'fastapi-course'} {len(this_course().sittings())} 00_1_start_here\n"
    assert (tmp_path / "fastapi-course" / "12_1_capstone.ipynb").exists()


def test_a_lesson_finds_its_checks_its_cells_and_the_specs(installed: Path, tmp_path: Path) -> None:
    said = run(
        installed,
        tmp_path,
        "from pathlib import Path\nimport app_snippets\n"
        "from coursekit.course.declarations import load\nfrom coursekit.course.lessons import this_course\n"
        "lesson = load(this_course().find_lesson('12'))\n"
        "root = Path(app_snippets.__file__).parent.parent\n"
        "print(len(lesson.exercises), len(lesson.folder.cells.cells) > 10, (root / 'specs/errands/spec.md').exists())",
    )
    number = (ROOT / "lessons/12_capstone/exercises.py").read_text(encoding="utf-8").count("@exercise(")
    assert said == f"{number} True True\n"


def test_only_packages_stand_beside_other_packages(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()}
    assert names >= {"coursekit", "tenpoint", "fastapi_course", "fastapi_course.pth"}
    assert not names & {"tests", "app_snippets", "lessons", "notebooks"}, (
        "what is not a package would be in everybody's way"
    )
