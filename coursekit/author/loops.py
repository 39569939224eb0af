"""Tells whether code runs on an event loop."""

import asyncio


def on_a_loop() -> bool:
    """Whether this is called on the thread of an event loop, where a blocking call would hold up everybody else."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
