"""The course's speed and size beside the bars that they are held to: `make bench` prints a table. Not part of `make test`."""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import psutil
from jupyter_client.manager import start_new_kernel
from jupyter_client.provisioning.factory import KernelProvisionerFactory
from nbclient import NotebookClient
from rich.console import Console
from rich.table import Table

from coursekit.course.cells import cut
from coursekit.course.lessons import this_course
from coursekit.kernels import provisioner as kernels

ROOT = this_course().root
NOTEBOOKS = sorted([*(ROOT / "notebooks").glob("[0-9]*.ipynb"), *(ROOT / "solutions").glob("[0-9]*.ipynb")])
PROCESSES = os.cpu_count() or 1
ROUNDS = 50
console = Console()


@dataclass(frozen=True)
class Bar:
    """One measurement and what it is held to."""

    what: str
    value: float
    limit: float
    unit: str


def in_kernel(sources: list[str], folder: Path) -> str:
    """Run cells in a fresh kernel in this folder; return what the last one printed."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    client = NotebookClient(
        nbformat.v4.new_notebook(cells=cells),
        timeout=120,
        kernel_name="python3",
        allow_errors=True,
        resources={"metadata": {"path": str(folder)}},
        extra_arguments=["--IPKernelApp.log_level=40"],
    )
    client.execute()
    return "".join(output.get("text", "") for output in cells[-1].outputs)


def cells_of(path: Path) -> list[Any]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def check_times() -> list[Bar]:
    """The median of 50 checks that pass, and of 50 that fail, in a kernel with progress kept in a workspace."""
    solved = [cell.source for cell in cells_of(ROOT / "solutions" / "01_1_reading.ipynb")]
    ids = sorted({found for source in solved for found in re.findall(r'^check\("([^"]+)"\)', source)})
    timing = f"""
import json, time, statistics
from coursekit.course.declarations import load
from coursekit.course.cells import cut
from coursekit.course.lessons import this_course
def _median(id_):
    times = []
    for _ in range({ROUNDS}):
        start = time.perf_counter()
        outcome = check(id_).outcome
        times.append((time.perf_counter() - start) * 1000)
    return outcome, statistics.median(times)
_passing = [_median(id_) for id_ in {ids!r}]
for _one in load(this_course().lesson_of("1.0")).exercises.values():
    for _name in _one.names:
        globals()[_name] = __import__("fastapi").FastAPI()
