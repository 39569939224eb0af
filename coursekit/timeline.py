"""The short import path for notebooks: `from coursekit.timeline import SlowService, at_once`."""

from coursekit.notebook.timeline import SlowService, Timeline, at_once

__all__ = ["SlowService", "Timeline", "at_once"]
