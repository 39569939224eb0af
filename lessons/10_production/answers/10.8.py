# story: These are lines of one night, and `by_route` sorts them into heaps, one for each route.
# story: `math.ceil(x)` rounds up.

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
# breaks: it gives, for each route, a dictionary
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
# breaks: Lines without a route belong together, under `None`.
# says: The lines without a route are missing
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        if line["route"] is None:
+            continue
+        by_route.setdefault(line["route"], []).append(line)

# %% wrong: 4xx are errors
# breaks: the share of 5xx
# says: A 401 is an answer
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
+            "errors": sum(line["status"] >= 400 for line in ours) / len(ours),

# %% wrong: a number, and no share
# says: divide by the number of requests
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "errors": sum(line["status"] >= 500 for line in ours) / len(ours),
+            "errors": sum(line["status"] >= 500 for line in ours),

# %% wrong: percent
# breaks: between 0 and 1
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
# breaks: Of 20 durations that is the 19th, of 10 the 10th.
# says: a list counts from 0
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
+            "p95": durations[min(math.ceil(0.95 * len(ours)), len(ours) - 1)],

# %% wrong: rounded down
# breaks: and take the first one that at least 95 % of them do not exceed
# says: This is the third
# change: everything in one
-        by_route.setdefault("all", []).append(line)
+        by_route.setdefault(line["route"], []).append(line)
...
-            "p95": durations[math.ceil(0.95 * len(ours)) - 1],
+            "p95": durations[max(int(0.95 * len(ours)) - 1, 0)],

# %% wrong: not sorted
# breaks: sort the durations
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

# %% right: a mean of true and false
from statistics import fmean
def watch(lines: list[dict[str, Any]]) -> dict[str | None, dict[str, float]]:
    def report(theirs):
        ms = sorted(one["duration_ms"] for one in theirs)
        return dict(
            requests=len(theirs),
            errors=fmean(500 <= one["status"] < 600 for one in theirs),
            p95=next(d for d in ms if sum(other <= d for other in ms) >= 0.95 * len(ms)),
        )
    return {route: report(theirs) for route, theirs in by_route(lines).items()}

# %% wrong: only two of the errors
# breaks: `errors` (the share of 5xx
# says: `errors` of `/report`
# change: solution
-        bad = [one for one in theirs if one["status"] >= 500]
+        bad = [one for one in theirs if one["status"] in (500, 503)]

# %% wrong: 499 is an error
# says: `errors` of `/report`
# change: solution
-        bad = [one for one in theirs if one["status"] >= 500]
+        bad = [one for one in theirs if one["status"] >= 450]

# %% wrong: a rounded share
# says: `errors` of `/report`
# change: solution
-            "errors": len(bad) / len(theirs),
+            "errors": round(len(bad) / len(theirs), 1),

# %% wrong: only what went well is counted
# breaks: with `requests` (how many)
# says: `requests` of `/token`
# change: solution
-            "requests": len(theirs),
+            "requests": len(theirs) - len(bad),

# %% wrong: only what went well is timed
# says: `p95` of `/token`
# never: This is the third
# change: solution
-        durations = sorted(one["duration_ms"] for one in theirs)
+        durations = sorted(one["duration_ms"] for one in theirs if one not in bad) or [0.0]

# %% wrong: the lines are sorted in place
# says: has changed the lines that it was given
# change: solution
     report = {}
+    lines.sort(key=lambda one: one["duration_ms"])

# %% wrong: a list
# says: should give a dictionary
# change: solution
-    return report
+    return list(report.values())

# %% wrong: one word too many
# says: it should have `requests`, `errors` and `p95`
# change: solution
             "requests": len(theirs),
+            "route": route,

# %% wrong: the 18th
# says: This is the 18th
# change: solution
-            "p95": durations[math.ceil(0.95 * len(durations)) - 1],
+            "p95": durations[max(math.ceil(0.95 * len(durations)) - 2, 0)],