_failing = [_median(id_) for id_ in {ids!r}]
print(json.dumps([_passing, _failing]))
"""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".course").mkdir()
        passing, failing = json.loads(in_kernel([*solved, timing], Path(folder)))
    assert {outcome for outcome, _ in passing} == {"passed"}, passing
    assert {outcome for outcome, _ in failing} == {"failed"}, failing
    return [
        Bar("check of lesson 01 that passes, slowest median", max(value for _, value in passing), 50, "ms"),
        Bar("check of lesson 01 that fails, slowest median", max(value for _, value in failing), 50, "ms"),
    ]


def cpu_of(*command: str) -> float:
    """The seconds of CPU that a command and its children take."""
    before = os.times()
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def grade_times() -> list[Bar]:
    """Seconds of CPU for grading: one answer, and a solved notebook beyond what its cells take in bare nbclient."""
    course, notebook = (
        str(Path(sys.executable).with_name("course")),
        str(ROOT / "solutions" / "04_1_tables_and_sessions.ipynb"),
    )
    program = f"from tests.bench import run_bare; run_bare({notebook!r})"
    nothing = cpu_of(sys.executable, "-c", "import tests.bench")
    bare = min(cpu_of(sys.executable, "-c", program) for _ in range(3)) - nothing
    graded = min(cpu_of(course, "grade", notebook) for _ in range(3))
    lesson = this_course().lesson_of("1.1")
    assert lesson is not None
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(cut(lesson.cells.answered["1.1"], solved=True))
        file.flush()
        answer = min(cpu_of(course, "grade", "1.1", file.name) for _ in range(5))
    return [
        Bar("`course grade` of a solved notebook, CPU beyond its cells", graded - bare, 1, "s"),
        Bar("`course grade 1.1 answer.py`, CPU", answer, 0.8, "s"),
    ]


def proof_again_times() -> list[Bar]:
    """`make test` with nothing changed since it passed, and after a changed sentence in one lesson, which is taken back afterwards."""
    lesson = ROOT / "lessons" / "04_database" / "1_tables_and_sessions.md"
    text = lesson.read_text(encoding="utf-8")

    def timed() -> float:
        start = time.perf_counter()
        subprocess.run(["make", "test"], cwd=ROOT, check=True, capture_output=True)
        return time.perf_counter() - start

    timed()
    unchanged = timed()
    try:
        lesson.write_text(text.rstrip() + "\n\nThis sentence is new.\n", encoding="utf-8")
        subprocess.run([Path(sys.executable).with_name("course"), "build", "04"], check=True, capture_output=True)
        changed = timed()
    finally:
        lesson.write_text(text, encoding="utf-8")
        subprocess.run([Path(sys.executable).with_name("course"), "build", "04"], check=True, capture_output=True)
    return [
        Bar("`make test`, nothing changed", unchanged, 30, "s"),
        Bar("`make test`, a sentence changed", changed, 60, "s"),
    ]


def run_bare(path: str) -> None:
    """One notebook in bare nbclient."""
    notebook = nbformat.read(path, as_version=4)
    folder = str(Path(path).parent)
    NotebookClient(notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": folder}}).execute()


def nbval_ratio() -> list[Bar]:
    """Strict nbval with warm kernels beside bare nbclient with the usual ones, same notebooks, same number of processes, twice in turn."""
    ours, bare = [], []
    os.environ.pop(kernels.VARIABLE, None)
    warm = {**os.environ, kernels.VARIABLE: kernels.NAME}
    for _ in range(2):
        start = time.perf_counter()
        with ProcessPoolExecutor(PROCESSES) as pool:
            list(pool.map(run_bare, map(str, NOTEBOOKS)))
        bare.append(time.perf_counter() - start)
        start = time.perf_counter()
        command = [sys.executable, "-m", "pytest", "--nbval", "notebooks", "solutions", "-q"]
        subprocess.run(
            [*command, "-n", str(PROCESSES), "--dist", "loadscope"], cwd=ROOT, env=warm, check=True, capture_output=True
        )
        ours.append(time.perf_counter() - start)
    console.print(
        f"nbval {min(ours):.1f} s, bare nbclient {min(bare):.1f} s, {PROCESSES} processes, {len(NOTEBOOKS)} notebooks"
    )
    return [Bar("strict nbval beside bare nbclient", min(ours) / min(bare), 0.7, "×")]


def start_time() -> list[Bar]:
    """From `course --no-browser` to a server that answers, in a workspace that is new."""
    times = []
    for _ in range(3):
        with tempfile.TemporaryDirectory() as folder:
            command = [
                str(Path(sys.executable).with_name("course")),
                "--no-browser",
                "--port",
                "0",
                "--workspace",
                folder,
            ]
            start = time.perf_counter()
            with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as course:
                assert course.stdout is not None
                address = next(found[0] for line in course.stdout if (found := re.search(r"http://\S+", line)))
                urllib.request.urlopen(address, timeout=10).read()
                times.append(time.perf_counter() - start)
                course.terminate()
    return [Bar("from `course --no-browser` to an answer", statistics.median(times), 5, "s")]


def import_time() -> list[Bar]:
    """What `import coursekit` costs beyond `import fastapi`."""
    program = "import fastapi, time; t = time.perf_counter(); import coursekit; print(time.perf_counter() - t)"
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True) for _ in range(9)
    ]
    return [
        Bar(
            "import coursekit beyond import fastapi",
            statistics.median(float(run.stdout) * 1000 for run in runs),
            150,
            "ms",
        )
    ]


def kernel_memory() -> list[Bar]:
    """The memory of a kernel after all of lesson 02, beside one that has imported what the lesson is about."""
    probe = "print(next(line for line in open('/proc/self/status') if line.startswith('VmRSS')).split()[1])"
    solved = [cell.source for cell in cells_of(ROOT / "solutions" / "02_1_what_comes_in.ipynb")]
    imports = "import fastapi, pydantic\nfrom fastapi.testclient import TestClient"
    with tempfile.TemporaryDirectory() as folder:
        after = int(in_kernel([*solved, probe], Path(folder))) / 1024
        before = int(in_kernel([imports, probe], Path(folder))) / 1024
    console.print(f"kernel after lesson 02: {after:.0f} MiB; with the imports only: {before:.0f} MiB")
    return [Bar("memory of a kernel after lesson 02 beside the imports", after / before, 1.5, "×")]


TEN_TESTS = """class TestTen:
    def test_1(self, client, ana):
        assert client.get("/tasks/99", headers=ana).status_code == 404

    def test_2(self, client, ana):
        assert client.get("/tasks/2", headers=ana).json()["title"] == "Call the dentist"

    def test_3(self, client, ana):
        assert [task["id"] for task in client.get("/tasks", headers=ana).json()] == [1, 2]

    def test_4(self, app, client):
        assert client.get("/tasks", headers=token_of(app, 2)).status_code == 403

    def test_5(self, client, ana):
        assert client.delete("/users/2", headers=ana).status_code == 403

    def test_6(self, client, carla):
        assert client.delete("/users/2", headers=carla).status_code == 204

    def test_7(self, client, ana):
        assert client.get("/tasks/3", headers=ana).status_code == 404

    def test_8(self, app, client):
        assert client.get("/tasks", headers=token_of(app, 1, minutes=-1)).status_code == 401

    def test_9(self, client):
        for password, status in ((PASSWORD, 200), ("a guess", 401)):
            form = {"username": "ana", "password": password}
            assert client.post("/token", data=form).status_code == status

    def test_10(self, client, ana):
        path = client.post("/tasks", json={"title": "Rent"}, headers=ana).headers["Location"]
        assert client.get(path, headers=ana).json()["title"] == "Rent"
