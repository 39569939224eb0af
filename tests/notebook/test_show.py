"""Pictures: of an exchange, of an app's routes, and of a route's dependency chain."""

import functools
import re
from typing import Annotated, Any
from unittest.mock import MagicMock

import httpx
import httpx2
import pytest
from fastapi import APIRouter, Depends, FastAPI, Response
from fastapi.responses import JSONResponse
from fastapi.testclient import TestClient
from pydantic import BaseModel

from coursekit import show
from coursekit.notebook.serve import serve
from coursekit.notebook.show import Drawing, ShownExchange


class Task(BaseModel):
    __module__ = "__main__"  # where a notebook's classes are
    title: str


def small_app() -> FastAPI:
    app = FastAPI()

    @app.post("/tasks", status_code=201)
    def create(task: Task, response: Response) -> Task:
        response.headers["Location"] = "/tasks/1"
        return task

    @app.get("/page")
    def page() -> Any:
        return JSONResponse({"a": "<script>alert(1)</script>"})

    return app


CREATED = """\
→ POST /tasks
  content-type: application/json
  {"title": "Milk"}
← 201 Created
  content-type: application/json
  location: /tasks/1
  {"title": "Milk"}
201 means: something new exists now."""


class TestAnExchange:
    def test_of_the_test_client(self) -> None:
        shown = show(TestClient(small_app()).post("/tasks", json={"title": "Milk"}))
        assert repr(shown) == CREATED

    @pytest.mark.parametrize("library", [httpx, httpx2])
    def test_of_a_client_with_a_transport(self, library: Any) -> None:
        def answer(request: Any) -> Any:
            return library.Response(201, json={"title": "Milk"}, headers={"location": "/tasks/1"})

        with library.Client(transport=library.MockTransport(answer)) as api:
            assert repr(show(api.post("http://x/tasks", json={"title": "Milk"}))) == CREATED

    @pytest.mark.parametrize("library", [httpx, httpx2])
    def test_of_a_real_server(self, library: Any) -> None:
        with serve(small_app()) as server:
            assert repr(show(library.post(f"{server.url}/tasks", json={"title": "Milk"}))) == CREATED

    def test_as_a_page(self) -> None:
        shown = show(TestClient(small_app()).get("/page"))
        assert isinstance(shown, ShownExchange)
        page = shown._repr_html_()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "<script" not in page
        assert "200 means: it worked" in page

    def test_a_422_is_said_in_words_in_both_forms(self) -> None:
        shown = show(TestClient(small_app()).post("/tasks", json={}))
        assert isinstance(shown, ShownExchange)
        for form in (repr(shown), shown._repr_html_().replace("<code>", "`").replace("</code>", "`")):
            assert "The server looked for `title` in the body and did not find it." in form

    def test_a_head_and_an_empty_answer(self) -> None:
        assert "(no body)" in repr(show(TestClient(small_app()).head("/page")))

    def test_a_stream(self) -> None:
        with TestClient(small_app()).stream("GET", "/page") as response:
            assert "(a stream that was not read)" in repr(show(response))

    @pytest.mark.parametrize("library", [httpx, httpx2])
    def test_a_response_without_a_request(self, library: Any) -> None:
        assert "no exchange to show" in repr(show(library.Response(200)))


class Unwilling:
    def __getattribute__(self, name: str) -> object:
        raise RuntimeError(name)


class Anything:
    def __getattr__(self, name: str) -> object:
        return self

    def __repr__(self) -> str:
        raise RuntimeError


NONSENSE: list[tuple[Any, str]] = [
    (lambda: None, "`None`"),
    (lambda: 5, "the `int` `5`"),
    (lambda: "/tasks", "the `str` `'/tasks'`"),
    (lambda: [1], "the `list` `[1]`"),
    (lambda: FastAPI, "the class `FastAPI`"),
    (lambda: httpx.Response, "the class `Response`"),
    (lambda: show, "the function `show`"),
    (MagicMock, "an object of type `MagicMock`"),
    (Unwilling, "an object of type `Unwilling`"),
    (Anything, "an object of type `Anything`"),
    (lambda: JSONResponse({}), "an object of type `JSONResponse`"),
    (lambda: httpx.Request("GET", "http://x"), "an object of type `Request`"),
]


@pytest.mark.parametrize(("make", "got"), NONSENSE)
def test_nonsense_is_answered_with_a_sentence(make: Any, got: str) -> None:
    for shown in (show(make()), show(make(), "/x", "GET")):
        assert repr(shown) == f"`show` takes a response, an app or a router; it got {got}."


