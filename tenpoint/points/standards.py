"""C10: the project's own standards, or what nearly all of its routes do."""

import collections
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tenpoint.catalog import found
from tenpoint.report import Finding, Undecided
from tenpoint.surface import Route, Surface

_VERSION = re.compile(r"^(?:/\w+)?/v\d+(?=/|$)")
_MANY = 5
"""How many routes it takes before what most of them do counts as the project's custom."""
_MOST = 0.8


@dataclass(frozen=True)
class Standards:
    """What a project demands of its API, in its pyproject.toml or in a constitution."""

    prefix: str = ""
    error_model: str = ""
    constitution: str = ""
    """The path of `.specify/memory/constitution.md`, if the project has one."""

    @property
    def declared(self) -> bool:
        """Whether the project states any standard."""
        return bool(self.prefix or self.error_model or self.constitution)

    @classmethod
    def of(cls, settings: dict[str, Any], folder: Path) -> "Standards":
        """Return the standards of the project in this folder, whose settings have been read."""
        constitution = Path(".specify/memory/constitution.md")
        there = constitution.as_posix() if (folder / constitution).is_file() else ""
        return cls(str(settings.get("prefix", "")), str(settings.get("error_model", "")), there)


def own_standards(surfaces: list[Surface], standards: Standards) -> Iterator[Finding | Undecided]:
    """Find routes that don't meet the project's standards; where it states none, those that differ from nearly all others."""
    held: list[Held] = []
    for surface in surfaces:
        routes = [route for route in surface.public if not route.is_probe]
        held += [_hold_prefix(routes, standards), _hold_errors(surface, standards)]
        held += [_hold_paths(routes), _hold_slashes(routes)]
    for findings in held:
        yield from findings or ()
    if standards.constitution:
        yield Undecided(
            "C10", f"`{standards.constitution}` is written for people: hold the change against its principles"
        )
    elif all(one is None for one in held):
        yield Undecided(
            "C10", "the project names no standards in pyproject.toml, and has too few routes to have customs"
        )


Held = list[Finding] | None
"""The findings of one standard; None if there is neither a standard nor a custom."""


def _hold_prefix(routes: list[Route], standards: Standards) -> Held:
    if standards.prefix:
        prefix, says = standards.prefix.rstrip("/"), "pyproject.toml"
    else:
        used = collections.Counter(match[0] for route in routes if (match := _VERSION.match(route.path)))
        if len(routes) < _MANY or not used or used.most_common(1)[0][1] < _MOST * len(routes):
            return None
        prefix, says = used.most_common(1)[0][0], "nearly all routes"
    outside = [route for route in routes if not f"{route.surface.prefix}{route.path}/".startswith(f"{prefix}/")]
    if not standards.prefix:  # a path of another version follows the custom, too
        outside = [route for route in outside if not _VERSION.match(route.path)]
    return [
        found("C10.prefix", route, f"The prefix is `{prefix}` ({says}); this path is outside.") for route in outside
    ]


def _hold_errors(surface: Surface, standards: Standards) -> Held:
    used = [(route, status, name) for route in surface.public for status, name in _error_models(route)]
    model, says = standards.error_model, "pyproject.toml"
    if not model:
        own = collections.Counter(name for _, _, name in used)
        if sum(own.values()) < _MANY or own.most_common(1)[0][1] < _MOST * sum(own.values()):
            return None
        model, says = own.most_common(1)[0][0], "nearly all errors"
    others = [one for one in used if one[2] != model and not _has_all_of(surface, one[2], model)]
    return [
        found(
            "C10.error-model", route, f"{status} is documented as `{name}`; the model of errors is `{model}` ({says})."
        )
        for route, status, name in others
    ]


def _error_models(route: Route) -> Iterator[tuple[str, str]]:
    for status, answer in route.operation.get("responses", {}).items():
        if status[0] in "45d":
            for content in answer.get("content", {}).values():
                reference = content.get("schema", {}).get("$ref", "")
                if reference and not reference.endswith("/HTTPValidationError"):  # FastAPI's own model is for C2 and C6
                    yield status, reference.rsplit("/", 1)[-1]


def _has_all_of(surface: Surface, name: str, model: str) -> bool:
    """Whether a model has all fields of another, so that a client that reads the other can read it, too."""
    schemas = (surface.document or {}).get("components", {}).get("schemas", {})
    wanted = set(schemas.get(model, {}).get("properties", {}))
    return bool(wanted) and wanted <= set(schemas.get(name, {}).get("properties", {}))


def _hold_paths(routes: list[Route]) -> Held:
    parts = [(route, part) for route in routes for part in route.path.split("/") if part and "{" not in part]
    named = [(route, part, style) for route, part in parts if (style := _style(part))]
    used = collections.Counter(style for _, _, style in {(part, part, style) for _, part, style in named})
    if sum(used.values()) < _MANY or used.most_common(1)[0][1] < _MOST * sum(used.values()):
        return None
    usual = used.most_common(1)[0][0]
    return [
        found("C10.path-style", route, f"`{part}` is written in {style}; nearly all other paths in {usual}.")
        for route, part, style in named
        if style != usual
    ]


def _style(part: str) -> str:
    """Return the style of a part of several words; empty for one word, which fits every style."""
    if re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)+", part):
        return "kebab-case"
    if re.fullmatch(r"[a-z0-9]+(?:_[a-z0-9]+)+", part):
        return "snake_case"
    return "camelCase" if re.fullmatch(r"[a-z]+(?:[A-Z][a-z0-9]*)+", part) else ""


def _hold_slashes(routes: list[Route]) -> Held:
    """Compare the roots of routers with each other, and so the paths below them: many projects write the two differently."""
    named = [route for route in routes if route.path != "/"]
    roots = [route for route in named if route.context.original_route.path in ("", "/")]
    held = [_hold_slashes_of(roots), _hold_slashes_of([route for route in named if route not in roots])]
    return None if held == [None, None] else [finding for one in held for finding in one or ()]


def _hold_slashes_of(routes: list[Route]) -> Held:
    ending = [route for route in routes if route.path.endswith("/")]
    others = [route for route in routes if not route.path.endswith("/")]
    few, usual = (ending, "no") if len(ending) <= len(others) else (others, "a")
    if len(routes) < _MANY or len(few) > (1 - _MOST) * len(routes):
        return None
    return [
        found("C10.trailing-slash", route, f"Nearly all paths like it have {usual} slash at their end.")
        for route in few
    ]
