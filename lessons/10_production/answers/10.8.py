# %% right: without a dictionary of lists
def watch(lines):
    def report(route):
        ours = [line for line in lines if line["route"] == route]
        durations = sorted(line["duration_ms"] for line in ours)
        enough = [d for d in durations if sum(x <= d for x in durations) * 100 >= 95 * len(ours)]
        failed = [line for line in ours if 500 <= line["status"] <= 599]
        return {"requests": len(ours), "errors": len(failed) / len(ours), "p95": min(enough)}

    return {route: report(route) for route in {line["route"] for line in lines}}


# %% wrong: everything in one
# says: hides the one that is broken
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault("all", []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: lines without a route are left out
# says: The lines without a route are missing
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        if line["route"] is None:
            continue
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: 4xx are errors
# says: A 401 is an answer
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 400 for line in ours) / len(ours),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: a number, and no share
# says: A share is divided
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: percent
# says: in percent
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": 100 * sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: divided by all requests of the night
# says: `errors` of `/token`
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(lines),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: the mean
# says: This is the mean
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": sum(durations) / len(ours),
        }
    return report


# %% wrong: the longest
# says: This is the longest
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[-1],
        }
    return report


# %% wrong: one too far
# says: a list counts from 0
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[min(math.ceil(0.95 * len(ours)), len(ours) - 1)],
        }
    return report


# %% wrong: rounded down
# says: p95
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in ours)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[max(int(0.95 * len(ours)) - 1, 0)],
        }
    return report


# %% wrong: not sorted
# says: You have not sorted
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = [line["duration_ms"] for line in ours]
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
        }
    return report


# %% wrong: p95 of all
# says: p95
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    by_route: dict[str | None, list[dict[str, Any]]] = {}
    for line in lines:
        by_route.setdefault(line["route"], []).append(line)
    report: dict[str | None, dict[str, float]] = {}
    for route, ours in by_route.items():
        durations = sorted(line["duration_ms"] for line in lines)
        report[route] = {
            "requests": len(ours),
            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
            "p95": durations[math.ceil(0.95 * len(durations)) - 1],
        }
    return report