class TestRoutes:
    def test_none(self) -> None:
        assert repr(show(FastAPI())) == "There is no route yet."
        assert repr(show(APIRouter())) == "There is no route yet."
        assert repr(show(FastAPI(), "/x")) == "There is no `GET /x`. There is no route yet."

    def test_prefixes_of_routers_in_routers(self) -> None:
        inner, middle, app = APIRouter(prefix="/tasks"), APIRouter(prefix="/v1"), FastAPI()

        @inner.get("/{task_id}", summary="One <b>task</b>")
        def read(task_id: int) -> Task: ...

        @inner.post("", status_code=201)
        def create_task(task: Task) -> Task: ...

        @inner.delete("/{task_id}", status_code=204)
        def delete(task_id: int) -> None: ...

        @inner.api_route("", methods=["PUT", "PATCH"], response_model=list[Task])
        def several(task: Task | None = None) -> Any: ...

        middle.include_router(inner)
        app.include_router(middle, prefix="/api")
        assert repr(show(app)).splitlines() == [
            "5 routes",
            "",
            "method  path                     status  takes        answers with  summary",
            "------  -----------------------  ------  -----------  ------------  ---------------",
            "GET     /api/v1/tasks/{task_id}  200                  Task          One <b>task</b>",
            "POST    /api/v1/tasks            201     Task         Task          Create task",
            "DELETE  /api/v1/tasks/{task_id}  204                                Delete",
            "PATCH   /api/v1/tasks            200     Task | None  list[Task]    Several",
            "PUT     /api/v1/tasks            200     Task | None  list[Task]    Several",
        ]
        page = show(app)._repr_html_()  # type: ignore[union-attr]
        assert "One &lt;b&gt;task&lt;/b&gt;" in page
        assert page.count("<tr>") == 6
        assert repr(show(middle)).count("/v1/tasks") == 5

    def test_as_a_program_reads_them(self) -> None:
        rows = show(small_app()).to_dict()["rows"]  # type: ignore[union-attr]
        assert [(row["method"], row["path"], row["status"]) for row in rows] == [
            ("POST", "`/tasks`", "201"),
            ("GET", "`/page`", "200"),
        ]

    def test_what_is_no_api_route_is_left_out(self) -> None:
        app = small_app()
        app.mount("/other", FastAPI())
        app.add_route("/plain", lambda request: None)  # type: ignore[arg-type]
        assert repr(show(app)).startswith("2 routes")

    def test_one_route_is_one(self) -> None:
        app = FastAPI()
        app.get("/x")(lambda: 1)
        assert repr(show(app)).startswith("1 route\n")


def settings() -> None: ...


def session(settings: Annotated[None, Depends(settings)]) -> Any:
    yield 1


async def user(
    session: Annotated[None, Depends(session, scope="function")], settings: Annotated[None, Depends(settings)]
) -> None: ...


class Page:
    def __init__(self, number: int = 1) -> None: ...


class Allowed:
    def __init__(self, role: str) -> None: ...

    def __call__(self, user: Annotated[None, Depends(user)]) -> None: ...


class Locked:
    async def __call__(self) -> Any:
        yield 1


class Service:
    def method(self) -> None: ...


def role(name: str, user: Annotated[None, Depends(user)]) -> None: ...


def chain_app() -> FastAPI:
    app, service, locked = FastAPI(), Service(), Locked()

    @app.get("/tasks/{task_id}")
    def read(
        task_id: int,
        session: Annotated[None, Depends(session)],
        user: Annotated[None, Depends(user)],
        page: Annotated[Page, Depends()],
        allowed: Annotated[None, Depends(Allowed("admin"))],
        role: Annotated[None, Depends(functools.partial(role, "admin"))],
        locked: Annotated[None, Depends(locked)],
        one: Annotated[None, Depends(service.method)],
        other: Annotated[None, Depends(service.method)],
        fresh: Annotated[None, Depends(settings, use_cache=False)],
        nameless: Annotated[None, Depends(lambda: 1)],
    ) -> None: ...

    return app


CHAIN = """\
GET /tasks/{task_id} → read
  needs session (yield)
    needs settings
  needs user
    needs session (yield, scope=function)
      needs settings
    needs settings
  needs Page
  needs Allowed
    needs user
      needs session (yield, scope=function)
        needs settings
      needs settings
  needs role
    needs user
      needs session (yield, scope=function)
        needs settings
      needs settings
  needs Locked (yield)
  needs method
  needs method
  needs settings
  needs <lambda>"""


