"""The stand-in for curl says what curl says."""

import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import FastAPI, Form, Header, Response

from coursekit import serve

STAND_IN = [sys.executable, "-m", "coursekit.curl"]
REAL = shutil.which("curl")
PROGRAMS = [
    pytest.param(STAND_IN, id="stand-in"),
    pytest.param(
        [REAL, "--disable", "--noproxy", "*"], id="curl", marks=pytest.mark.skipif(not REAL, reason="no curl here")
    ),
]


def an_app() -> FastAPI:
    app = FastAPI()

    @app.get("/echo")
    def echo(q: str = "", authorization: Annotated[str, Header()] = "") -> dict[str, str]:
        return {"q": q, "authorization": authorization}

    @app.post("/form", status_code=201)
    def form(name: Annotated[str, Form()], text: Annotated[str, Form()]) -> dict[str, str]:
        return {"name": name, "text": text}

    @app.put("/json")
    def json(body: dict[str, int]) -> dict[str, int]:
        return body

    @app.delete("/gone", status_code=204)
    def gone(response: Response) -> None:
        response.headers["X-Kept"] = "no"

    return app


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with serve(an_app()) as server:
        yield server.url


def ask(program: list[str], *arguments: str) -> tuple[int, str, str]:
    done = subprocess.run([*program, "-s", *arguments], capture_output=True, text=True, timeout=30, check=False)
    head, _, body = done.stdout.partition("\n\n")
    return done.returncode, head.split(" ", 1)[-1].partition("\n")[0], body


@pytest.mark.parametrize("program", PROGRAMS)
class TestAsCurl:
    @pytest.mark.parametrize(
        ("arguments", "status", "body"),
        [
            (["/echo?q=a%25b&x=1"], "200 OK", '{"q":"a%b","authorization":""}'),
            (["/echo", "-G", "-d", "x=1", "--data-urlencode", "q=_ &"], "200 OK", '{"q":"_ &","authorization":""}'),
            (["/form", "-d", "name=ana", "--data-urlencode", "text=a+b"], "201 Created", '{"name":"ana","text":"a+b"}'),
            (["/echo", "-H", "Authorization: Bearer x"], "200 OK", '{"q":"","authorization":"Bearer x"}'),
            (["/echo", "-u", "ana:secret"], "200 OK", '{"q":"","authorization":"Basic YW5hOnNlY3JldA=="}'),
            (["/form", "-d", "name=ana", "-d", "text=a b"], "201 Created", '{"name":"ana","text":"a b"}'),
            (["/json", "-X", "PUT", "--json", '{"n": 1}'], "200 OK", '{"n":1}'),
            (["/json", "-X", "PUT", "-H", "content-type: application/json", "-d", '{"n": 2}'], "200 OK", '{"n":2}'),
            (["/gone", "-X", "DELETE"], "204 No Content", ""),
            (["/nowhere"], "404 Not Found", '{"detail":"Not Found"}'),
        ],
    )
    def test_an_answer(self, program: list[str], url: str, arguments: list[str], status: str, body: str) -> None:
        assert ask(program, "-i", url + arguments[0], *arguments[1:]) == (0, status, body)

    def test_without_its_head(self, program: list[str], url: str) -> None:
        done = subprocess.run([*program, "-s", f"{url}/nowhere"], capture_output=True, text=True, check=False)
        assert done.stdout == '{"detail":"Not Found"}'

    def test_nobody_there(self, program: list[str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as nobody:
            port = nobody.getsockname()[1]
        assert ask(program, f"http://127.0.0.1:{port}/")[0] == 7

    def test_too_slow(self, program: list[str]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as silent:
            assert ask(program, "-m", "0.3", f"http://127.0.0.1:{silent.getsockname()[1]}/")[0] == 28

    def test_no_such_option(self, program: list[str]) -> None:
        assert ask(program, "--no-such-option", "http://127.0.0.1:1/")[0] == 2


def test_what_it_does_not_know_is_one_line() -> None:
    done = subprocess.run([*STAND_IN, "--trace", "http://127.0.0.1:1/"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "install curl" in done.stderr
    assert len(done.stderr.splitlines()) == 1
