"""Describes one request and its response in the terms of HTTP."""

import contextlib
from dataclasses import dataclass
from http import HTTPStatus
from json import dumps, loads
from typing import Any
from urllib.parse import urlsplit

from coursekit.course.render import brief, printable

LONGEST_BODY = 1500
"""How many characters of a body are shown. The size of the whole body follows."""
LONGEST_LINE = 300
"""How many characters of a path or header are shown."""

LONGEST_JSON_LINE = 96
"""How many characters of JSON fit on one line, including the margin."""

_REQUEST_HEADERS = ("authorization", "if-match", "if-none-match", "idempotency-key", "x-request-id", "origin")
_RESPONSE_HEADERS = (
    "location",
    "allow",
    "www-authenticate",
    "retry-after",
    "etag",
    "set-cookie",
    "x-request-id",
    "access-control-allow-origin",
)

# RFC 9110 renamed these. Python's http module has had the new names since 3.13.
_RENAMED = {
    413: "Content Too Large",
    414: "URI Too Long",
    416: "Range Not Satisfiable",
    422: "Unprocessable Content",
}

_MEANING = {
    200: "it worked, and here is what you asked for",
    201: "something new exists now",
    202: "accepted; the work is not done yet",
    204: "done, and there is nothing to send back",
    304: "what you have is still current",
    307: "ask again at the address in `Location`, with the same method",
    308: "this has moved for good; ask at the address in `Location`",
    400: "the request is not valid; the caller must change it",
    401: "who are you? The request carries no valid credentials",
    403: "you are known, and you may not do this",
    404: "nothing is there: no such address, or no such thing",
    405: "the address exists, but no route there takes this method",
    409: "this does not fit the state that the server is in",
    412: "the thing has changed since you read it",
    413: "the body is larger than the server takes",
    415: "the server does not take this type of body",
    422: "the server could read the request, but not accept its content; `detail` says where and why",
    429: "too many requests; wait",
    500: "the server failed; the fault is in its code, not in the request",
    503: "the server cannot answer now; try again later",
}


