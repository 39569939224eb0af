"""Reads an OpenAPI document: its operations, schemas, fields and examples.

`document` is always the whole document, because a schema can refer to any part of it. None of these functions raises if a part is missing:
they return something empty, so that a check can say in its own words what is missing.
"""

import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch", "options", "head")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the method, path and description of each operation: ("GET", "/tasks/{task_id}", {...})."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def operation(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """Return the operation at a path as written in the decorator, such as "/tasks/{task_id}". Empty if there is none."""
    found: dict[str, Any] = document.get("paths", {}).get(path, {}).get(method.lower(), {})
    return found


def matching(document: dict[str, Any], method: str, path: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the operations that a request to `path`, such as "/tasks/7", could reach. Each comes with its path in the document."""
    return [
        (template, found)
        for one, template, found in operations(document)
        if one == method.upper() and re.fullmatch(_pattern(template), path)
    ]


def _pattern(template: str) -> str:
    """A regular expression for a path in which each pair of braces stands for one segment."""
    return "[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", template)))


def json_content(part: dict[str, Any]) -> dict[str, Any]:
    """Return how a request body or a response describes its JSON: `schema`, `example`, `examples`. Empty if it doesn't."""
    found: dict[str, Any] = part.get("content", {}).get("application/json", {})
    return found


def body_schema(operation: dict[str, Any]) -> Schema:
    """Return the schema of the JSON body that an operation takes. Empty if it takes none."""
    found: Schema = json_content(operation.get("requestBody", {})).get("schema", {})
    return found


def response_schema(operation: dict[str, Any], status: int | str) -> Schema:
    """Return the schema of the JSON that an operation promises for a status. Empty if it promises none."""
    found: Schema = json_content(operation.get("responses", {}).get(str(status), {})).get("schema", {})
    return found


def resolved(document: dict[str, Any], schema: Any) -> Schema:
    """Return a schema with its `$ref` resolved. Keys beside the reference win. Empty for anything that isn't a schema."""
    if not isinstance(schema, dict):
        return {}
    if "$ref" not in schema:
        return schema
    return {**_referred(document, schema["$ref"]), **schema}


def _referred(document: dict[str, Any], reference: str) -> Schema:
    """The schema that "#/components/schemas/Task" refers to. Empty if there is none."""
    found: Schema = document.get("components", {}).get("schemas", {}).get(reference.rsplit("/", 1)[-1], {})
    return found


def alternatives(schema: Schema) -> list[Schema]:
    """Return the alternatives of a schema (`anyOf`, `oneOf`), or those of a list's entries. Empty if there are none."""
    entry = schema.get("items", schema)
    return [*entry.get("anyOf", []), *entry.get("oneOf", [])]


def fields(document: dict[str, Any], schema: Schema, _seen: tuple[str, ...] = ()) -> dict[str, Schema]:
    """Return the fields of an object by name. Looks through references, alternatives and the entries of a list."""
    reference = schema.get("$ref", "")
    if reference:
        # A model that refers to itself, such as a tree, adds no more fields the second time.
        return {} if reference in _seen else fields(document, _referred(document, reference), (*_seen, reference))
    if "items" in schema:
        return fields(document, schema["items"], _seen)
    found: dict[str, Schema] = dict(schema.get("properties", {}))
    for part in [*alternatives(schema), *schema.get("allOf", [])]:
        found |= fields(document, part, _seen)
    return found


def examples(document: dict[str, Any], content: dict[str, Any]) -> list[Any]:
    """Return the examples in some JSON content, whether they are beside the schema or in it.

    If there are none, an example is put together from the fields' examples, unless a required field has none.
    """
    schema = resolved(document, content.get("schema", {}))
    found = [one["value"] for one in content.get("examples", {}).values() if "value" in one]
    found += [content["example"]] if "example" in content else []
    found += schema.get("examples", [])
    found += [schema["example"]] if "example" in schema else []
    return found or _example_of_fields(document, schema)


def _example_of_fields(document: dict[str, Any], schema: Schema) -> list[Any]:
    of_each = {name: resolved(document, one).get("examples") for name, one in fields(document, schema).items()}
    made = {name: values[0] for name, values in of_each.items() if values}
    return [made] if made and set(schema.get("required", [])) <= set(made) else []
