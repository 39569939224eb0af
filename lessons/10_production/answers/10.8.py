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
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        if line["route"] is None:
+            continue
+        by_route.setdefault(line["route"], []).append(line)

# %% wrong: 4xx are errors
# says: A 401 is an answer
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
+            "errors": sum(line["status"] >= 400 for line in ours) / len(ours),

# %% wrong: a number, and no share
# says: A share is divided
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
+            "errors": sum(line["status"] >= 500 for line in ours),

# %% wrong: percent
# says: in percent
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
+            "errors": 100 * sum(line["status"] >= 500 for line in ours) / len(ours),

# %% wrong: divided by all requests of the night
# says: `errors` of `/token`
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
+            "errors": sum(line["status"] >= 500 for line in ours) / len(lines),

# %% wrong: the mean
# says: This is the mean
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
+            "p95": sum(durations) / len(ours),

# %% wrong: the longest
# says: This is the longest
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
+            "p95": durations[-1],

# %% wrong: one too far
# says: a list counts from 0
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
+            "p95": durations[min(math.ceil(0.95 * len(ours)), len(ours) - 1)],

# %% wrong: rounded down
# says: p95
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
+            "p95": durations[max(int(0.95 * len(ours)) - 1, 0)],

# %% wrong: not sorted
# says: You have not sorted
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
     report: dict[str | None, dict[str, float]] = {}
     for route, ours in by_route.items():
-        durations = sorted(line["duration_ms"] for line in ours)
+        durations = [line["duration_ms"] for line in ours]

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
