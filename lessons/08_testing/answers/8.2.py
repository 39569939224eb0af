# story: Ben's shopping API has one app for all tests. One test pretended that the shop is closed, failed in the middle, and never put the shop back. The next forty tests were red, and nobody could find out why.

# %% right: one entry remembered
@contextmanager
def overriding(app, dependency, replacement):
    nothing = object()
    before = app.dependency_overrides.get(dependency, nothing)
    app.dependency_overrides[dependency] = replacement
    try:
        yield app
    finally:
        if before is nothing:
            del app.dependency_overrides[dependency]
        else:
            app.dependency_overrides[dependency] = before

# %% right: a class, and another dictionary
class overriding:
    def __init__(self, app, dependency, replacement):
        self.app, self.new = app, {dependency: replacement}

    def __enter__(self):
        self.before = self.app.dependency_overrides
        self.app.dependency_overrides = {**self.before, **self.new}

    def __exit__(self, *error):
        self.app.dependency_overrides = self.before

# %% right: patch.dict
from unittest.mock import patch


def overriding(app, dependency, replacement):
    return patch.dict(app.dependency_overrides, {dependency: replacement})

# %% wrong: everything is cleared, in any case
# breaks: Other overrides stay.
# says: The override of another dependency is gone
# change: solution
-    before = dict(app.dependency_overrides)
...
-        app.dependency_overrides.update(before)

# %% wrong: its own entry is deleted, whatever was there
# breaks: and also when the same dependency had an override already.
# says: had an override already
@contextmanager
def overriding(app, dependency, replacement):
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    finally:
        del app.dependency_overrides[dependency]

# %% wrong: no finally
# breaks: also when the block raises
# says: The block raised, and the replacement stayed
@contextmanager
def overriding(app, dependency, replacement):
    before = dict(app.dependency_overrides)
    app.dependency_overrides[dependency] = replacement
    yield
    app.dependency_overrides = before

# %% wrong: the dictionary is remembered, not its content
# breaks: After it, overrides are as they were **before** the block
# says: that is the same dictionary, and no copy
@contextmanager
def overriding(app, dependency, replacement):
    before = app.dependency_overrides
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    finally:
        app.dependency_overrides = before

# %% wrong: the exception is swallowed
# breaks: The exception goes on.
# says: let it go on
@contextmanager
def overriding(app, dependency, replacement):
    before = dict(app.dependency_overrides)
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    except Exception:
        pass
    app.dependency_overrides = before

# %% wrong: no context manager
# breaks: Write `overriding(app, dependency, replacement)`, to be used in a `with`.
# says: can't be used in a `with`
def overriding(app, dependency, replacement):
    app.dependency_overrides[dependency] = replacement

# %% wrong: the others are away during the block
# says: gone inside the block: other overrides stay
# change: the dictionary is remembered, not its content
-    app.dependency_overrides[dependency] = replacement
+    app.dependency_overrides = {dependency: replacement}

# %% wrong: what was not there is put back as None
# says: `None` stands in the place of the replacement
@contextmanager
def overriding(app, dependency, replacement):
    before = app.dependency_overrides.get(dependency)
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    finally:
        app.dependency_overrides[dependency] = before

# %% wrong: no finally, and pytest.fail leaves the override
# breaks: whatever it raises
# says: `except Exception` doesn't see that
@contextmanager
def overriding(app, dependency, replacement):
    before = dict(app.dependency_overrides)
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    except Exception:
        app.dependency_overrides = before
        raise
    app.dependency_overrides = before

# %% wrong: another exception comes out
# says: The block raised `_Stop`, and `RuntimeError` came out of `overriding`
@contextmanager
def overriding(app, dependency, replacement):
    before = dict(app.dependency_overrides)
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    except Exception as error:
        raise RuntimeError("the block failed") from error
    finally:
        app.dependency_overrides = before

# %% wrong: the replacement is called on the way in
# says: that is what the replacement returns
# change: solution
-    app.dependency_overrides[dependency] = replacement
+    app.dependency_overrides[dependency] = replacement()

# %% wrong: the replacement is called once
# breaks: Inside the block, `replacement` is called instead of `dependency`.
# says: The second request got the first one's value
# change: solution
-    app.dependency_overrides[dependency] = replacement
+    value = replacement()
+    app.dependency_overrides[dependency] = lambda: value

# %% wrong: the replacement is called too early, for nothing
# says: The replacement was called before anybody asked
# change: solution
-    app.dependency_overrides[dependency] = replacement
+    print("instead:", replacement())
+    app.dependency_overrides[dependency] = replacement