"""


def suite_times() -> list[Bar]:
    """Ten tests judged by ten bugs of lesson 08, and the median of one bug alone."""
    from coursekit.building.stages import suite_source
    from coursekit.course.declarations import load
    from coursekit.judging.history import CellRun, cells_run
    from coursekit.judging.suite.bugs import judge_tests, run_with_bug
    from coursekit.judging.suite.source import source_of

    folder = this_course().lesson_of("8.1")
    assert folder is not None
    lesson = load(folder)
    declared: dict[str, Any] = next(iter(lesson.exercises.values())).ask.__globals__
    bugs = declared["ACCESS"]
    fixtures = (suite_source(folder) or "").partition("\nclass TestAccess")[0]
    exec(fixtures, {"__name__": "fixtures"})  # what a kernel has imported when it has run the lesson's cells
    cells_run[:] = [CellRun(fixtures), CellRun(TEN_TESTS)]
    source = source_of(["TestTen"], [fixtures, TEN_TESTS])
    all_of_them, each = [], []
    for _ in range(5):
        start = time.perf_counter()
        judge_tests(type("TestTen", (), {}), declared["STAGE"], bugs)
        all_of_them.append(time.perf_counter() - start)
    for bug in bugs:
        start = time.perf_counter()
        run_with_bug(source, declared["STAGE"], bug)
        each.append((time.perf_counter() - start) * 1000)
    return [
        Bar("ten tests judged by ten bugs, median", statistics.median(all_of_them), 5, "s"),
        Bar("ten tests against one bug, median", statistics.median(each), 500, "ms"),
    ]


def proof_times() -> Table:
    """Where the time of the proof went: the seconds of CPU of each part when it last ran, and those from its beginning to its end."""
    try:
        parts = json.loads((ROOT / ".cache" / "proved.json").read_text(encoding="utf-8"))
    except OSError:
        parts = {}
    whole = sum(noted.get("cpu", 0.0) for noted in parts.values()) or 1.0
    table = Table("part of the proof, when it last ran", "tests", "seconds", "of CPU", "share")
    for part, noted in sorted(parts.items(), key=lambda one: -one[1].get("cpu", 0.0))[:25]:
        cpu = noted.get("cpu", 0.0)
        table.add_row(part, str(noted["tests"]), f"{noted['seconds']:.0f}", f"{cpu:.0f}", f"{cpu / whole:.0%}")
    seconds = sum(noted["seconds"] for noted in parts.values())
    table.add_row("all", str(sum(noted["tests"] for noted in parts.values())), f"{seconds:.0f}", f"{whole:.0f}", "100%")
    return table


KERNEL_IMPORTS = """from coursekit import *
import fastapi, pytest, sqlalchemy.ext.asyncio
from fastapi.testclient import TestClient
"""


def kernel_times() -> list[Bar]:
    """From asking for a warm kernel to the end of its first cell, best of three, and what thirty of them hold together."""
    KernelProvisionerFactory.clear_instance()
    os.environ[kernels.VARIABLE] = kernels.NAME
    times, running = [], []
    for _ in range(30):
        start = time.perf_counter()
        manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--IPKernelApp.log_level=40"])
        client.execute_interactive(KERNEL_IMPORTS, timeout=60)
        times.append(time.perf_counter() - start)
        running.append((manager, client))
    solved = [cell.source for cell in cells_of(ROOT / "solutions" / "02_1_what_comes_in.ipynb")]
    for source in solved:
        running[-1][1].execute_interactive(source, timeout=60, output_hook=lambda message: None)
    family = [psutil.Process(manager.provisioner.pid) for manager, _ in running]  # type: ignore[union-attr]
    own = family[-1].memory_full_info().uss
    together = sum(process.memory_full_info().pss for process in {*family, family[0].parent()} if process is not None)
    for manager, client in running:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    return [
        Bar("a warm kernel asked for → first imports done, best", min(times[1:4]), 0.3, "s"),
        Bar("memory of its own (USS) after lesson 02", own / 2**20, 35, "MiB"),
        Bar("thirty kernels together, with the warm process", together / 2**30, 1.5, "GiB"),
    ]


def main() -> None:
    """Measure everything, print the table; exit 1 when a bar is missed."""
    bars = []
    every = (check_times, suite_times, import_time, start_time, kernel_memory, kernel_times, grade_times, nbval_ratio)
    for measure in (*every, proof_again_times):
        with console.status(f"{(measure.__doc__ or '').splitlines()[0]}"):
            bars += measure()
    table = Table("what", "measured", "bar", "")
    for bar in bars:
        verdict = "met" if bar.value < bar.limit else "MISSED"
        table.add_row(bar.what, f"{bar.value:.3g} {bar.unit}", f"{bar.limit:g} {bar.unit}", verdict)
    console.print(table)
    console.print(proof_times())
    sys.exit(any(bar.value >= bar.limit for bar in bars))


if __name__ == "__main__":
    main()
