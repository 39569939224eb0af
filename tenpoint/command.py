"""The `tenpoint` command."""

import argparse
import contextlib
import json
import os
import sys
from collections.abc import Sequence
from typing import NoReturn

from tenpoint import CallError
from tenpoint.process import review_target
from tenpoint.report import SHOWN
from tenpoint.settings import Settings


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise CallError(message[:1].upper() + message[1:])


def main(arguments: Sequence[str] | None = None, command: str = "tenpoint") -> int:
    """Review the app that the arguments name, print the review, and return the exit status.

    Args:
        arguments: what was typed after the command; what this process was called with, if None.
        command: how the command is called, for its help and its errors.

    Returns:
        0 if no point is broken, 1 if one is, 2 if the call was wrong.

    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a terminal may not be able to show a name in the app
    try:
        return _review(_parser(command).parse_args(arguments))
    except CallError as error:
        print(f"{str(error).rstrip('.')}. `{command} --help` shows what there is.", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `tenpoint main:app | head`: what reads the output has ended
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser(command: str) -> argparse.ArgumentParser:
    parser = _Parser(
        prog=command,
        allow_abbrev=False,
        description="Hold any FastAPI app against the ten points. Exit status 1 when one is broken.",
        epilog="Findings that the project lives with are accepted, with a reason, in its pyproject.toml (tool.tenpoint).",
    )
    parser.add_argument(
        "target", metavar="MODULE:APP", help="As uvicorn takes it: an app, or a function that makes one."
    )
    parser.add_argument("--json", action="store_true", help="Print it for programs.")
    parser.add_argument(
        "--all", action="store_true", help="Show all routes of each finding, and not only the first ones."
    )
    parser.add_argument("--factory", action="store_true", help="APP is a function that makes the app.")
    parser.add_argument(
        "--python",
        metavar="PATH",
        default=sys.executable,
        help="The interpreter in which the app's packages are installed. [default: this one]",
    )
    parser.add_argument(
        "--call", action="store_true", help="Start the app in its process, and send a request to each GET route."
    )
    parser.add_argument(
        "--unsafe",
        action="store_true",
        help="The same, and send bodies that are not valid to POST, PUT and PATCH routes, too.",
    )
    parser.add_argument(
        "--header",
        action="append",
        default=[],
        metavar="NAME:VALUE",
        help="With --call: a header that each request carries. You can give it more than once.",
    )
    return parser


def _review(options: argparse.Namespace) -> int:
    settings = Settings.here()
    pairs = [one.partition(":") for one in options.header]
    review = review_target(
        options.target,
        settings.standards,
        options.python,
        factory=options.factory,
        call=options.call or options.unsafe,
        unsafe=options.unsafe,
        headers=[(name.strip(), value.strip()) for name, _, value in pairs],
    ).accept(settings.accepted)
    print(json.dumps(review.to_dict(), indent=2) if options.json else review.text(None if options.all else SHOWN))
    sys.stdout.flush()  # a reader that has gone away shows here, and not at the end of the process
    return 1 if review.broken else 0
