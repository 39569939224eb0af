"""Expectations, and the words for what did not hold; the exchange, and a 422 in words."""

import json
from typing import Annotated, Any

import httpx
import httpx2
import pytest
from fastapi import FastAPI, Header, Response
from fastapi.testclient import TestClient
from pydantic import BaseModel

from coursekit.author import expect
from coursekit.judging.exchange import LONGEST_BODY, Exchange, status_phrase
from coursekit.judging.expectation import NotYet


def answer(status: int = 200, body: Any = b"", *, path: str = "/x", method: str = "GET", **headers: str) -> Any:
    """A response with its request; bytes and strings are sent as they are, anything else as JSON."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    if not isinstance(body, bytes | str):
        given["content-type"], body = "application/json", json.dumps(body)
    elif body.startswith('"' if isinstance(body, str) else b'"'):  # JSON that is spelled out
        given.setdefault("content-type", "application/json")
    response = httpx2.Response(status, headers=given, content=body)
    response.request = httpx2.Request(
        method, "http://testserver" + path, json={"title": "Milk"} if method == "POST" else None
    )
    return response


def not_yet(expectation: Any, *arguments: Any, **named: Any) -> NotYet:
    with pytest.raises(NotYet) as caught:
        expectation(*arguments, **named)
    assert caught.value.message
    assert str(caught.value) == caught.value.message
    return caught.value


class TestStatus:
    @pytest.mark.parametrize("wanted", [200, (201, 200)])
    def test_right(self, wanted: Any) -> None:
        expect.status(answer(200), wanted, why="")

    def test_wrong(self) -> None:
        failed = not_yet(expect.status, answer(200, method="POST"), 201, why="A phone.", known={404: "no"})
        assert failed.message == '`POST /x` with `{"title": "Milk"}` answered 200.'
        assert (failed.expected, failed.got, failed.why) == ("201 Created", "200 OK", "A phone.")
        assert failed.shown.startswith("→ POST /x\n")

    def test_one_of_several_is_wanted(self) -> None:
        assert not_yet(expect.status, answer(200), (201, 204), why="").expected == "201 Created or 204 No Content"

    def test_a_known_mistake(self) -> None:
        assert "You left it." in not_yet(expect.status, answer(200), 201, why="", known={200: "You left it."}).message

    @pytest.mark.parametrize(
        ("response", "said"),
        [
            (answer(307, location="/x/"), "differ by a slash"),
            (answer(307, location="http://testserver/x/"), "differ by a slash"),
            (answer(307, path="/x/?a=1", location="/x?a=1"), "differ by a slash"),
            (answer(404, {"detail": "Not Found"}), "No route matches this address"),
            (answer(405), "no route takes GET there"),
            (
                answer(422, {"detail": [{"type": "missing", "loc": ["query", "a"], "msg": ""}]}),
                "looked for `a` in the query",
            ),
        ],
    )
    def test_a_usual_mistake(self, response: Any, said: str) -> None:
        assert said in not_yet(expect.status, response, 200, why="").message

    @pytest.mark.parametrize(
        "response",
        [
            answer(307, location="/y"),
            answer(307, location="http://["),
            answer(307),
            answer(404, {"detail": "no task 7"}),
            answer(500),
            answer(422, {"detail": [{"loc": 5}, {"loc": "body"}, {"loc": []}, 7, None]}),
            answer(422, {"detail": "no"}),
            answer(422, [1]),
        ],
    )
    def test_no_mistake_is_guessed(self, response: Any) -> None:
        failed = not_yet(expect.status, response, 200, why="")
        assert failed.message == f"`GET /x` answered {response.status_code}."

    def test_a_status_that_is_not_of_http(self) -> None:
        assert not_yet(expect.status, answer(299), 200, why="").got == "299"


class TestHeader:
    def test_right(self) -> None:
        expect.header(answer(201, location="/x/1"), "Location", "/x/1", why="")

    def test_missing(self) -> None:
        failed = not_yet(expect.header, answer(201), "Location", "/x/1", why="")
        assert failed.message == "`GET /x` answered 201. It has no `Location` header."
        assert (failed.expected, failed.got) == ("`Location: /x/1`", "no such header")

    def test_another_value(self) -> None:
        failed = not_yet(expect.header, answer(201, location="x/1"), "Location", "/x/1", why="")
        assert "Its `Location` header says `x/1`." in failed.message
        assert failed.got == "`Location: x/1`"

    @pytest.mark.parametrize(("headers", "said"), [({}, "None sent."), ({"location": "/y"}, "The wrong one.")])
    def test_a_known_mistake(self, headers: dict[str, str], said: str) -> None:
        known = {None: "None sent.", "/y": "The wrong one."}
        assert said in not_yet(expect.header, answer(201, **headers), "Location", "/x", why="", known=known).message

    def test_a_value_of_a_megabyte(self) -> None:
        failed = not_yet(expect.header, answer(201, location="y" * 1_000_000), "Location", "/x", why="")
        assert failed.shown
        assert len(failed.message + failed.got + failed.shown) < 2000


class TestBody:
    @pytest.mark.parametrize("body", [{"a": [1, {"b": None}]}, [], None, "x", 0, 1.5])
    def test_right(self, body: Any) -> None:
        expect.body(answer(200, body if not isinstance(body, str) else '"x"'), body, why="")

    @pytest.mark.parametrize(
        ("body", "wanted"),
        [
            ({"a": 1}, {"a": True}),
            ({"a": 1}, {"a": "1"}),
            ({"a": 1}, {"a": 1, "b": None}),
            ([1, 2], [2, 1]),
            ([1], [1, 1]),
            ([{"a": 0}], [{"a": False}]),
            ({}, []),
            ('"x"', ["x"]),
            (None, {}),
        ],
    )
    def test_wrong(self, body: Any, wanted: Any) -> None:
        failed = not_yet(expect.body, answer(200, body), wanted, why="W.")
        assert failed.message == "`GET /x` answered with another body than expected."
        assert failed.expected == f"`{json.dumps(wanted)}`"
        assert failed.why == "W."

    @pytest.mark.parametrize("known", [[("x", "no"), (None, "`null`.")], {"x": "no", None: "`null`."}])
    def test_a_known_mistake(self, known: Any) -> None:
        assert "`null`." in not_yet(expect.body, answer(200, None), {}, why="", known=known).message

    @pytest.mark.parametrize(
        ("content", "got"),
        [
            (b"", "no body"),
            (b"hello", "the `str` `'hello'`"),
            (b"{", "the `str` `'{'`"),
            (bytes(range(128, 256)), "the `str` `'"),
            (b"[" * 100_000, "the `str` `'[[["),
        ],
    )
    def test_not_json(self, content: bytes, got: str) -> None:
        failed = not_yet(expect.body, answer(200, content), {}, why="")
        assert failed.expected == "a JSON body"
        assert failed.got.startswith(got)
        assert "a body that is n" in failed.message

    def test_values_of_a_megabyte(self) -> None:
        failed = not_yet(expect.body, answer(200, ["y" * 1_000_000]), ["z" * 1_000_000], why="")
        assert len(failed.got) < 400
        assert len(failed.expected) < 400

    def test_a_deep_value(self) -> None:
        deep = json.loads("[" * 300 + "]" * 300)
        assert not_yet(expect.body, answer(200, deep), [], why="").got.startswith("`[[[")

    def test_json_body_gives_what_was_sent(self) -> None:
        assert expect.json_body(answer(200, {"a": [1]}), why="") == {"a": [1]}

    @pytest.mark.parametrize("kind", ["application/problem+json", "Application/JSON; charset=utf-8"])
    def test_json_may_have_a_kind_of_its_own(self, kind: str) -> None:
        assert expect.json_body(answer(200, "{}", content_type=kind), why="") == {}

    def test_json_says_that_it_is_json(self) -> None:
        failed = not_yet(expect.json_body, answer(200, "{}", content_type="text/plain"), why="W.")
        assert "answered with JSON, but its `Content-Type` says `text/plain`" in failed.message
        assert (failed.expected, failed.got) == ("`Content-Type: application/json`", "`Content-Type: text/plain`")
        assert "it has no `Content-Type` header" in not_yet(expect.body, answer(200, "{}"), {}, why="").message

    def test_long_bodies_show_where_they_differ(self) -> None:
        lists = [{"id": number, "name": f"List {number}"} for number in range(20)]
        wrong = [*lists[:7], {"id": 7, "name": "Party"}, *lists[8:]]
        failed = not_yet(expect.body, answer(200, wrong), lists, why="")
        assert (failed.expected, failed.got) == ('in `[7].name`: `"List 7"`', 'in `[7].name`: `"Party"`')
        failed = not_yet(expect.equal, wrong, lists, what="the lists", why="")
        assert failed.expected == 'the lists: in `[7].name`: `"List 7"`'


class TestFields:
    @pytest.mark.parametrize("body", [{"id": 1, "title": ""}, [{"id": 1, "title": ""}] * 2])
    def test_right(self, body: Any) -> None:
        expect.fields(answer(200, body), {"id", "title"}, why="")

    @pytest.mark.parametrize(
        ("body", "said", "got"),
        [
            ({"id": 1}, "It lacks `title`.", "`id`"),
            ({"id": 1, "title": "", "b": 1, "a": 1}, "It has `a`, `b`, which must not be there.", "`a`, `b`, `id`"),
            ([{"id": 1, "title": ""}, {"id": 1}], "It lacks `title`.", "`id`"),
            ({}, "It lacks `id`, `title`.", "nothing"),
            ([1], "It lacks", "the `int` `1`"),
            (None, "It lacks", "`None`"),
        ],
    )
    def test_wrong(self, body: Any, said: str, got: str) -> None:
        failed = not_yet(expect.fields, answer(200, body), {"id", "title"}, why="")
        assert said in failed.message
        assert failed.expected == "`id`, `title`"
        assert failed.got.startswith(got)

    def test_an_empty_list_shows_no_fields(self) -> None:
        failed = not_yet(expect.fields, answer(200, []), {"id"}, why="")
        assert failed.message.endswith("is an empty list.")

    def test_a_known_mistake(self) -> None:
        known = {"secret": "The secret leaves.", "title": "No title."}
        body = {"id": 1, "secret": 1}
        message = not_yet(expect.fields, answer(200, body), {"id", "title"}, why="", known=known).message
        assert message.endswith("The secret leaves. No title.")

    def test_a_hundred_thousand_fields(self) -> None:
        body = {str(number): 1 for number in range(100_000)}
        failed = not_yet(expect.fields, answer(200, body), {"id"}, why="")
        assert "and 99,980 more" in failed.message
        assert len(failed.message + failed.got) < 1000


class TestAnythingElse:
    @pytest.mark.parametrize(("got", "wanted"), [(1, 1), (1.0, 1), ([1, {"a": 2}], [1, {"a": 2}]), (None, None)])
    def test_equal(self, got: Any, wanted: Any) -> None:
        expect.equal(got, wanted, "it", why="")

    @pytest.mark.parametrize(("got", "wanted"), [(1, 2), (True, 1), (0, False), (None, 0), ("1", 1), ((1,), [1])])
    def test_not_equal(self, got: Any, wanted: Any) -> None:
        failed = not_yet(expect.equal, got, wanted, "the number of tasks", why="W.")
        assert failed.message == "The number of tasks is not as expected."
        assert failed.expected.startswith("the number of tasks: `")
        assert failed.shown == ""

    def test_not_equal_with_a_known_mistake_and_its_response(self) -> None:
        failed = not_yet(expect.equal, [], [1], "it", why="", known=[([], "None left.")], response=answer(204))
        assert failed.message == "None left."
        assert failed.shown

    def test_values_that_json_does_not_know(self) -> None:
        class Bad:
            def __repr__(self) -> str:
                raise RuntimeError

        failed = not_yet(expect.equal, Bad(), {1, 2}, "it", why="")
        assert failed.expected == "it: `{1, 2}`"
        assert failed.got == "`<Bad, whose repr raises RuntimeError>`"

    def test_that(self) -> None:
        expect.that([1], "fine")
        failed = not_yet(expect.that, [], "There is none.", "W.", answer(200))
        assert (failed.message, failed.why) == ("There is none.", "W.")
        assert failed.shown
        assert not_yet(expect.that, False, "No.").shown == ""


@pytest.mark.parametrize(
    ("value", "described"),
    [
        (None, "`None`"),
        ("hello", "the `str` `'hello'`"),
        (5, "the `int` `5`"),
        (True, "the `bool` `True`"),
        ([1] * 99, "the `list` `[" + "1, " * 19 + "1,…`"),
        (FastAPI, "the class `FastAPI`"),
        (status_phrase, "the function `status_phrase`"),
        (object(), "an object of type `object`"),
        (b"x", "an object of type `bytes`"),
    ],
)
def test_something_else_is_described(value: Any, described: str) -> None:
    assert expect.describe(value) == described


class Task(BaseModel):
    title: str
    steps: list[str] = []


class Owner(BaseModel):
    name: str


class Owned(BaseModel):
    task: Task
    owner: Owner


def strict_app() -> TestClient:
    app = FastAPI()

    @app.post("/tasks")
    def create(task: Task) -> None: ...

    @app.post("/named")
    def named(title: str, task: Task) -> None: ...

    @app.post("/owned")
    def owned(owned: Owned) -> None: ...

    @app.post("/two")
    def two(task: Task, owner: Owner) -> None: ...

    @app.get("/tasks/{task_id}")
    def read(task_id: int, limit: int = 1) -> None: ...

    @app.get("/secret")
    def secret(x_key: Annotated[str, Header()]) -> None: ...

    return TestClient(app)


CALLS = [
    ("/named", {"json": {"title": "a"}}, ["The server looked for `title` in the query string; you sent it in the body."]),
    ("/tasks", {"json": {}}, ["The server looked for `title` in the body and did not find it."]),
    ("/tasks", {"json": {"title": 5}}, ["The server found `title` in the body and did not accept it: input should be a valid string."]),
    ("/tasks", {"json": {"title": "a", "steps": ["b", 1]}}, ["The server found `steps.1` in the body and did not accept it: input should be a valid string."]),
    ("/tasks", {"content": '{"title": ', "headers": {"content-type": "application/json"}}, ["The body is not valid JSON: the server stopped reading at character 10."]),
    ("/tasks", {"content": '{"title": "a"}'}, ["The server got the body as text, not as JSON: the header `Content-Type: application/json` is missing."]),
    ("/tasks", {"data": {"title": "a"}}, ["The server wants a body in JSON, and the header says `Content-Type: application/x-www-form-urlencoded`."]),
    ("/tasks", {"json": "a"}, ["The body as a whole: input should be a valid dictionary or object to extract fields from."]),
    ("/tasks", {"json": [1]}, ["The body as a whole: input should be a valid dictionary or object to extract fields from."]),
    ("/tasks", {}, ["The server looked for a body: field required."]),
    ("/owned", {"json": {"task": {}, "owner": {"name": "A"}, "title": "a"}}, ["The server looked for `task.title` in the body and did not find it."]),
    ("/two", {"json": {"title": "a", "name": "b"}}, ["The server looked for `task` in the body and did not find it.", "The server looked for `owner` in the body and did not find it."]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "sent", "said"), CALLS)
def test_a_422_in_words(path: str, sent: dict[str, Any], said: list[str]) -> None:
    response = strict_app().post(path, **sent)
    assert response.status_code == 422
    assert Exchange.of(response).explain_422()[-len(said) :] == said


def test_a_422_to_a_path_a_query_and_a_header_in_words() -> None:
    api = strict_app()
    assert Exchange.of(api.get("/tasks/abc?limit=x")).explain_422() == [
        "The server found `task_id` in the path and did not accept it: input should be a valid integer, unable to parse string as an integer.",
        "The server found `limit` in the query string and did not accept it: input should be a valid integer, unable to parse string as an integer.",
    ]
    assert Exchange.of(api.get("/secret")).explain_422() == [
        "The server looked for `x-key` in the headers and did not find it."
    ]


@pytest.mark.parametrize(
    "detail",
    [
        None,
        "no",
        [],
        [1, None, "x"],
        [{}],
        [{"loc": None}],
        [{"loc": "body"}],
        [{"loc": 5}],
        [{"loc": []}],
        [{"loc": {"a": 1}}],
    ],
)
def test_a_422_that_is_not_fastapis(detail: Any) -> None:
    assert Exchange.of(answer(422, {"detail": detail})).explain_422() == []


@pytest.mark.parametrize("loc", [[[1]], [{}, []], ["body", None], [None], ["body", "a" * 1_000_000], ["\ud800"]])
def test_a_422_with_a_strange_place(loc: Any) -> None:
    [said] = Exchange.of(answer(422, {"detail": [{"type": "missing", "loc": loc, "msg": 5}]})).explain_422()
    assert said.startswith("The server looked for")
    assert len(said) < 500
    assert said.encode()


def test_only_the_first_five_errors_are_told() -> None:
    detail = [{"type": "missing", "loc": ["body", str(number)], "msg": ""} for number in range(9)]
    assert len(Exchange.of(answer(422, {"detail": detail})).explain_422()) == 5


class TestExchange:
    def test_both_ways(self) -> None:
        exchange = Exchange.of(answer(201, {"id": 1}, method="POST", path="/tasks?a=1", location="/tasks/1"))
        assert exchange.text() == (
            '→ POST /tasks?a=1\n  content-type: application/json\n  {"title": "Milk"}\n'
            '← 201 Created\n  content-type: application/json\n  location: /tasks/1\n  {"id": 1}'
        )
        assert (exchange.sent, exchange.received) == ({"title": "Milk"}, {"id": 1})

    def test_a_long_body_is_indented_and_then_cut(self) -> None:
        assert '\n  {\n    "title": "' in Exchange.of(answer(200, {"title": "y" * 100})).text()
        text = Exchange.of(answer(200, {"title": "y" * 10_000_000})).text()
        assert "… (10,000,013 bytes in all)" in text
        assert len(text) < LONGEST_BODY + 200

    @pytest.mark.parametrize(
        ("content", "kind", "shown"),
        [
            (b"", "", "(no body)"),
            (b"a\r\nb", "text/plain", "a\nb"),
            (b"\xff\xfe", "image/png", "(2 bytes that are not text)"),
            (b"a\x00b", "text/plain", "(3 bytes that are not text)"),
            ("Grüße".encode("latin-1"), "text/plain; charset=latin-1", "Gr��e"),
            (b'"\\ud800"', "application/json", '"\\ud800"'),
            (b"{broken", "application/json", "{broken"),
            (b"[" * 2000, "application/json", "[" * LONGEST_BODY + "\n… (2,000 bytes in all)"),
            (b'{"a":1}', "text/html", '{"a":1}'),
            (b"\x1b[2J", "text/plain", "\\x1b[2J"),
        ],
    )
    def test_a_body_of_any_kind(self, content: bytes, kind: str, shown: str) -> None:
        exchange = Exchange.of(answer(200, content, content_type=kind))
        assert exchange.response_body == (shown if content else "")
        assert shown.splitlines()[0] in exchange.text()
        assert exchange.text().encode()

    def test_credentials_are_not_shown(self) -> None:
        for value, shown in (("Bearer abc", "authorization: Bearer …"), ("abc", "authorization: …")):
            response = answer(200, set_cookie="session=abc; Path=/")
            response.request = httpx2.Request("GET", "http://x/", headers={"Authorization": value})
            text = Exchange.of(response).text()
            assert shown in text
            assert "set-cookie: session=…" in text
            assert "abc" not in text

    @pytest.mark.parametrize(
        ("status", "meaning"),
        [
            (201, "something new exists now"),
            (299, "it worked"),
            (418, "the caller must change something"),
            (599, "the server failed"),
            (700, "not a status of HTTP"),
        ],
    )
    def test_what_a_status_means(self, status: int, meaning: str) -> None:
        assert Exchange.of(answer(status)).meaning == meaning

    def test_a_stream_that_was_not_read(self) -> None:
        api = TestClient(FastAPI())
        with api.stream("GET", "/openapi.json") as response:
            assert Exchange.of(response).response_body == "(a stream that was not read)"

    def test_a_request_that_was_a_stream(self) -> None:
        def pieces() -> Any:
            yield b'{"title": '
            yield b'"a"}'

        with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200))) as api:
            response = api.post("http://x/", content=pieces())
        assert "POST /" in Exchange.of(response).text()

    def test_a_head_and_a_path_of_a_megabyte(self) -> None:
        app = FastAPI()

        @app.head("/{rest:path}")
        def head(rest: str) -> Response:
            return Response(headers={"allow": "GET"})

        exchange = Exchange.of(TestClient(app).head("/" + "y" * 60_000))
        assert exchange.response_body == ""
        assert len(exchange.text()) < 500
