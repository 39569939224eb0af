"""What a project accepts and demands in its pyproject.toml."""

from pathlib import Path

import pytest

from tenpoint.report import Accepted, Finding, Review
from tenpoint.settings import Settings
from tests.tenpoint.samples import Command


def found_in(route: str) -> Finding:
    return Finding("C9.no-purpose", route, "a.py:1", "There is none.", "why", "mend")


class TestAcceptedFindings:
    def test_with_a_reason(self, command: Command) -> None:
        command.accept('{check = "C9.no-purpose", route = "GET /api/v1/items/{item_id}", reason = "Its name says it."}')
        done = command("faulty:app")
        assert done.returncode == 0
        assert "C9.no-purpose (accepted): 1 finding" in done.stdout and "Accepted: Its name says it." in done.stdout
        assert "1 finding accepted" in done.stdout

    def test_on_all_routes_or_on_one(self) -> None:
        found = Review("x", 2, (found_in("GET /a"), found_in("GET /b")))
        assert found.accept([Accepted("C9.no-purpose", "Names say it.")]).broken == ()
        (left,) = found.accept([Accepted("C9.no-purpose", "Its name says it.", "GET /a")]).broken
        assert left.route == "GET /b"

    def test_one_that_covers_nothing_is_noted(self) -> None:
        review = Review("x", 1, (found_in("GET /a"),)).accept([Accepted("C9.no-purpose", "Why.", "GET /elsewhere")])
        assert len(review.broken) == 1
        assert "pyproject.toml accepts C9.no-purpose on GET /elsewhere, and there is no such finding" in repr(review)

    @pytest.mark.parametrize(
        ("entry", "says"),
        [
            ('{check = "C9.no-purpose"}', "C9.no-purpose is accepted without a reason."),
            ('{check = "C9.no-purpose", reason = "  "}', "C9.no-purpose is accepted without a reason."),
            ('{check = "C9.nothing", reason = "x"}', "there is no check `C9.nothing`"),
            ('{reason = "x"}', "each entry of `accept` is a table"),
            ("3", "each entry of `accept` is a table"),
            ('"C9.no-purpose"', "each entry of `accept` is a table"),
            ('{check = "C9.no-purpose", reason = "x", path = "/"}', "an entry of `accept` has no `path`"),
        ],
    )
    def test_anything_else_is_refused(self, entry: str, says: str, command: Command) -> None:
        command.accept(entry)
        done = command("faulty:app")
        assert done.returncode == 2 and says in done.stderr

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ("[tool.coursekit.review]\naccepts = []", "[tool.coursekit.review] has no `accepts`"),
            ("[tool.coursekit]\nreview = 3", "[tool.coursekit.review] is a table"),
            ("[tool.coursekit.review]\naccept = 3", "`accept` is a list"),
            ("[tool.coursekit.review]\nprefix = 3", "`prefix` is a text"),
            ("[tool.tenpoint]\naccepts = []", "[tool.tenpoint] has no `accepts`"),
            ("[tool]\ntenpoint = 3", "[tool.tenpoint] is a table"),
            ("[tool.tenpoint]\naccept = 3", "[tool.tenpoint]: `accept` is a list"),
            ("[tool", "cannot be read"),
        ],
    )
    def test_settings_that_are_wrong_are_refused(self, text: str, says: str, command: Command) -> None:
        (command.folder / "pyproject.toml").write_text(text)
        done = command("shop:app")
        assert done.returncode == 2 and says in done.stderr and done.stderr.count("\n") == 1


class TestWhereTheyStand:
    OLDER = '[tool.coursekit.review]\nprefix = "/older"\n'
    NEWER = '[tool.tenpoint]\nprefix = "/newer"\n'

    @pytest.mark.parametrize(
        ("text", "prefix"),
        [("", ""), ("[tool.coursekit]\n", ""), (OLDER, "/older"), (NEWER, "/newer"), (OLDER + NEWER, "/newer")],
    )
    def test_the_older_name_is_read_unless_there_is_the_newer(self, text: str, prefix: str, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text(text)
        assert Settings.here(tmp_path).standards.prefix == prefix

    def test_the_nearest_file_counts(self, tmp_path: Path) -> None:
        (tmp_path / "pyproject.toml").write_text(self.NEWER)
        (tmp_path / "app/api").mkdir(parents=True)
        assert Settings.here(tmp_path / "app/api").standards.prefix == "/newer"
