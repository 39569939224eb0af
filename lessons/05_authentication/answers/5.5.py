# %% right: a function of three questions
def answer(known, may, theirs):
    return 401 if not known else 403 if not may else 200 if theirs else 404


yes, no = True, False
answers = dict(
    zip(
        ["Ana, with a valid token, reads task 1", "somebody without a token reads task 1", "somebody without a token reads task 99", "Ana, with a token that expired a minute ago, reads task 1", "Ben, with a valid token, reads task 99", "Ana, with a valid token, reads task 3", "Ana, with a valid token, lists all users", "Carla, with a valid token, reads task 1", "Carla, removed a minute ago, with a token that has not expired, lists all users"],
        [answer(yes, yes, yes)] + [answer(no, no, no)] * 3 + [answer(yes, no, no), answer(yes, yes, no), answer(yes, no, no), answer(yes, yes, no), answer(no, no, no)],
    )
)


# %% right: in another order
answers = {
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
    "Carla, with a valid token, reads task 1": 404,
    "Ana, with a valid token, lists all users": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "somebody without a token reads task 1": 401,
    "Ana, with a valid token, reads task 1": 200,
}


# %% wrong: a stranger is forbidden
# says: A 403 says: I know you
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 403,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: a stranger hears what is not there
# says: learn which numbers exist by counting
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 404,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: an expired token is forbidden
# says: on a 403 it gives up
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 403,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: Ben hears of task 99
# says: the chain ends before the route looks for a task
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 404,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: Carla's task is forbidden
# says: A fair choice in a wiki
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 403,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: the list is hidden
# says: What she lacks is the role
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 404,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: an admin reads everything
# says: A role grants what its work needs
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 200,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 401,
}


# %% wrong: the token is believed
# says: finds nobody
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 200,
}


# %% wrong: removed is forbidden
# says: no user any more of whom we could say
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": 401,
    "somebody without a token reads task 99": 401,
    "Ana, with a token that expired a minute ago, reads task 1": 401,
    "Ben, with a valid token, reads task 99": 403,
    "Ana, with a valid token, reads task 3": 404,
    "Ana, with a valid token, lists all users": 403,
    "Carla, with a valid token, reads task 1": 404,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": 403,
}


# %% wrong: not finished
# says: No answer yet for
answers = {
    "Ana, with a valid token, reads task 1": 200,
    "somebody without a token reads task 1": ...,
    "somebody without a token reads task 99": ...,
    "Ana, with a token that expired a minute ago, reads task 1": ...,
    "Ben, with a valid token, reads task 99": ...,
    "Ana, with a valid token, reads task 3": ...,
    "Ana, with a valid token, lists all users": ...,
    "Carla, with a valid token, reads task 1": ...,
    "Carla, removed a minute ago, with a token that has not expired, lists all users": ...,
}
