"""Strict nbval again and again while other programs keep all processors busy: `make busy` counts the runs that pass. Not part of `make test`."""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator

from rich.console import Console

from coursekit.course.errors import CourseError
from coursekit.course.lessons import this_course

RUNS = 20
LESSONS = ["06", "07"]
"""Where time matters most."""
console = Console()


@contextlib.contextmanager
def busy(programs: int) -> Iterator[None]:
    """That many programs that compute and never wait."""
    running = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(programs)]
    try:
        yield
    finally:
        for program in running:
            program.kill()
            program.wait()


def run(notebooks: list[str]) -> list[str]:
    """The cells that were not as stored, by name."""
    command = [sys.executable, "-m", "pytest", "--nbval", *notebooks, "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=this_course().root, capture_output=True, text=True)
    failed = re.findall(r"^(?:FAILED|ERROR) (\S+::\S+.*?)(?: - .*)?$", done.stdout, re.MULTILINE)
    return failed if done.returncode == 0 or failed else [f"pytest ended with {done.returncode}: {done.stdout[-500:]}"]


def main() -> None:
    """Run, count, print; exit 1 when a run did not pass."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("lessons", nargs="*", default=LESSONS, help="such as 07; all with `all`")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--programs", type=int, default=2 * (os.cpu_count() or 1), help="that keep the processors busy")
    given = parser.parse_args()
    try:
        course = this_course()
        named = [] if given.lessons == ["all"] else given.lessons
        sittings = [one for word in named for one in course.find_sittings(word)] or course.sittings()
    except CourseError as error:
        parser.error(str(error))
    notebooks = [f"{place}/{one.name}.ipynb" for one in sittings for place in ("notebooks", "solutions")]
    console.print(f"{' '.join(notebooks)}\n{given.programs} programs keep {os.cpu_count()} processors busy")
    passed = 0
    with busy(given.programs):
        for number in range(1, given.runs + 1):
            start = time.perf_counter()
            failed = run(notebooks)
            passed += not failed
            said = "passed" if not failed else f"FAILED {len(failed)}: " + "; ".join(failed)
            console.print(f"run {number}: {time.perf_counter() - start:.0f} s, {said}", markup=False, highlight=False)
    console.print(f"{passed} of {given.runs} runs passed")
    sys.exit(passed < given.runs)


if __name__ == "__main__":
    main()
