"""Running a check so that nothing of it stays behind: the fork, and the thread form for where there is no fork."""

import contextlib
import errno
import faulthandler
import os
import re
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

import pytest

from coursekit.judging import fork, thread, work
from coursekit.judging.isolation import Answer, run_isolated

pytestmark = pytest.mark.usefixtures("no_child_left")


def passed() -> Answer:
    return {"outcome": "passed"}


def loop() -> Answer:
    while True:
        pass


def works(namespace: dict[str, Any] | None = None) -> bool:
    return run_isolated(passed, 10, namespace or {})["outcome"] == "passed"


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COURSE_NO_FORK", raising=False)


@pytest.fixture
def threaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NO_FORK", "1")
    monkeypatch.setattr(thread, "_GRACE", 0.3)


class TestBothForms:
    @pytest.fixture(autouse=True)
    def _form(self, form: str) -> None:
        self.form = form

    def test_the_answer_comes_back_with_what_was_printed(self) -> None:
        def work() -> Answer:
            print("to the page")
            print("and what went wrong", file=sys.stderr)
            return {"outcome": "failed", "message": "é ☃ \ud800", "number": 3}

        answer = run_isolated(work, 10, {})
        assert answer == {
            "outcome": "failed",
            "message": "é ☃ \ud800",
            "number": 3,
            "printed": "to the page\nand what went wrong",
        }

    def test_output_goes_to_the_answer_also_through_a_stream_that_was_saved(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        saved = sys.stdout
        assert run_isolated(lambda: print("saved", file=saved) or {}, 10, {})["printed"] == "saved"  # type: ignore[func-returns-value]
        print("after")
        assert capsys.readouterr() == ("after\n", "")

    def test_a_megabyte_of_output_is_cut_and_counted(self) -> None:
        printed = run_isolated(lambda: print("y" * 1_000_000) or {}, 10, {})["printed"]  # type: ignore[func-returns-value]
        assert len(printed) < work.LONGEST_OUTPUT + 100
        assert printed.endswith("… (998,001 more characters)")

    def test_an_endless_loop_is_ended(self) -> None:
        before = threading.active_count()
        assert run_isolated(loop, 0.3, {}) == {"timeout": 0.3}
        assert threading.active_count() == before
        assert works()

    def test_an_endless_loop_leaves_what_it_printed_and_where_it_is(self) -> None:
        def stuck() -> Answer:
            print("before", "y" * 5000)
            return loop()

        def place(stacks: list[list[FrameType]]) -> Answer:
            return {"place": [frame.f_code.co_name for frame in stacks[0]][-2:], "threads": len(stacks)}

        answer = run_isolated(stuck, 0.3, {}, place)
        printed = answer.pop("printed")
        assert answer == {"timeout": 0.3, "place": ["stuck", "loop"], "threads": 1}
        assert printed.startswith("before yyy")
        assert printed.endswith("… (3,008 more characters)")

    def test_a_place_that_cannot_be_found_is_left_out(self) -> None:
        def place(stacks: list[list[FrameType]]) -> Answer:
            raise RuntimeError

        assert run_isolated(loop, 0.2, {}, place) == {"timeout": 0.2}

    def test_output_is_normal_again_after_an_endless_loop(self, capsys: pytest.CaptureFixture[str]) -> None:
        run_isolated(loop, 0.1, {})
        print("after")
        assert capsys.readouterr().out == "after\n"

    def test_input_is_refused_and_comes_back(self) -> None:
        before = input
        answer = run_isolated(lambda: {"said": _message(lambda: input("name? "))}, 10, {})
        assert answer["said"] == "RuntimeError: input() cannot be answered during a check"
        assert input is before

    def test_data_names_folder_and_environment_stay(self, tmp_path: Path) -> None:
        class Repository:
            kept: ClassVar = [1]

            def __init__(self) -> None:
                self.rows = {1: {"title": "Milk"}}

        Repository.__module__ = "__main__"
        inner = {"done": False}
        names: dict[str, Any] = {
            "__name__": "__main__",
            "tasks": {1: inner, 2: {}, 3: {}},
            "seen": {1, 2},
            "log": [1, [2]],
            "repository": Repository(),
            "counter": 0,
            "Repository": Repository,
        }
        names["itself"] = names["log"]
        names["log"].append(names["log"])
        environment, folder = dict(os.environ), Path.cwd()

        def work() -> Answer:
            del names["tasks"][1]
            names["tasks"][1] = {"new": True}
            inner["done"] = True
            names["seen"].add(3)
            names["log"][1].append(5)
            names["log"].clear()
            names["repository"].rows[1]["title"] = "Beer"
            names["repository"].rows = {}
            Repository.kept.append(2)
            names["counter"] += 1
            names["new"] = 1
            del names["itself"]
            os.environ["COURSE_TEST"] = "1"
            del os.environ["PATH"]
            os.chdir(tmp_path)
            return {}

        assert run_isolated(work, 10, names) == {"printed": ""}
        assert names["tasks"] == {1: {"done": False}, 2: {}, 3: {}}
        assert list(names["tasks"]) == [1, 2, 3]
        assert names["tasks"][1] is inner, "another name for a row is still the same row"
        assert names["seen"] == {1, 2}
        assert names["log"][:2] == [1, [2]]
        assert names["log"][2] is names["log"] is names["itself"]
        assert names["repository"].rows == {1: {"title": "Milk"}}
        assert Repository.kept == [1]
        assert names["counter"] == 0
        assert "new" not in names
        assert os.environ == environment
        assert Path.cwd() == folder

    def test_data_is_put_back_after_an_endless_loop_too(self) -> None:
        names: dict[str, Any] = {"tasks": {1: "a"}}

        def work() -> Answer:
            while True:
                names["tasks"].clear()

        assert "timeout" in run_isolated(work, 0.2, names)
        assert names == {"tasks": {1: "a"}}

    def test_overrides_and_the_state_of_an_app_stay(self) -> None:
        from fastapi import FastAPI

        app = FastAPI()
        app.dependency_overrides[works] = works
        app.state.rows = [1]

        def work() -> Answer:
            app.dependency_overrides.clear()
            app.dependency_overrides[passed] = passed
            app.state.rows = []
            app.state.other = 1
            return {}

        run_isolated(work, 10, {"app": app})
        assert app.dependency_overrides == {works: works}
        assert app.state.rows == [1]
        assert not hasattr(app.state, "other")

    def test_strange_objects_in_the_notebook_do_no_harm(self) -> None:
        class Strange:
            __slots__ = ()

            def __getattribute__(self, name: str) -> object:
                raise RuntimeError(name)

            def __eq__(self, other: object) -> bool:
                raise RuntimeError

            __hash__ = None  # type: ignore[assignment]

        Strange.__module__ = "__main__"
        names = {"__name__": "__main__", "a": Strange(), "b": [Strange()], "c": {1: Strange()}, "d": Strange, "e": ...}
        assert works(names)
        assert list(names) == ["__name__", "a", "b", "c", "d", "e"]

    def test_a_folder_that_is_gone_does_no_harm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        gone = tmp_path / "gone"
        gone.mkdir()
        monkeypatch.chdir(gone)
        gone.rmdir()
        assert works()

    @pytest.mark.parametrize("status", [0, 3])
    def test_an_exit_of_the_process_does_not_end_the_notebook(self, status: int) -> None:
        answer = run_isolated(lambda: os._exit(status), 10, {})
        assert "died" in answer
        assert works()

    def test_a_time_and_json_that_were_patched_do_no_harm(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import json

        def work() -> Answer:
            for thing, name in ((json, "dumps"), (json, "loads"), (time, "monotonic"), (time, "sleep"), (os, "write")):
                monkeypatch.setattr(thing, name, None)
            return passed()

        try:
            assert run_isolated(work, 10, {}) == {"outcome": "passed", "printed": ""}
        finally:
            monkeypatch.undo()

    def test_an_exit_that_was_patched_does_not_make_a_second_notebook(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def work() -> Answer:
            monkeypatch.setattr(os, "_exit", lambda status: None)
            return passed()

        here = os.getpid()
        try:
            assert run_isolated(work, 10, {})["outcome"] == "passed"
        finally:
            monkeypatch.undo()
        assert os.getpid() == here

    def test_nothing_stays_open_after_fifty_checks(self) -> None:
        def work() -> Answer:
            if self.form == "fork":  # what is opened or started dies with the copy
                sys.stdin = open(os.devnull)  # noqa: PTH123, SIM115
                threading.Thread(target=time.sleep, args=(1000,)).start()
            return passed()

        assert works()
        before = open_files(), threading.enumerate()
        for _ in range(50):
            assert run_isolated(work, 10, {})["outcome"] == "passed"
        assert (open_files(), threading.enumerate()) == before


def open_files() -> list[str]:
    return sorted(entry.name for entry in Path("/dev/fd").iterdir())


def _message(work: Any) -> str:
    try:
        work()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


@pytest.mark.usefixtures("forked")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
class TestFork:
    def test_patches_die_with_the_copy(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def work() -> Answer:
            import builtins
            import json

            json.dumps = lambda *_, **__: "patched"  # type: ignore[assignment]
            builtins.open = None  # type: ignore[assignment]
            builtins.print = None  # type: ignore[assignment]
            return passed()

        assert run_isolated(work, 10, {}) == {"outcome": "passed", "printed": ""}
        import json

        assert json.dumps(1) == "1"
        assert callable(open)
        assert callable(print)

    def test_a_wait_that_nobody_ends(self) -> None:
        assert run_isolated(lambda: time.sleep(1000) or {}, 0.2, {}) == {"timeout": 0.2}  # type: ignore[func-returns-value]
        assert works()

    def test_a_loop_in_c_that_lets_nobody_look_is_ended_all_the_same(self) -> None:
        def work() -> Answer:
            print("not heard")
            return {"found": re.match(r"(a+)+$", "a" * 60 + "b")}

        begin = time.monotonic()
        assert run_isolated(work, 0.2, {}) == {"timeout": 0.2}
        assert time.monotonic() - begin < 10
        assert works()

    def test_a_loop_that_catches_everything(self) -> None:
        def work() -> Answer:
            while True:
                with contextlib.suppress(BaseException):
                    loop()

        assert run_isolated(work, 0.2, {}) == {"timeout": 0.2}
        assert works()

    @pytest.mark.parametrize(
        ("number", "how"), [(signal.SIGTERM, "signal SIGTERM"), (signal.SIGKILL, "os._exit or something like it")]
    )
    def test_a_process_that_is_killed(self, number: int, how: str) -> None:
        assert run_isolated(lambda: os.kill(os.getpid(), number) or {}, 10, {}) == {"died": how}  # type: ignore[func-returns-value]
        assert works()

    def test_a_closed_pipe(self) -> None:
        assert "died" in run_isolated(lambda: os.closerange(3, 500) or {}, 10, {})  # type: ignore[func-returns-value]
        assert works()

    def test_the_answer_does_not_wait_for_processes_that_were_forked(self) -> None:
        def work() -> Answer:
            forked = [os.fork(), os.fork()]
            if 0 in forked:
                time.sleep(1000)
            return {"forked": forked}

        assert gone(*run_isolated(work, 10, {})["forked"])

    def test_a_program_that_was_started_is_ended(self) -> None:
        def work() -> Answer:
            process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
            return {"pid": process.pid}

        assert gone(run_isolated(work, 10, {})["pid"])

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the memory of a process")
    def test_memory_without_end_is_an_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fork, "_MEMORY", 100_000_000)

        def work() -> Answer:
            rows = []
            while True:
                rows.append(bytearray(1_000_000))

        answer = run_isolated(lambda: {"said": _message(work)}, 30, {})
        assert answer["said"].startswith("MemoryError")
        assert works()

    def test_memory_that_ends_while_the_answer_is_made_is_an_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def work() -> Answer:
            raise MemoryError

        assert run_isolated(work, 10, {})["died"] == "it took all the memory that a check may take"

    def test_the_stop_button_ends_the_check_and_nothing_else(self) -> None:
        timer = threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))
        timer.start()
        with pytest.raises(KeyboardInterrupt):
            run_isolated(loop, 60, {})
        timer.join()
        assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
        assert works()

    def test_an_interrupt_before_the_wait_leaves_one_notebook_and_no_copy(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        here, fork = os.getpid(), os.fork

        def interrupted() -> int:
            child = fork()
            signal.raise_signal(signal.SIGINT)  # in both processes, as a terminal's Ctrl+C reaches both
            return child

        monkeypatch.setattr(os, "fork", interrupted)
        with pytest.raises(KeyboardInterrupt):
            run_isolated(loop, 60, {})
        assert os.getpid() == here
        monkeypatch.undo()
        assert works()

    def test_a_process_that_cannot_be_copied_leaves_nothing_open(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refused() -> int:
            raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

        before = open_files()
        monkeypatch.setattr(os, "fork", refused)
        assert run_isolated(passed, 10, {})["outcome"] == "passed"
        assert open_files() == before

    def test_a_check_from_a_thread(self) -> None:
        answers: list[Answer] = []
        thread = threading.Thread(target=lambda: answers.append(run_isolated(passed, 10, {})))
        thread.start()
        thread.join()
        assert answers[0]["outcome"] == "passed"

    def test_a_check_within_a_check(self) -> None:
        assert run_isolated(lambda: {"inner": run_isolated(loop, 0.1, {})}, 10, {})["inner"] == {"timeout": 0.1}

    def test_the_copy_ends_when_the_notebook_is_killed(self, tmp_path: Path) -> None:
        file = tmp_path / "pid"
        program = f"""
import os, pathlib
from coursekit.judging.isolation import run_isolated
def work():
    pathlib.Path({str(file)!r}).write_text(str(os.getpid()) + " ")
    while True:
        pass
run_isolated(work, 0.1, {{}})
"""
        notebook = subprocess.Popen([sys.executable, "-c", program])
        wait_until(lambda: file.exists() and file.read_text().endswith(" "))
        notebook.kill()
        notebook.wait()
        assert gone(int(file.read_text()))


def wait_until(condition: Any) -> bool:
    """Whether it becomes true within a time that is long on any machine."""
    for _ in range(1000):
        if condition():
            return True
        time.sleep(0.02)
    return False


def gone(*pids: int) -> bool:
    """Whether the processes end, or are dead and only not yet buried."""

    def dead(pid: int) -> bool:
        try:
            os.kill(pid, 0)
            return (
                sys.platform == "linux" and Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] in "ZX"
            )
        except (FileNotFoundError, ProcessLookupError):
            return True

    return wait_until(lambda: all(map(dead, pids)))


@pytest.mark.usefixtures("threaded")
class TestThread:
    def test_os_exit_is_refused_and_comes_back(self) -> None:
        usual = os._exit
        answer = run_isolated(lambda: os._exit(3), 10, {})
        assert answer == {"died": "os._exit or something like it"}
        assert os._exit is usual

    def test_a_loop_that_catches_everything_goes_on_but_the_answer_comes(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        stop = threading.Event()

        def work() -> Answer:
            while not stop.is_set():
                with contextlib.suppress(BaseException):
                    while not stop.is_set():
                        pass
            return {}

        assert run_isolated(work, 0.2, {}) == {"timeout": 0.2}
        print("after")
        assert capsys.readouterr().out == "after\n"
        stop.set()
        assert wait_until(lambda: not [one for one in threading.enumerate() if one.name == "course-check"])

    def test_other_threads_of_the_notebook_are_left_alone(self) -> None:
        stop = threading.Event()
        other = threading.Thread(target=stop.wait)
        other.start()
        assert run_isolated(loop, 0.2, {}) == {"timeout": 0.2}
        assert other.is_alive()
        stop.set()
        other.join()

    def test_the_stop_button_ends_the_check(self) -> None:
        threading.Timer(0.1, os.kill, (os.getpid(), signal.SIGINT)).start()
        with pytest.raises(KeyboardInterrupt):
            run_isolated(loop, 60, {})
        assert not [one for one in threading.enumerate() if one.name == "course-check"]
        assert works()


@pytest.fixture
def shell() -> Iterator[Any]:
    """What IPython gives a kernel, as far as a check touches it."""

    class Shell:
        class DisplayPublisher:
            def publish(self, *_: object) -> None:
                raise AssertionError("a check has shown something on the page")

        display_pub = DisplayPublisher()

        def ask_exit(self) -> None:
            raise AssertionError("a check has ended the kernel")

    return iter([Shell()])


def test_neither_form_shows_on_the_page_or_ends_the_kernel(
    form: str, shell: Iterator[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = next(shell)
    monkeypatch.setattr(work, "running_shell", lambda: page)

    def shows_and_leaves() -> Answer:
        page.display_pub.publish({"text/plain": "HELLO"})
        try:
            page.ask_exit()
        except SystemExit:
            return {"outcome": "refused"}
        return {}

    assert run_isolated(shows_and_leaves, 10, {})["outcome"] == "refused"
    with pytest.raises(AssertionError, match="ended the kernel"):
        page.ask_exit()


def test_checks_in_several_threads_leave_the_warning_filters_as_they_were(forked: None) -> None:
    before = list(warnings.filters)
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: run_isolated(passed, 10, {}), range(24)))
    assert [one["outcome"] for one in answers] == ["passed"] * 24
    assert warnings.filters == before


def test_interrupts_in_a_row_leave_no_copy_behind(forked: None, tmp_path: Path) -> None:
    """The fixture of this module looks for children that are left."""

    def press_stop() -> None:
        while not started.exists():
            time.sleep(0.01)
        for _ in range(50):
            signal.raise_signal(signal.SIGINT)
            time.sleep(0.001)
            if ended.is_set():
                return

    started, ended = tmp_path / "started", threading.Event()

    def work() -> Answer:
        started.touch()
        return loop()

    usual = signal.getsignal(signal.SIGINT)
    presses = threading.Thread(target=press_stop)
    presses.start()
    with pytest.raises(KeyboardInterrupt):
        try:
            run_isolated(work, 60, {})
        finally:
            ended.set()
    presses.join()
    assert signal.getsignal(signal.SIGINT) is usual
    assert works()


def test_a_copy_that_crashes_on_macos_is_not_the_learners_fault(forked: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its system libraries may crash in a copied process, so the work is done again in a thread."""
    monkeypatch.setattr(sys, "platform", "darwin")
    here = os.getpid()

    def work() -> Answer:
        if os.getpid() != here:
            faulthandler.disable()  # which would print pages about it
            os.kill(os.getpid(), signal.SIGSEGV)
        return {"outcome": "passed"}

    assert run_isolated(work, 10, {})["outcome"] == "passed"
