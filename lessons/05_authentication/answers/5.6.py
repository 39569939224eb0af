# story: Ana is a member, Carla an admin, Ben's account is not active.
# story: Task 1 is Ana's, task 3 Carla's, and there is no task 99.

# %% right: a function of three questions
def answer(known, may):
    return 401 if not known else 403 if not may else 404


yes, no = True, False
requests = [
    "somebody without a token reads task 99",
    "Ana, with a token that expired a minute ago, reads task 1",
    "Ben, with a valid token, reads task 99",
    "Ana, with a valid token, reads task 3",
    "Ana, with a valid token, removes user 3",
    "Carla, with a valid token, reads task 1",
    "Carla, removed a minute ago, with a token that has not expired, removes user 1",
]
answers = dict(zip(requests, [answer(no, no)] * 2 + [answer(yes, no), answer(yes, yes), answer(yes, no), answer(yes, yes), answer(no, no)]))

# %% right: names of statuses
from http import HTTPStatus

answers = {
    "Carla, removed a minute ago, with a token that has not expired, removes user 1": HTTPStatus.UNAUTHORIZED,
    "Carla, with a valid token, reads task 1": HTTPStatus.NOT_FOUND,
    "Ana, with a valid token, removes user 3": HTTPStatus.FORBIDDEN,
    "Ana, with a valid token, reads task 3": HTTPStatus.NOT_FOUND,
    "Ben, with a valid token, reads task 99": HTTPStatus.FORBIDDEN,
    "Ana, with a token that expired a minute ago, reads task 1": HTTPStatus.UNAUTHORIZED,
    "somebody without a token reads task 99": HTTPStatus.UNAUTHORIZED,
}

# %% wrong: a stranger is forbidden
# breaks: With 401, 403 or 404?
# says: A 403 says: I know you
# change: solution
-    "somebody without a token reads task 99": 401,
+    "somebody without a token reads task 99": 403,

# %% wrong: a stranger hears what is not there
# says: learn which numbers exist by counting
# change: solution
-    "somebody without a token reads task 99": 401,
+    "somebody without a token reads task 99": 404,

# %% wrong: an expired token is forbidden
# says: on a 403 it gives up
# change: solution
-    "Ana, with a token that expired a minute ago, reads task 1": 401,
+    "Ana, with a token that expired a minute ago, reads task 1": 403,

# %% wrong: Ben hears of task 99
# says: the chain ends before the route looks for a task
# change: solution
-    "Ben, with a valid token, reads task 99": 403,
+    "Ben, with a valid token, reads task 99": 404,

# %% wrong: Carla's task is forbidden
# says: A fair choice in a wiki
# change: solution
-    "Ana, with a valid token, reads task 3": 404,
+    "Ana, with a valid token, reads task 3": 403,

# %% wrong: the route is hidden
# says: What Ana lacks is the role
# change: solution
-    "Ana, with a valid token, removes user 3": 403,
+    "Ana, with a valid token, removes user 3": 404,

# %% wrong: an admin reads everything
# breaks: Seven requests reach our API, and it refuses each of them.
# says: All seven are refused
# change: solution
-    "Carla, with a valid token, reads task 1": 404,
+    "Carla, with a valid token, reads task 1": 200,

# %% wrong: an admin is forbidden
# says: the rule is the same as for Ana
# change: solution
-    "Carla, with a valid token, reads task 1": 404,
+    "Carla, with a valid token, reads task 1": 403,

# %% wrong: the token is believed
# says: finds nobody
# change: solution
-    "Carla, removed a minute ago, with a token that has not expired, removes user 1": 401,
+    "Carla, removed a minute ago, with a token that has not expired, removes user 1": 200,

# %% wrong: removed is forbidden
# says: no user any more of whom we could say
# change: solution
-    "Carla, removed a minute ago, with a token that has not expired, removes user 1": 401,
+    "Carla, removed a minute ago, with a token that has not expired, removes user 1": 403,

# %% wrong: five not finished
# says: No answer yet for 5 of the seven
# says: reads task 3
# change: stub
-    "somebody without a token reads task 99": ...,
-    "Ana, with a token that expired a minute ago, reads task 1": ...,
+    "somebody without a token reads task 99": 401,
+    "Ana, with a token that expired a minute ago, reads task 1": 401,

# %% wrong: two dots left
# says: No answer yet for 2 of the seven
# says: Ben, with a valid token, reads task 99
# says: Carla, with a valid token, reads task 1
answers = {
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": ...,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, removes user 3": 403,
    "Carla, with a valid token, reads task 1": ...,
    "Carla, removed a minute ago, with a token that has not expired, removes user 1": 401,
}

# %% wrong: a number in quotes
# breaks: Put a number in place of each `...`.
# says: the answer is a text
# says: without quotes
# change: solution
-    "Ana, with a valid token, reads task 3": 404,
+    "Ana, with a valid token, reads task 3": "404",

# %% wrong: all numbers in quotes
# says: without quotes
answers = {
    "somebody without a token reads task 99": "401",
    "Ana, with a token that expired a minute ago, reads task 1": "401",
    "Ben, with a valid token, reads task 99": "403",
    "Ana, with a valid token, reads task 3": "404",
    "Ana, with a valid token, removes user 3": "403",
    "Carla, with a valid token, reads task 1": "404",
    "Carla, removed a minute ago, with a token that has not expired, removes user 1": "401",
}

# %% wrong: a 404 for an expired token
# says: so we do not know who asks
answers = {'somebody without a token reads task 99': 401, 'Ana, with a token that expired a minute ago, reads task 1': 404, 'Ben, with a valid token, reads task 99': 403, 'Ana, with a valid token, reads task 3': 404, 'Ana, with a valid token, removes user 3': 403, 'Carla, with a valid token, reads task 1': 404, 'Carla, removed a minute ago, with a token that has not expired, removes user 1': 401}

# %% wrong: a 401 for a task of somebody else
# says: Another login would not make the task hers
answers = {'somebody without a token reads task 99': 401, 'Ana, with a token that expired a minute ago, reads task 1': 401, 'Ben, with a valid token, reads task 99': 403, 'Ana, with a valid token, reads task 3': 401, 'Ana, with a valid token, removes user 3': 403, 'Carla, with a valid token, reads task 1': 404, 'Carla, removed a minute ago, with a token that has not expired, removes user 1': 401}

# %% wrong: two at once
# says: is not as expected
# change: solution
-    "Ana, with a valid token, reads task 3": 404,
+    "Ana, with a valid token, reads task 3": (403, 404),