@dataclass(frozen=True)
class Exchange:
    """A request and its response, reduced to the parts that a person reads first."""

    method: str
    path: str
    request_headers: tuple[str, ...]
    request_body: str
    status: int
    response_headers: tuple[str, ...]
    response_body: str
    sent: Any
    """The request's parsed JSON body, or None if it has none."""
    received: Any
    """The response's parsed JSON body, or None if it has none."""

    @classmethod
    def of(cls, response: Any) -> "Exchange":
        """Return the exchange that an httpx or httpx2 response belongs to."""
        request = response.request
        content, answer = _content(request), _content(response)
        sent_type = request.headers.get("content-type", "")
        answer_type = response.headers.get("content-type", "")
        return cls(
            method=request.method,
            path=brief(request.url.raw_path.decode("ascii", "replace"), LONGEST_LINE),
            request_headers=_some_headers(request.headers, _REQUEST_HEADERS, sent_type if content else ""),
            request_body=_body(content, sent_type),
            status=response.status_code,
            response_headers=_some_headers(response.headers, _RESPONSE_HEADERS, answer_type),
            response_body=_body(answer, answer_type),
            sent=_parsed(content),
            received=_parsed(answer),
        )

    @property
    def phrase(self) -> str:
        """The status with its name: `201 Created`."""
        return status_phrase(self.status)

    @property
    def meaning(self) -> str:
        """What the status tells the caller, as the second half of a sentence."""
        kinds = {
            1: "wait",
            2: "it worked",
            3: "look elsewhere",
            4: "the caller must change something",
            5: "the server failed",
        }
        return _MEANING.get(self.status) or kinds.get(self.status // 100, "not a status of HTTP")

    @property
    def moved_by_a_slash(self) -> bool:
        """Whether the response redirects to the same path with or without a slash at the end."""
        location = next((line[10:] for line in self.response_headers if line.startswith("location: ")), "")
        try:
            there, here = urlsplit(location).path, self.path.split("?")[0]
        except ValueError:  # it isn't an address
            return False
        return there != here and there.rstrip("/") == here.rstrip("/")

    def request_text(self) -> str:
        """The request as text: the method and path, the headers, and the body."""
        return "\n".join(
            [
                f"{self.method} {self.path}",
                *self.request_headers,
                *([self.request_body] if self.request_body else []),
            ]
        )

    def response_text(self) -> str:
        """The response as text: the status, the headers, and the body."""
        body = self.response_body or "(no body)"
        return "\n".join([self.phrase, *self.response_headers, body])

    def text(self) -> str:
        """The whole exchange as text, with an arrow before the request and one before the response."""
        answer = self.response_text().splitlines()
        return "\n".join(["→ " + self.request_text().replace("\n", "\n  "), "← " + "\n  ".join(answer)])

    def explain_422(self) -> list[str]:
        """Explain FastAPI's 422: a sentence for each error that says where the server looked and what it found."""
        if (
            self.status != 422
            or not isinstance(self.received, dict)
            or not isinstance(self.received.get("detail"), list)
        ):
            return []
        errors = [error for error in self.received["detail"] if isinstance(error, dict)]
        errors = [error for error in errors if isinstance(error.get("loc"), list) and error["loc"]]
        return [self._explain(error) for error in errors[:5]]

    def _explain(self, error: dict[str, Any]) -> str:
        place, *steps = [brief(str(step), LONGEST_LINE) for step in error["loc"]]
        kind, message = str(error.get("type", "")), brief(str(error.get("msg", "")), LONGEST_LINE).rstrip(".")
        if kind == "json_invalid":
            return f"The body is not valid JSON: the server stopped reading at character {steps[0] if steps else '?'}."
        if kind == "model_attributes_type" and isinstance(error.get("input"), str) and not steps:
            said = next((line[14:] for line in self.request_headers if line.startswith("content-type: ")), "")
            if not said:
                return "The server got the body as text, not as JSON: the header `Content-Type: application/json` is missing."
            if "json" not in said:
                return f"The server wants a body in JSON, and the header says `Content-Type: {said}`."
        where = {
            "query": "in the query string",
            "path": "in the path",
            "header": "in the headers",
            "cookie": "in the cookies",
        }
        room = where.get(place, "in the body")
        name = ".".join(steps)
        if not name:
            return (
                f"The server looked for a body: {_lower(message)}."
                if kind == "missing"
                else f"The body as a whole: {_lower(message)}."
            )
        if kind == "missing":
            also = isinstance(self.sent, dict) and steps[-1] in self.sent and place != "body"
            return f"The server looked for `{name}` {room}" + (
                "; you sent it in the body." if also else " and did not find it."
            )
        return f"The server found `{name}` {room} and did not accept it: {_lower(message)}."


def status_phrase(status: int) -> str:
    """Return a status with its name: `404 Not Found`."""
    try:
        return f"{status} {_RENAMED.get(status) or HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _lower(message: str) -> str:
    return message[:1].lower() + message[1:]


def _some_headers(headers: Any, names: tuple[str, ...], content_type: str) -> tuple[str, ...]:
    lines = [f"{name}: {brief(_masked(name, headers[name]), LONGEST_LINE)}" for name in names if name in headers]
    return (*([f"content-type: {brief(content_type, LONGEST_LINE)}"] if content_type else []), *lines)


def _masked(name: str, value: str) -> str:
    """A header's value. Only the kind of a credential is shown, never the secret."""
    if name == "authorization":
        kind, space, _ = value.partition(" ")
        return (kind + " …") if space else "…"
    if name == "set-cookie" and "=" in value:
        return value.split("=", 1)[0] + "=…"
    return value


def _content(message: Any) -> bytes | None:
    """The body of a request or response, or None if it is a stream that hasn't been read."""
    try:
        return bytes(message.read() if hasattr(message, "method") else message.content)
    except Exception:  # httpx and httpx2 each raise an error of their own
        return None


def _parsed(content: bytes | None) -> Any:
    try:
        return loads(content) if content else None
    except (ValueError, RecursionError):
        return None


def _laid_out(value: Any, margin: str = "") -> str:
    """JSON laid out for people: a value that fits on one line stays on one line."""
    line = dumps(value, ensure_ascii=False)
    if len(margin) + len(line) <= LONGEST_JSON_LINE or not value or not isinstance(value, dict | list):
        return line
    inner = margin + "  "
    if isinstance(value, dict):
        items = [f"{dumps(key, ensure_ascii=False)}: {_laid_out(item, inner)}" for key, item in value.items()]
    else:
        items = [_laid_out(item, inner) for item in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(items) + f"\n{margin}{closing}"


def _body(content: bytes | None, content_type: str) -> str:
    """A body laid out for people: JSON on one line or indented, other text unchanged, and at most a screenful."""
    if content is None:
        return "(a stream that was not read)"
    try:
        text = content.decode()
    except UnicodeDecodeError:
        text = content.decode(errors="replace") if content_type.startswith("text/") else "\0"
    if "\0" in text:
        return f"({len(content):,} bytes that are not text)"
    parsed = _parsed(content) if len(content) <= 20 * LONGEST_BODY else None
    if parsed is not None and ("json" in content_type or not content_type):
        with contextlib.suppress(RecursionError):
            text = _laid_out(parsed)
    return printable(text[:LONGEST_BODY]) + (f"\n… ({len(content):,} bytes in all)" if len(text) > LONGEST_BODY else "")
