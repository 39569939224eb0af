"""The review of FastAPI applications that others wrote: each of its findings has been read against their source.

Run it with `make review-others`. It installs the applications from PyPI, at the versions named in others.toml, into
environments of their own below `.cache`, and holds what the review finds against what stands in that file.
"""

import argparse
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
import venv
from pathlib import Path
from typing import Any

from tenpoint.points.standards import Standards
from tenpoint.process import review_target
from tenpoint.report import Review

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "review_others"
EXPECTED = Path(__file__).with_suffix(".toml")
OURS = ("fastapi", "starlette", "pydantic", "pydantic-core")
"""What an environment takes in our versions, unless it names its own FastAPI."""
PATIENCE = 600
"""Seconds that the installation of one environment may take."""


class InstallationError(Exception):
    """An environment could not be made: one line that says why."""


def main() -> int:
    """Review all; 1 when a finding is missing or new, or when CI could not install an application."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--show", action="store_true", help="print each review, too")
    show = parser.parse_args().show
    expected = tomllib.loads(EXPECTED.read_text(encoding="utf-8"))
    wrong, left_out, reviewed = [], [], 0
    for name, environment in expected["environments"].items():
        try:
            python = install(name, environment["packages"])
        except InstallationError as error:
            left_out.append(f"{name} ({', '.join(environment['packages'])}): {error}")
            continue
        for target, app in environment["apps"].items():
            review = review_one(target, app, python)
            reviewed += 1
            differences = compare(target, app, review)
            wrong += differences
            print(
                f"{'✗' if differences else '✓'} {target}: {review.routes} routes, {len(review.broken)} findings",
                flush=True,
            )
            if show:
                print(review.text(None), end="\n\n")
    for line in wrong:
        print(line)
    for line in left_out:
        print(f"left out: {line}")
    print(
        f"{reviewed} applications of others reviewed, {len(wrong)} findings that differ, {len(left_out)} environments left out"
    )
    return 1 if wrong or (left_out and os.environ.get("CI")) else 0


def install(name: str, packages: list[str]) -> Path:
    """Make an environment, or find it made; give its Python.

    Raises:
        InstallationError: pip could not install the packages.
    """
    pins = [] if any(one.startswith("fastapi==") for one in packages) else our_pins()
    digest = hashlib.sha256(" ".join([*packages, *pins, sys.version]).encode()).hexdigest()[:12]
    folder = CACHE / f"{name}-{digest}"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if (folder / "ready").exists():
        return python
    print(f"installing {name}: {', '.join(packages)} …", flush=True)
    began = time.monotonic()
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE.parent / ".gitignore").write_text("*\n")
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True)
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *packages, *pins]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        raise InstallationError(f"the installation took more than {PATIENCE} s") from None
    if done.returncode:
        raise InstallationError((done.stderr.strip().splitlines() or ["pip failed and did not say why"])[-1])
    (folder / "ready").touch()
    print(f"  took {time.monotonic() - began:.0f} s", flush=True)
    return python


def our_pins() -> list[str]:
    """The versions of the course's own lock."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return [found[0] for name in OURS if (found := re.search(rf"^{name}==[^\s;\\]+", lock, re.MULTILINE))]


def review_one(target: str, app: dict[str, Any], python: Path) -> Review:
    """Review one application from a folder that holds nothing but the few lines that put it together, if it needs any."""
    folder = CACHE / "here"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    if "module" in app:
        (folder / f"{target.partition(':')[0]}.py").write_text(app["module"], encoding="utf-8")
    before = Path.cwd()
    os.chdir(folder)
    try:
        return review_target(target, Standards(), str(python))
    finally:
        os.chdir(before)


def compare(target: str, app: dict[str, Any], review: Review) -> list[str]:
    """What is found and not expected, and what is expected and not found."""
    found = {(one.check, one.route, re.sub(r"^.*[/\\](?=[^/\\]+:\d)", "", one.where)) for one in review.broken}
    read = {
        (one["check"], *place.rsplit(" @ ", 1)) if " @ " in place else (one["check"], "", place)
        for one in app["findings"]
        for place in one["places"]
    }
    undecided = {point.id for point in review.points if point.status == "not decidable"}
    lines = [f"{target}: new, read it against the source: {one}" for one in sorted(found - read)]
    lines += [f"{target}: no longer found: {one}" for one in sorted(read - found)]
    if undecided != set(app.get("undecided", [])):
        lines.append(f"{target}: not decidable are {sorted(undecided)}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
