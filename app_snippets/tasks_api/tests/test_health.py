"""What a balancer and whoever starts dead workers anew can ask."""

from pathlib import Path
from typing import Any

import pytest

from .conftest import Start, problem


def test_alive_and_ready(start: Start) -> None:
    api = start()
    for path in ("/health", "/ready"):
        response = api.client.get(path)
        assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_without_its_database_it_is_alive_and_not_ready(start: Start, tmp_path: Path, monkeypatch: Any) -> None:
    api = start()

    def refuse(*_: Any, **__: Any) -> None:
        raise ConnectionRefusedError(111, "Connect call failed ('127.0.0.1', 5432)")

    assert api.client.portal is not None
    with monkeypatch.context() as patch:
        patch.setattr("aiosqlite.connect", refuse)
        api.client.portal.call(api.app.state.sessions.kw["bind"].dispose)
        assert api.client.get("/health").status_code == 200
        response = api.client.get("/ready")
        assert problem(response, 503, "DATABASE_UNAVAILABLE") == {}
        assert response.headers["Retry-After"] == "2"
        assert "5432" not in response.text
    assert api.client.get("/ready").status_code == 200


@pytest.mark.parametrize("path", ["/health", "/ready"])
def test_nobody_needs_a_token_for_it(start: Start, path: str) -> None:
    operation = start().client.get("/openapi.json").json()["paths"][path]["get"]
    assert "security" not in operation
    assert operation["tags"] == ["health"]
