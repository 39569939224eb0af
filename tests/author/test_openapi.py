"""What a check reads in an OpenAPI document."""

from typing import Annotated, Any

import pytest
from fastapi import Body, FastAPI
from pydantic import BaseModel, ConfigDict, Field

from coursekit.author import openapi


class Step(BaseModel):
    title: str


class Task(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"title": "Buy milk", "steps": []}]})

    title: str
    steps: list[Step]
    note: str | None = None


class Habit(BaseModel):
    name: Annotated[str, Field(examples=["Run", "Swim"])]
    per_week: Annotated[int, Field(examples=[3])]
    note: str = ""


class Tree(BaseModel):
    name: str
    branches: "list[Tree]"


def app() -> FastAPI:
    made = FastAPI()

    @made.get("/tasks")
    def read_tasks() -> list[Task]:
        return []

    @made.get("/tasks/newest")
    def read_newest() -> Task | None:
        return None

    @made.get("/tasks/{task_id}")
    def read_task(task_id: int) -> Task | Step:
        return Step(title="")

    @made.post("/tasks", status_code=201)
    def create_task(task: Task) -> dict[str, Any]:
        return {}

    @made.put("/habits")
    def replace_habit(habit: Habit) -> Tree:
        return Tree(name="", branches=[])

    @made.patch("/habits")
    def change_habit(habit: Annotated[Step, Body(openapi_examples={"a": {"value": {"title": "A"}}, "b": {}})]) -> None:
        return None

    return made


DOCUMENT = app().openapi()
NOTHING: list[dict[str, Any]] = [{}, {"paths": {}}, {"paths": {"/tasks": {}}}]


def test_operations_have_a_method_and_a_path() -> None:
    found = {(method, path) for method, path, _ in openapi.operations(DOCUMENT)}
    assert found >= {("GET", "/tasks"), ("POST", "/tasks"), ("PATCH", "/habits")}
    assert len(found) == 6


def test_an_operation_by_its_path() -> None:
    assert "requestBody" in openapi.operation(DOCUMENT, "POST", "/tasks")
    assert openapi.operation(DOCUMENT, "POST", "/tasks/7") == {}


def test_operations_that_take_a_request() -> None:
    assert [path for path, _ in openapi.matching(DOCUMENT, "GET", "/tasks/newest")] == [
        "/tasks/newest",
        "/tasks/{task_id}",
    ]
    assert openapi.matching(DOCUMENT, "GET", "/tasks/7/steps") == []
    assert openapi.matching(DOCUMENT, "DELETE", "/tasks/7") == []


def test_a_path_is_no_regular_expression() -> None:
    document: dict[str, Any] = {"paths": {"/a.b/{name}": {"get": {}}, "/(": {"get": {}}}}
    assert openapi.matching(document, "GET", "/a.b/c")
    assert not openapi.matching(document, "GET", "/axb/c")
    assert openapi.matching(document, "GET", "/(")


@pytest.mark.parametrize("document", NOTHING)
def test_a_document_without_the_path(document: dict[str, Any]) -> None:
    assert list(openapi.operations(document)) == []
    assert openapi.operation(document, "GET", "/tasks") == {}
    assert openapi.matching(document, "GET", "/tasks") == []


def test_schemas_of_a_body_and_of_a_response() -> None:
    create = openapi.operation(DOCUMENT, "POST", "/tasks")
    assert openapi.body_schema(create) == {"$ref": "#/components/schemas/Task"}
    assert openapi.response_schema(create, 201)["type"] == "object"
    assert openapi.response_schema(create, "404") == {}
    assert openapi.body_schema({}) == {}


def test_a_reference_is_followed() -> None:
    schema = {"$ref": "#/components/schemas/Step", "examples": [1]}
    assert openapi.resolved(DOCUMENT, schema)["required"] == ["title"]
    assert openapi.resolved(DOCUMENT, schema)["examples"] == [1]
    assert openapi.resolved(DOCUMENT, {"type": "string"}) == {"type": "string"}
    assert openapi.resolved(DOCUMENT, {"$ref": "#/components/schemas/Gone"}) == {"$ref": "#/components/schemas/Gone"}
    assert openapi.resolved(DOCUMENT, True) == {}


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/tasks", {"title", "steps", "note"}),
        ("/tasks/newest", {"title", "steps", "note"}),
        ("/tasks/{task_id}", {"title", "steps", "note"}),
    ],
)
def test_fields_of_a_list_and_of_alternatives(path: str, wanted: set[str]) -> None:
    schema = openapi.response_schema(openapi.operation(DOCUMENT, "GET", path), 200)
    assert set(openapi.fields(DOCUMENT, schema)) == wanted


def test_fields_of_a_model_that_refers_to_itself() -> None:
    schema = {"$ref": "#/components/schemas/Tree"}
    assert set(openapi.fields(DOCUMENT, schema)) == {"name", "branches"}
    loop = {
        "components": {"schemas": {"A": {"anyOf": [{"$ref": "#/components/schemas/A"}, {"properties": {"a": {}}}]}}}
    }
    assert set(openapi.fields(loop, {"$ref": "#/components/schemas/A"})) == {"a"}


def test_alternatives() -> None:
    schema = openapi.response_schema(openapi.operation(DOCUMENT, "GET", "/tasks/{task_id}"), 200)
    assert len(openapi.alternatives(schema)) == 2
    assert openapi.alternatives({"type": "array", "items": {"oneOf": [{}, {}, {}]}}) == [{}, {}, {}]
    assert openapi.alternatives({"type": "string"}) == []


def examples_for(method: str, path: str) -> list[Any]:
    operation = openapi.operation(DOCUMENT, method, path)
    return openapi.examples(DOCUMENT, openapi.json_content(operation["requestBody"]))


def test_examples_of_a_model() -> None:
    assert examples_for("POST", "/tasks") == [{"title": "Buy milk", "steps": []}]


def test_examples_of_the_fields_make_one() -> None:
    assert examples_for("PUT", "/habits") == [{"name": "Run", "per_week": 3}]


def test_examples_beside_the_schema() -> None:
    assert examples_for("PATCH", "/habits") == [{"title": "A"}]


def test_no_example() -> None:
    half = {"properties": {"a": {"examples": [1]}, "b": {}}, "required": ["a", "b"]}
    assert openapi.examples({}, {"schema": half}) == []
    assert openapi.examples({}, {"schema": {}}) == []
    assert openapi.examples({}, {}) == []
    assert openapi.examples({}, {"example": None, "schema": {"example": 0}}) == [None, 0]
