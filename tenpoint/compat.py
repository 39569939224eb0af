"""Every private name of FastAPI and Starlette that the review reads, each with the reason and a link.

`tests/tenpoint/test_compat.py` has a canary for each: if a release renames one, that test fails and names the function here to
change.
"""

from typing import Any

KEPT_WITH_THE_DOCUMENT = ("openapi_schema", "_openapi_routes_version")
"""The attributes in which an app keeps its OpenAPI document, and the version of its routes that the document describes.

https://github.com/fastapi/fastapi/blob/master/fastapi/applications.py
"""


def app_behind(mount: Any) -> Any:
    """The app that was mounted, without the middleware of the mount itself; None if the route is no mount.

    `Mount.app` is the app with the mount's middleware around it.
    https://github.com/encode/starlette/blob/master/starlette/routing.py
    """
    return getattr(mount, "_base_app", None)
