"""The sentences for known mistakes are found, wherever an exercises.py keeps them."""

from pathlib import Path

from tests.lessons.known_sentences import advice_sentences, is_said, known_sentences

CHECKS = """
SHARED = "This one is a constant of the module."

def check(api, wrong):
    known = {200: "This one is in a variable here.", None: SHARED}
    known[404] = f"This one has a {wrong} inside of it."
    expect.status(api, 201, why="Nobody should collect this reason.", known=known)
    pairs = [([], "This one is in a pair.")]
    pairs.append((wrong, "This one came later than the others."))
    expect.body(api, [], known=pairs if wrong else explained(wrong))
    expect.status(api, 201, known={200: wrong or "This one comes after an or.", 500: "Too short"})

def explained(wrong):
    return {wrong: "This one is " + "returned by a function."}
"""
ADVICE = """
_SIGNS = {"some words of a library": "This advice is in a table."}

def advice(error):
    return f"This advice names the {error} that came." if error else ""
"""


def test_known_sentences(tmp_path: Path) -> None:
    file = tmp_path / "exercises.py"
    file.write_text(CHECKS, encoding="utf-8")
    assert known_sentences(file) == {
        ("This one is a constant of the module.",),
        ("This one is in a variable here.",),
        ("This one has a ", " inside of it."),
        ("This one is in a pair.",),
        ("This one came later than the others.",),
        ("This one comes after an or.",),
        ("This one is ", "returned by a function."),
    }


def test_advice_sentences(tmp_path: Path) -> None:
    file = tmp_path / "advice.py"
    file.write_text(ADVICE, encoding="utf-8")
    assert advice_sentences(file) == {("This advice is in a table.",), ("This advice names the ", " that came.")}


def test_a_sentence_is_said_with_all_its_parts() -> None:
    assert is_said(("It has a ", " inside of it."), "Look. It has a bee inside of it.")
    assert not is_said(("It has a ", " inside of it."), "Look. It has a bee on it.")
