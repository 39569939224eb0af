"""What strangers try: no success, and never a 500. Forged tokens and owners are in the contract."""

import json
from typing import Any

import httpx2
import pytest

from app_snippets.tasks_api.services.tokens import make_token

from .conftest import Api, Start, problem

SQL = (
    "' OR '1'='1",
    "'; DROP TABLE tasks; --",
    '" OR ""="',
    "1; SELECT pg_sleep(10)",
    "ana' UNION SELECT password_hash FROM users --",
    "%' AND 1=1 --",
    "\\'; DELETE FROM users; --",
)
UNICODE = (
    "\ufeff",
    "\u202e" + "gnp.exe",
    "a" + "\u0301" * 50,
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u0130\u0131\u017f\u212a",
    "\ufdfa" * 20,
    "\U0010ffff",
    "ａｎａ",
)
NUMBERS = (-1, 2**31, 2**63, 2**64, 10**400, -(2**63) - 1, 1e308, 1.5, "1e3", "0x1", "١", "+1", "1_0", "", "null")
PATHS = (
    "/api/v1/../../etc/passwd",
    "/api/v1/%2e%2e/%2e%2e/etc/passwd",
    "/api/v1/tasks/%2e%2e/users/me",
    "/api/v1//tasks",
    "/api/v1/tasks/1;admin=true",
    "/api/v1/tasks/1%00",
    "/api/v1/tasks/1%0d%0aX-Evil:%20yes",
    "/api/v1/tasks/%ff%fe",
    "/API/V1/TASKS",
    "/api/v1/tasks/1/../../users/me",
    "/api/v1/users/me%2f..%2f1",
    "/api/v1/" + "a" * 8000,
)


@pytest.fixture
def api(start: Start, url: str) -> Api:
    return start(raises=False, database_url=url)


def harmless(response: httpx2.Response) -> httpx2.Response:
    assert response.status_code < 500, f"{response.request.method} {response.request.url}: {response.text}"
    if response.status_code >= 400:
        assert list(response.json()) == ["detail", "error_code", "field_errors"]
    for internal in ("Traceback", "sqlite3", "asyncpg", "SELECT ", "INSERT ", "argon2"):
        assert internal not in response.text.replace("UNION SELECT", "").replace("; SELECT", "")
    return response


def test_sql_and_unicode_in_every_text(api: Api) -> None:
    """Where a text may be anything it is kept as it came; everywhere else it is refused."""
    for nasty in SQL + UNICODE:
        body = {"title": nasty, "steps": [{"title": nasty}]}
        created = harmless(api.ask("POST", "/tasks", json=body))
        if created.status_code == 201:
            task = created.json()
            assert (task["title"], task["steps"][0]["title"]) == (nasty, nasty)
            path = f"/tasks/{task['id']}"
            for method in ("PUT", "PATCH"):
                assert harmless(api.ask(method, path, json={"title": nasty})).json()["title"] == nasty
            assert api.ask("GET", path).json()["title"] == nasty
        for query in ("limit", "offset", "done", "priority", "sort", "unknown"):
            problem(harmless(api.ask("GET", "/tasks", params={query: nasty})), 400, "VALIDATION_FAILED")
        for name, value in (("username", nasty), ("email", nasty), ("password", nasty[:11])):
            dora = {"username": "dora", "email": "dora@example.com", "password": "seven blue tables", name: value}
            assert harmless(api.ask("POST", "/users", None, json=dora)).status_code == 400
        assert harmless(api.log_in(nasty)).status_code == 401
        assert harmless(api.log_in("ana", nasty)).status_code == 401
        for resource in ("tasks", "users"):
            assert harmless(api.ask("GET", f"/{resource}/{httpx2.QueryParams({'': nasty})}")).status_code in (400, 404)
    assert len(api.tasks("carla")) == 1
    assert api.log_in("carla").status_code == 200


