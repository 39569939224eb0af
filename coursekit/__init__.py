"""The helpers that a notebook imports: `from coursekit import check, hint, solution, predict, progress, show`, and so on."""

from coursekit.course.kit_names import KIT_NAMES
from coursekit.course.lessons import this_course
from coursekit.notebook.exercises import check as check
from coursekit.notebook.exercises import hint as hint
from coursekit.notebook.exercises import predict as predict
from coursekit.notebook.exercises import solution as solution
from coursekit.notebook.progress import progress as progress
from coursekit.notebook.serve import serve as serve
from coursekit.notebook.shell import set_up_shell
from coursekit.notebook.show import show as show
from coursekit.notebook.tests import run_tests as run_tests
from tenpoint import review as review

__all__ = list(KIT_NAMES)

this_course()  # looked up now, because a cell may change the environment later
set_up_shell({name: globals()[name] for name in KIT_NAMES})
