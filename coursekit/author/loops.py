"""Event loops: whether code holds one."""

import asyncio


def on_a_loop() -> bool:
    """Whether this runs on the thread of an event loop. What blocks here holds everybody else up."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