def test_headers(api: Api) -> None:
    token = api.token("ana")
    for value in (
        *SQL,
        "Bearer",
        "Bearer ",
        f"Bearer {token}\x00",
        f"Bearer {token},{token}",
        "é" * 9,
    ):
        headers = [(b"Authorization", value.encode("latin-1", "replace"))]
        response = harmless(api.client.get("/api/v1/users/me", headers=headers))
        assert response.status_code == 401, value
    for value in (*SQL, "x" * 101, "x" * 7, "tab\there!!", "é" * 9):
        key = {"Idempotency-Key": value.encode("latin-1", "replace")}
        assert harmless(api.ask("POST", "/tasks", json={"title": "A"}, headers=key)).status_code in (201, 400)
    for name, value in (
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Original-URL", "/api/v1/users/3"),
        ("X-HTTP-Method-Override", "DELETE"),
        ("Host", "evil.example"),
        ("Content-Type", "application/xml"),
        ("Content-Type", "application/json; charset=utf-7"),
        ("Accept-Encoding", "bomb"),
        ("Range", "bytes=0-99999999999"),
        ("X-Request-ID", "a\tb c"),
        ("Origin", "null"),
        ("Cookie", "a=" + "b" * 4000),
    ):
        assert harmless(api.ask("GET", "/users/me", headers={name: value})).json() == {"id": 1, "username": "ana"}
    assert api.ask("GET", "/tasks/1").status_code == 200  # nothing has overridden a method


def test_paths(api: Api) -> None:
    for path in PATHS:
        for headers in ({}, {"Authorization": f"Bearer {api.token('ana')}"}):
            response = harmless(api.client.get(path, headers=headers, follow_redirects=False))
            assert response.status_code in (200, 307, 400, 401, 404)
            assert "root:" not in response.text
            assert "X-Evil" not in response.headers
    response = api.client.get("//evil.example/api/v1/tasks/", follow_redirects=False)
    assert "evil.example" not in response.headers.get("Location", "").split("?")[0].removeprefix("http://testserver")


def test_numbers(api: Api) -> None:
    for number in NUMBERS:
        for path in (f"/tasks/{number}", f"/users/{number}"):
            response = harmless(api.ask("GET", path, follow_redirects=False))
            assert response.status_code in (307, 400, 404) or response.json()["id"] == int(number)
        for query in ("limit", "offset"):
            assert harmless(api.ask("GET", f"/tasks?{query}={number}")).status_code in (200, 400)
        if not isinstance(number, str):
            body = json.dumps({"version": number})
            response = api.ask("PATCH", "/tasks/1", content=body, headers={"Content-Type": "application/json"})
            assert harmless(response).status_code in (400, 409)
    dates: tuple[Any, ...] = (
        *("0000-00-00", "9999-99-99", "99999-01-01", "2031-02-30", "now"),
        *(10**20, -1, True, {}),
    )
    for date in dates:
        assert harmless(api.ask("POST", "/tasks", json={"title": "A", "due_date": date})).status_code in (400, 422)


def test_bodies(api: Api) -> None:
    deep = b"[" * 20_000 + b"]" * 20_000
    wide: dict[str, Any] = {str(number): number for number in range(5_000)}
    for content in (
        deep,
        b'{"title": ' + deep + b"}",
        json.dumps(wide).encode(),
        json.dumps({"title": "A", "steps": [{"title": "B"}] * 3_000}).encode(),
        b'{"title": "A", "title": "B", "title": "' + b"C" * 101 + b'"}',
        b'{"title": "A", "__proto__": {"role": "admin"}}',
        b'{"title": "\\u0000"}',
        b'{"title": 1e999}',
        b"\x00" * 1_000,
        b"\xef\xbb\xbf{}",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
    ):
        response = harmless(api.ask("POST", "/tasks", content=content, headers={"Content-Type": "application/json"}))
        assert response.status_code in (400, 413)
    many = "&".join(f"field{number}=x" for number in range(5_000))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert harmless(api.client.post("/api/v1/token", content=many, headers=form)).status_code == 400
    files = {"username": ("a.txt", b"ana"), "password": ("b.txt", b"x" * 10_000)}
    assert harmless(api.client.post("/api/v1/token", files=files)).status_code == 400


def test_a_token_about_an_id_that_no_user_can_have(api: Api) -> None:
    settings = api.app.state.settings
    for user_id in (2**31, 10**30, -1):
        headers = {"Authorization": f"Bearer {make_token(user_id, settings)}"}
        problem(api.ask("GET", "/users/me", None, headers=headers), 401, "INVALID_TOKEN")


def test_an_unknown_user_costs_as_much_as_a_wrong_password(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    passwords = api.app.state.passwords
    verify = passwords.hasher.verify

    def watched(password: str, kept: str) -> Any:
        compared.append(kept)
        return verify(password, kept)

    monkeypatch.setattr(passwords.hasher, "verify", watched)
    answers = [api.log_in("ana", "wrong"), api.log_in("nobody", "wrong"), api.log_in("ben", "wrong")]
    assert len({answer.text for answer in answers}) == 1
    assert len(compared) == 3
