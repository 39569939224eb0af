"""Every exercises.py holds what the rest of the kit holds: mypy's strict rules."""

import subprocess
import sys
from pathlib import Path

from coursekit.course.lessons import this_course

ROOT = this_course().root


def test_the_exercises_are_typed() -> None:
    folder = ROOT / ".mypy_cache" / "exercises"  # a module's name cannot begin with a digit, as a lesson's folder does
    folder.mkdir(parents=True, exist_ok=True)
    sources = {f"exercises_{one.name[:2]}.py": one.path / "exercises.py" for one in this_course().lessons()}
    for name, source in sources.items():
        (folder / name).unlink(missing_ok=True)
        (folder / name).symlink_to(source)
    files = [str(folder / name) for name in sources] + [str(ROOT / "lessons" / "advice.py")]
    done = subprocess.run([sys.executable, "-m", "mypy", *files], cwd=ROOT, capture_output=True, text=True)
    said = done.stdout
    for name, source in sources.items():
        said = said.replace(str(Path(".mypy_cache/exercises") / name), source.relative_to(ROOT).as_posix())
    assert done.returncode == 0, said + done.stderr
