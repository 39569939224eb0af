"""The service under load, faults and attacks: a table of numbers, and a table of promises. Not part of `make test`.

`python tests/bench_service.py` needs about six minutes, `--seconds 5` two. The exit status is 1 when a promise is broken.
Two workers of uvicorn on 127.0.0.1, PostgreSQL out of a wheel; limits of requests are off, because one address asks everything.
"""

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from service_bench.attacks import attacks, malformed_requests
from service_bench.faults import database_stops, hang_ups, slow_clients, too_large, worker_killed
from service_bench.load import beside, connections, speed
from service_bench.service import Service, console

from app_snippets.tasks_api.tests.conftest import SERVE


def print_tables(service: Service) -> None:
    """The numbers, and the promises."""
    load = Table("load", "requests", "a second", "p50", "p95", "p99")
    for what, seen in service.speeds:
        times = [f"{seen.slowest(share):.1f} ms" for share in (0.5, 0.95, 0.99)]
        load.add_row(what, f"{len(seen.times):,}", f"{len(seen.times) / seen.took:,.0f}", *times)
    table = Table("promise", "held to", "seen", "")
    for what, held_to, saw, kept in service.promises:
        table.add_row(what, held_to, saw, "kept" if kept else "BROKEN")
    console.print(load, f"Client, workers and PostgreSQL share {os.cpu_count()} processors: compare the rows.", table)


PHASES = (
    connections,
    speed,
    database_stops,
    worker_killed,
    hang_ups,
    too_large,
    slow_clients,
    malformed_requests,
    attacks,
)


async def measure(service: Service, show: Callable[[str], None]) -> None:
    """Everything, one after the other."""
    with service.running(*SERVE):
        await service.fill()
        before = service.memory() / 2
        for phase in PHASES:
            show(str(phase.__doc__).splitlines()[0])
            await phase(service)
        service.promise(
            "memory of a worker, whole run", "(told)", f"{before:.0f} → {service.memory() / 2:.0f} MiB", True
        )
    show(str(beside.__doc__))
    await beside(service)


def main() -> None:
    """Measure, print both tables, and exit with 1 when a promise is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60, help="how long each kind of load lasts (default: 60)")
    asked = parser.parse_args()
    columns = (BarColumn(), TextColumn("{task.completed}/{task.total} {task.description}"), TimeElapsedColumn())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Progress(*columns, console=console) as bar:
        phases = bar.add_task("PostgreSQL and two workers start", total=len(PHASES) + 1)
        service = Service(Path(folder), asked.seconds)
        try:
            asyncio.run(measure(service, lambda what: bar.update(phases, advance=1, description=what)))
        finally:
            service.postgres.cleanup()
    print_tables(service)
    sys.exit(not all(kept for *_, kept in service.promises))


if __name__ == "__main__":
    main()
