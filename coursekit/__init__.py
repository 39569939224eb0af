"""The course's kit: what notebooks import. `from coursekit import check, hint, solution, predict, progress, review, run_tests, show, serve`."""

from coursekit.notebook import check, hint, predict, progress, solution
from coursekit.serve import serve
from coursekit.shell import set_up_shell
from coursekit.show import show
from coursekit.suite import run_tests
from tenpoint import review

__all__ = ["check", "hint", "predict", "progress", "review", "run_tests", "serve", "show", "solution"]

set_up_shell({name: globals()[name] for name in __all__})
