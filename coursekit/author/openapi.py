"""Reading an OpenAPI document: operations, schemas, fields and examples.

`document` is always the whole document, because a schema in it can refer to another part. Nothing here raises for a part that is missing:
the answer is empty then, so that a check can say what is missing in its own words.
"""

import re
from collections.abc import Iterator
from typing import Any

Schema = dict[str, Any]
METHODS = ("get", "put", "post", "delete", "patch", "options", "head")


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield each operation as method, path and what the document says of it: ("GET", "/tasks/{task_id}", {...})."""
    for path, item in document.get("paths", {}).items():
        for method in METHODS:
            if method in item:
                yield method.upper(), path, item[method]


def operation(document: dict[str, Any], method: str, path: str) -> dict[str, Any]:
    """Return the operation at a path as the decorator has it, such as "/tasks/{task_id}"; empty when there is none."""
    found: dict[str, Any] = document.get("paths", {}).get(path, {}).get(method.lower(), {})
    return found


def matching(document: dict[str, Any], method: str, path: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the operations that take a request for `path`, such as "/tasks/7": the path of each in the document, and the operation."""
    return [
        (template, found)
        for one, template, found in operations(document)
        if one == method.upper() and re.fullmatch(_pattern(template), path)
    ]


def _pattern(template: str) -> str:
    """The regular expression of a path in which each pair of braces stands for one segment."""
    return "[^/]+".join(map(re.escape, re.split(r"\{[^}]*\}", template)))


def json_content(part: dict[str, Any]) -> dict[str, Any]:
    """Return what a request body or a response says of its JSON: `schema`, `example`, `examples`; empty when it has none."""
    found: dict[str, Any] = part.get("content", {}).get("application/json", {})
    return found


def body_schema(operation: dict[str, Any]) -> Schema:
    """Return the schema of the JSON body that an operation takes; empty when it takes none."""
    found: Schema = json_content(operation.get("requestBody", {})).get("schema", {})
    return found


def response_schema(operation: dict[str, Any], status: int | str) -> Schema:
    """Return the schema of the JSON that an operation promises for a status; empty when it promises none."""
    found: Schema = json_content(operation.get("responses", {}).get(str(status), {})).get("schema", {})
    return found


def resolved(document: dict[str, Any], schema: Any) -> Schema:
    """Return a schema with its `$ref` followed. What stands beside the reference wins. Empty for anything but a schema."""
    if not isinstance(schema, dict):
        return {}
    if "$ref" not in schema:
        return schema
    return {**_referred(document, schema["$ref"]), **schema}


def _referred(document: dict[str, Any], reference: str) -> Schema:
    """What "#/components/schemas/Task" leads to; empty when it leads nowhere."""
    found: Schema = document.get("components", {}).get("schemas", {}).get(reference.rsplit("/", 1)[-1], {})
    return found


def alternatives(schema: Schema) -> list[Schema]:
    """Return what a schema chooses among (`anyOf`, `oneOf`); of a list, what its entries choose among; empty without a choice."""
    entry = schema.get("items", schema)
    return [*entry.get("anyOf", []), *entry.get("oneOf", [])]


def fields(document: dict[str, Any], schema: Schema, _seen: tuple[str, ...] = ()) -> dict[str, Schema]:
    """Return the fields of an object by name, found through references, alternatives and the entries of a list."""
    reference = schema.get("$ref", "")
    if reference:
        # A model that refers to itself, as a tree does, has no more fields the second time.
        return {} if reference in _seen else fields(document, _referred(document, reference), (*_seen, reference))
    if "items" in schema:
        return fields(document, schema["items"], _seen)
    found: dict[str, Schema] = dict(schema.get("properties", {}))
    for part in [*alternatives(schema), *schema.get("allOf", [])]:
        found |= fields(document, part, _seen)
    return found


def examples(document: dict[str, Any], content: dict[str, Any]) -> list[Any]:
    """Return the examples in some JSON content, wherever OpenAPI has them: beside the schema or in it.

    If there are none, one is made of the fields' examples, unless a required field has none.
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
