"""What runs in the process of its own, under the app's interpreter, in which only FastAPI needs to be installed."""

import json
import os
from pathlib import Path
from typing import Any

from tenpoint import CallError
from tenpoint.checklist import review_app
from tenpoint.loading import load
from tenpoint.points.standards import Standards


def work(job: str) -> None:
    """Review the app that the job's file names, write the result to the file that it names, and end the process."""
    order = json.loads(Path(job).read_text(encoding="utf-8"))
    standards = Standards(**order.pop("standards"))
    result = Path(order.pop("result"))
    here = Path.cwd()
    try:
        app = load(order["target"], factory=order.pop("factory", False))
        os.chdir(here)  # the app may have changed the folder
        answer: dict[str, Any] = review_app(app, order.pop("target"), standards, **order).facts()
    except CallError as error:
        answer = {"refused": str(error)}
    result.write_text(json.dumps(answer), encoding="utf-8")
    os._exit(0)  # without waiting for threads and servers that the app has started
