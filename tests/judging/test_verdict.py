"""What a check says: three forms of one verdict, and pages that take whatever a learner wrote."""

import html
import json
import re
from dataclasses import fields
from typing import Any, get_args

import pytest

from coursekit.course.render import Note, Table, brief, brief_repr, few_sentences, indent, printable, sentence, table
from coursekit.judging.verdict import Outcome, Verdict

OUTCOMES: dict[Outcome, str] = {
    "passed": "✓ Exercise 1.2 · An <app>: passed",
    "failed": "✗ Exercise 1.2 · An <app>: not yet",
    "not_attempted": "… Exercise 1.2 · An <app>: not attempted",
    "error": "! Exercise 1.2 · An <app>: your code raised",
    "timeout": "⏱ Exercise 1.2 · An <app>: took too long",
}


def full(outcome: Outcome) -> Verdict:
    """A verdict with something to escape in every part."""
    return Verdict(
        "1.2",
        "An <app>",
        outcome,
        "`GET /x` answered <script>alert(1)</script> & more.\nA second line.",
        why="Because a < b && `c > d`.",
        exchange='→ GET /x\n← 200 OK\n  {"a": "<script>alert(2)</script>"}',
        expected='`{"a": 1}`',
        got="`<b>` and a lonely ` backtick",
        code="line 3, in x:\n    return '<i>'",
        printed="<img src=x onerror=alert(3)>\n\n  indented",
        next='Run `hint("1.2")` in a new cell.',
    )


def words(page: str) -> list[str]:
    """The words that a page shows, in order."""
    bare = html.unescape(re.sub(r"<[^>]+>", " ", page))
    return re.sub(r"[`\s]+", " ", bare).split()


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("whole", [True, False])
def test_three_forms_say_the_same(outcome: Outcome, whole: bool) -> None:
    verdict = full(outcome) if whole else Verdict("1.2", "An <app>", outcome, "One sentence.")
    text, page, program = repr(verdict), verdict._repr_html_(), verdict.to_dict()
    assert text.splitlines()[0] == OUTCOMES[outcome]
    assert re.sub(r"[`\s]+", " ", text).split() == words(page)
    assert program["outcome"] == outcome
    for name, value in program.items():
        assert isinstance(value, str)
        if name != "outcome":
            for line in value.splitlines():
                assert line.strip() in text
    assert Verdict(**json.loads(json.dumps(program))) == verdict


def test_all_outcomes_are_tested() -> None:
    assert set(OUTCOMES) == set(get_args(Outcome))


def test_a_dict_has_every_part() -> None:
    assert list(full("failed").to_dict()) == [field.name for field in fields(Verdict)]


def test_nothing_that_a_learner_wrote_becomes_a_tag() -> None:
    page = full("failed")._repr_html_()
    assert set(re.findall(r"</?(\w+)", page)) == {"div", "strong", "code", "pre"}
    assert "<script" not in page
    assert "<img" not in page
    assert re.findall(r"<(\w+)", page).count("div") == page.count("</div>")


def test_outcomes_differ_without_their_colour() -> None:
    pages = {re.sub(r"#\w+", "", full(outcome)._repr_html_()) for outcome in OUTCOMES}
    texts = {repr(full(outcome)) for outcome in OUTCOMES}
    signs = {repr(full(outcome))[0] for outcome in OUTCOMES}
    assert len(pages) == len(texts) == len(signs) == len(OUTCOMES)


def test_what_is_not_there_is_not_announced() -> None:
    verdict = Verdict("1.2", "T", "passed", "Right.")
    for form in (repr(verdict), verdict._repr_html_()):
        for name in ("Expected", "Got", "Why", "Next", "printed"):
            assert name not in form


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("plain", "plain"),
        ("a `b` c", "a <code>b</code> c"),
        ("`a` and `b`", "<code>a</code> and <code>b</code>"),
        ("``a ` b``", "<code>a ` b</code>"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("one ` alone", "one ` alone"),
        ("``", "``"),
        ("", ""),
        ("a & b < c", "a &amp; b &lt; c"),
    ],
)
def test_a_sentence_with_code(text: str, page: str) -> None:
    assert sentence(text) == page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grüße ☃ 日本 \t\n", "Grüße ☃ 日本 \t\n"),
        ("one\r\ntwo\rthree", "one\ntwo\\rthree"),
        ("\x00\x1b[31m\x7f\x85", "\\x00\\x1b[31m\\x7f\\x85"),
        ("\ud800 \udfff", "\\ud800 \\udfff"),
        ("safe\u202eexe", "safe\\u202eexe"),
        ("😀", "😀"),
    ],
)
def test_what_a_page_cannot_show_becomes_an_escape(text: str, shown: str) -> None:
    assert printable(text) == shown
    assert printable(shown).encode()


def test_long_texts_are_cut_and_say_so() -> None:
    assert brief("abc", 3) == "abc"
    assert brief("abcd", 3) == "abc…"
    assert brief("\x00" * 9, 2) == "\\x00\\x00…"


class Unwilling:
    def __repr__(self) -> str:
        raise RuntimeError("no")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1, "1"),
        ("a" * 100, "'" + "a" * 59 + "…"),
        (Unwilling(), "<Unwilling, whose repr raises RuntimeError>"),
        ([Unwilling()], "<list, whose repr raises RuntimeError>"),
    ],
)
def test_a_value_as_python_writes_it(value: Any, shown: str) -> None:
    assert brief_repr(value) == shown


def test_a_note_in_three_forms() -> None:
    note = Note("Run `check` <now>.\n\nThen wait.", "a = '<b>'\nb = 2")
    assert repr(note) == "Run `check` <now>.\n\nThen wait.\n\n    a = '<b>'\n    b = 2"
    assert words(note._repr_html_()) == words(html.escape(repr(note)))
    assert note.to_dict() == {"text": "Run `check` <now>.\n\nThen wait.", "code": "a = '<b>'\nb = 2"}
    assert "<now>" not in note._repr_html_()


def test_a_table_in_three_forms() -> None:
    shown = Table("2 rows", ["name", "number"], [["`<a>`", "1"], ["much longer", ""]])
    assert repr(shown) == "2 rows\n\nname         number\n-----------  ------\n<a>          1\nmuch longer"
    assert "<code>&lt;a&gt;</code>" in shown._repr_html_()
    assert shown.to_dict()["rows"] == [{"name": "`<a>`", "number": "1"}, {"name": "much longer", "number": ""}]


def test_a_table_without_rows_has_its_head() -> None:
    text, page = table(["a", "b"], [])
    assert text == "a  b\n-  -"
    assert page.count("<th ") == 2


def test_text_is_moved_right() -> None:
    assert indent("a\n\n  b") == "    a\n\n      b"


def test_a_few_sentences() -> None:
    assert few_sentences("One. Two. One. Three!", 100) == "One. Two. Three!"
    assert few_sentences("One. Two. Three!", 9) == "One. Two."
    assert few_sentences("A list:\n" + "x" * 50, 9) == "A list:\n" + "x" * 50
    assert few_sentences("x" * 50, 9) == "x" * 8 + "…"
    assert few_sentences("e.g. this is one sentence", 100) == "e.g. this is one sentence"