class TestAChain:
    def drawing(self, method: str = "GET") -> Drawing:
        drawn = show(chain_app(), "/tasks/{task_id}", method)
        assert isinstance(drawn, Drawing)
        return drawn

    def test_as_text(self) -> None:
        assert repr(self.drawing()) == CHAIN
        assert repr(self.drawing("get")) == CHAIN

    def test_both_forms_are_sent_to_the_page(self) -> None:
        drawn = self.drawing()
        assert drawn._repr_mimebundle_(include=None, exclude=None) == {
            "text/vnd.mermaid": drawn.mermaid,
            "text/plain": CHAIN,
        }

    def test_what_is_shared_in_a_request_is_one_box(self) -> None:
        boxes = dict(re.findall(r'^  (\w+)\["(.*)"\]$', self.drawing().mermaid, re.MULTILINE))
        assert sorted(boxes.values()) == sorted(
            [
                "GET /tasks/#123;task_id#125;<br/>read",
                "session<br/>(yield)",
                "session<br/>(yield, scope=function)",  # FastAPI calls it once more for another scope
                "settings",
                "settings",  # use_cache=False
                "user",
                "Page",
                "Allowed",
                "role",
                "Locked<br/>(yield)",
                "method",
                "&lt;lambda&gt;",
            ]
        )

    def test_it_is_mermaid(self) -> None:
        head, *lines = self.drawing().mermaid.splitlines()
        assert head == "flowchart LR"
        declared: set[str] = set()
        for line in lines:
            box = re.fullmatch(r'  (\w+)\["[^"{}\[\]]+"\]', line)
            arrow = re.fullmatch(r"  (\w+) --> (\w+)", line)
            assert box or arrow, line
            if box:
                assert box[1] not in declared
                declared.add(box[1])
            elif arrow:
                assert {arrow[1], arrow[2]} <= declared
        assert len(lines) == len(set(lines))

    def test_one_call_that_is_declared_in_two_ways_is_one_box(self) -> None:
        app = FastAPI()

        @app.get("/x")
        def x(
            one: Annotated[None, Depends(session)], other: Annotated[None, Depends(session, scope="request")]
        ) -> None: ...

        drawn = show(app, "/x")
        assert isinstance(drawn, Drawing)
        assert drawn.mermaid.count("session") == 1

    def test_quotes_and_brackets_in_a_path(self) -> None:
        app = FastAPI()
        app.get('/a"b[{x}]', name="n")(lambda x: 1)
        drawn = show(app, '/a"b[{x}]')
        assert isinstance(drawn, Drawing)
        assert drawn.mermaid.splitlines()[1] == '  route["GET /a&quot;b[#123;x#125;]<br/>n"]'

    def test_a_route_that_needs_nothing(self) -> None:
        drawn = show(small_app(), "/tasks", "post")
        assert repr(drawn) == "POST /tasks → create\n  needs no dependency"

    def test_dependencies_of_the_app_and_its_routers(self) -> None:
        inner, app = APIRouter(dependencies=[Depends(user)]), FastAPI(dependencies=[Depends(settings)])
        inner.get("/x", name="x")(lambda: 1)
        app.include_router(inner, prefix="/v1")
        assert repr(show(app, "/v1/x")).splitlines()[:3] == ["GET /v1/x → x", "  needs settings", "  needs user"]

    @pytest.mark.parametrize(
        ("path", "method", "asked"),
        [
            ("/nope", "GET", "GET /nope"),
            ("/page", "DELETE", "DELETE /page"),
            ("/tasks/", "POST", "POST /tasks/"),
            (5, 7, "7 5"),
            ("y" * 10_000, "x" * 10_000, "X" * 20 + "… " + "y" * 100 + "…"),
        ],
    )
    def test_a_route_that_is_not_there(self, path: Any, method: Any, asked: str) -> None:
        said = repr(show(small_app(), path, method))
        assert said == f"There is no `{asked}`. The routes are `POST /tasks`, `GET /page`."


def test_a_model_of_a_package_is_shown_by_its_name() -> None:
    from app_snippets.tasks_api.main import create_app
    from app_snippets.tasks_api.settings import Settings

    text = repr(show(create_app(Settings())))
    assert " list[TaskPublic] " in text
    assert "tasks_api" not in text
