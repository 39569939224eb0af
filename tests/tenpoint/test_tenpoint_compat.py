"""Canaries: the private names of other packages that `tenpoint/compat.py` relies on."""

from fastapi import FastAPI
from starlette.routing import Mount

from tenpoint.compat import KEPT_WITH_THE_DOCUMENT, app_behind


def test_an_app_keeps_its_document_under_these_names() -> None:
    app = FastAPI()
    before = dict(vars(app))
    app.openapi()
    changed = {name for name, value in vars(app).items() if name not in before or before[name] != value}
    assert changed <= set(KEPT_WITH_THE_DOCUMENT), "what openapi() leaves behind has another name"
    assert "openapi_schema" in changed


def test_a_mount_knows_the_app_that_was_mounted() -> None:
    inner = FastAPI()
    assert app_behind(Mount("/inner", app=inner)) is inner
    assert app_behind(object()) is None
