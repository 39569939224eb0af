"""The certificate of a finished capstone: one HTML file that needs no network, made to be printed."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from coursekit.render import brief, sentence

FILE = "certificate.html"
LONGEST_NAME = 80


@dataclass(frozen=True)
class Verified:
    """What was verified of one job."""

    title: str
    spec: str
    stories: tuple[str, ...]
    points: int
    of_points: int
    bugs: int


def write(file: Path, name: str, verified: Sequence[Verified]) -> Path:
    """Write the certificate. An earlier one is replaced.

    Raises:
        OSError: the file cannot be written.

    """
    file.write_text(page(name, verified, date.today()), encoding="utf-8")
    return file


def page(name: str, verified: Sequence[Verified], day: date) -> str:
    """The certificate as HTML."""
    shown = html.escape(brief(" ".join(name.split()), LONGEST_NAME))
    versions = f"Course {version('fastapi-course')} · FastAPI {version('fastapi')} · {day:%Y-%m-%d}"
    jobs = "".join(_job(number, one) for number, one in enumerate(verified, 1))
    return _PAGE.format(name=shown, jobs=jobs, versions=html.escape(versions))


def _job(number: int, one: Verified) -> str:
    stories = "".join(f"<li>{sentence(story)}</li>" for story in one.stories)
    undecided = one.of_points - one.points
    rest = f", {undecided} left to people" if undecided else ""
    return (
        f"<section><h2>{number}. {html.escape(one.title)}</h2>"
        f"<p class='facts'><b>{len(one.stories)}</b> acceptance stories hold &middot; <b>{one.points}</b> of {one.of_points} review points held{rest} "
        f"&middot; tests catch <b>{one.bugs}</b> of {one.bugs} bugs</p><ul>{stories}</ul></section>"
    )


_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Certificate: FastAPI backends, cell by cell</title>
<style>
@page {{ margin: 12mm }}
* {{ box-sizing: border-box }}
body {{ margin: 0; background: #eceff3; color: #17202b; font: 10.5pt/1.4 Georgia, "Times New Roman", serif }}
main {{ width: 186mm; max-width: 100%; margin: 8mm auto; padding: 11mm 14mm 9mm; background: #fff; border: 1.2mm solid #0f5c4f; outline: .35mm solid #0f5c4f; outline-offset: -2.6mm }}
header {{ text-align: center }}
.kind {{ margin: 0; font: 600 9pt/1 system-ui, sans-serif; letter-spacing: .32em; text-transform: uppercase; color: #0f5c4f }}
h1 {{ margin: 5mm 0 1mm; font-size: 25pt; font-weight: 400; line-height: 1.15; overflow-wrap: anywhere }}
.for {{ margin: 0 0 5mm; color: #44505e }}
section {{ padding: 2.4mm 0 1.6mm; border-top: .25mm solid #cdd5de; break-inside: avoid }}
h2 {{ margin: 0; font-size: 12pt }}
.facts {{ margin: .6mm 0 1mm; font: 9pt/1.4 system-ui, sans-serif; color: #0f5c4f }}
ul {{ margin: 0; padding: 0 0 0 4mm; columns: 2; column-gap: 7mm; font-size: 8pt; line-height: 1.32; color: #44505e }}
li {{ break-inside: avoid; padding-left: 1mm }}
li::marker {{ content: "\\2713" }}
footer {{ margin-top: 3mm; padding-top: 3mm; border-top: .25mm solid #cdd5de; text-align: center; font: 8pt/1.5 system-ui, sans-serif; color: #44505e }}
@media print {{ body {{ background: none }} main {{ width: auto; margin: 0 }} }}
</style>
</head>
<body>
<main>
<header>
<p class="kind">Certificate</p>
<h1>{name}</h1>
<p class="for">has finished the three jobs of <b>FastAPI backends, cell by cell</b>.<br>The following was verified by running it.</p>
</header>
{jobs}
<footer>{versions}<br>Made by the course&rsquo;s own checks on the learner&rsquo;s computer. Nobody has signed it.</footer>
</main>
</body>
</html>
"""
