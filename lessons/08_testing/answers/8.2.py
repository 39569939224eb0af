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
# says: The override of another dependency is gone
# change: solution
-    before = dict(app.dependency_overrides)
...
-        app.dependency_overrides.update(before)

# %% wrong: its own entry is deleted, whatever was there
# says: had an override already
@contextmanager
def overriding(app, dependency, replacement):
    app.dependency_overrides[dependency] = replacement
    try:
        yield
    finally:
        del app.dependency_overrides[dependency]

# %% wrong: no finally
# says: The block raised, and the replacement stayed
@contextmanager
def overriding(app, dependency, replacement):
    before = dict(app.dependency_overrides)
    app.dependency_overrides[dependency] = replacement
    yield
    app.dependency_overrides = before

# %% wrong: the dictionary is remembered, not its content
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
# says: cannot stand in a `with`
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
