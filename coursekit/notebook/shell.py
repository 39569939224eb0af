"""Sets up IPython when the kit is imported: short tracebacks, a list of the cells that ran, answers to predictions, and protected names."""

import sys
from traceback import walk_tb
from typing import Any

from coursekit.compat import show_traceback
from coursekit.course.ipython import running_shell
from coursekit.judging.exceptions import message_of, tidy_traceback
from coursekit.judging.history import CellError, CellRun, cells_run
from coursekit.notebook.exercises import prediction_result


def set_up_shell(kit: dict[str, Any]) -> None:
    """Shorten tracebacks, record the cells that run, show how predictions turn out, and restore the kit's names after each cell.

    Does nothing outside IPython, or if the shell is set up already.
    """
    shell = running_shell()
    if shell is None or getattr(shell, "_course_is_set_up", False):
        return
    shell._course_is_set_up = True
    shell.set_custom_exc((Exception, KeyboardInterrupt), _show_briefly)
    shell.events.register("pre_run_cell", lambda info: cells_run.append(CellRun(info.raw_cell)))
    shell.events.register("post_run_cell", lambda result: _record_error(result, shell.user_ns))
    shell.events.register("post_run_cell", lambda result: _show_prediction_result(result, shell.user_ns))
    shell.events.register("post_run_cell", _NameKeeper(shell, kit).after_cell)


def _record_error(result: Any, namespace: dict[str, Any]) -> None:
    error = result.error_before_exec or result.error_in_exec
    if cells_run and error is not None:  # the list is still empty after the cell that imported the kit
        cells_run[-1].error = CellError.of(error, namespace)


def _show_prediction_result(result: Any, namespace: dict[str, Any]) -> None:
    """Display how a prediction turned out, below the cell that shows the answer."""
    note = prediction_result(result.info.raw_cell or "", namespace) if result.success else None
    if note is not None:
        sys.modules["IPython"].display.display(note)


def _show_briefly(
    shell: Any, kind: type[BaseException], error: BaseException, trace: Any, tb_offset: int | None = None
) -> list[str]:
    if isinstance(error, SyntaxError) and not any(frame.f_globals is shell.user_ns for frame, _ in walk_tb(trace)):
        shell.showsyntaxerror()  # the cell itself cannot be parsed, and IPython shows where
        return []
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace  # for %tb and %debug
    lines = tidy_traceback(error, trace, shell.user_ns)
    show_traceback(shell, kind, message_of(error), lines)
    return lines


class _NameKeeper:
    """Restores the kit's names after a cell that gave them another value."""

    def __init__(self, shell: Any, kit: dict[str, Any]) -> None:
        self._shell = shell
        self._kit = kit
        self._known: set[str] = set()

    def after_cell(self, *_: object) -> None:
        """Restore the names. IPython calls this after each cell."""
        names = self._shell.user_ns
        for name, function in self._kit.items():
            if names.get(name) is function:
                self._known.add(name)
            elif name in self._known:
                names[name] = function
                print(
                    f"`{name}` belongs to the course, so it means again what it meant. Choose another name for yours."
                )
