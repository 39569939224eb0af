"""Finds tests that check nothing: those that never run, and those that assert nothing about a response."""

import ast
from collections.abc import Callable, Iterator

from coursekit.course.words import names
from coursekit.judging.suite.run import Result


def short_name(test: str) -> str:
    """Return a test's name without its class."""
    return test.rpartition("::")[2]


def bare_name(test: str) -> str:
    """Return a test's name without its class and without the values of `parametrize`."""
    return short_name(test.partition("[")[0])


def idle_tests(
    source: str, results: list[Result], useful: set[str], run_on_teapot: Callable[..., list[Result]]
) -> list[str]:
    """Return sentences about tests that never run, or that assert nothing about a response.

    Args:
        source: the file with the tests.
        results: how they ended without a bug.
        useful: the names of tests that caught a bug. They are not examined.
        run_on_teapot: runs the tests named by `only` on an app that answers every request with an empty 418.
    """
    ran = {bare_name(one.test) for one in results}
    hidden = sorted(_defined_twice(source))
    never = sorted(_never_run(source))
    without = sorted(ran & set(_without_assertion(source)))
    doubtful = dict.fromkeys(
        one.test.partition("[")[0] for one in results if bare_name(one.test) not in {*useful, *without}
    )
    always = (
        sorted({bare_name(one.test) for one in run_on_teapot(only=list(doubtful)) if one.outcome == "passed"})
        if doubtful
        else []
    )
    said = []
    if hidden:
        said.append(f"{names(hidden, last=' and ')}: two tests have this name, and Python keeps the last one only.")
    if never:
        said.append(
            f"{names(never, last=' and ')} never {'runs' if len(never) == 1 else 'run'}: pytest runs only functions whose names begin with `test_`."
        )
    if without:
        said.append(
            f"{names(without, last=' and ')} {'asserts' if len(without) == 1 else 'assert'} nothing: only a crash fails it."
        )
    if always:
        said.append(
            f"{names(always, last=' and ')} would pass even if the API answered every request with 418 and nothing else: what is asserted there holds for an empty answer, too."
        )
    return said


def _defined_twice(source: str) -> Iterator[str]:
    """The names of tests that are defined twice in the same place, so that Python keeps only the last one."""
    tree = ast.parse(source)
    for body in [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]:
        names = [one.name for one in body if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)]
        yield from {name for name in names if name.startswith("test") and names.count(name) > 1}


def _never_run(source: str) -> Iterator[str]:
    """The names of functions that assert something and are neither tests nor fixtures, and that nothing in the file uses."""
    tree = ast.parse(source)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    used |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for body in [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]:
        for one in body:
            if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef) and not one.name.startswith("test"):
                asserts = any(isinstance(node, ast.Assert) for node in ast.walk(one))
                if asserts and not one.decorator_list and one.name not in used and not one.name.startswith("setup"):
                    yield one.name


def _without_assertion(source: str) -> Iterator[str]:
    """The names of tests that have no assertion and call no function in the file that has one."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    asserting = {one.name for one in functions if _asserts(one, set())}
    yield from (one.name for one in functions if one.name.startswith("test") and not _asserts(one, asserting))


_ASSERTING = {"raises", "fail", "raise_for_status", "warns", "validate_response", "call_and_validate"}


def _asserts(function: ast.AST, asserting: set[str]) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert | ast.Raise):
            return True
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in _ASSERTING | asserting or called.startswith("assert"):
                return True
    return False
