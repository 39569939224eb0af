"""`from coursekit.timeline import SlowService, at_once`: the name by which a notebook knows `coursekit.notebook.timeline`."""

from coursekit.notebook.timeline import SlowService, Timeline, at_once

__all__ = ["SlowService", "Timeline", "at_once"]
