"""Whether code holds an event loop."""

import asyncio

from coursekit.author.loops import on_a_loop


def test_a_coroutine_runs_on_a_loop_and_a_thread_does_not() -> None:
    async def ask() -> tuple[bool, bool]:
        return on_a_loop(), await asyncio.to_thread(on_a_loop)

    assert asyncio.run(ask()) == (True, False)
    assert not on_a_loop()
