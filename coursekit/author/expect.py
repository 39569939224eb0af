"""The expectations that a check can state. The first one that isn't met raises NotYet, which becomes the verdict."""

from collections.abc import Iterable, Mapping
from typing import Any

from coursekit.author.difference import LONGEST_VALUE, same, shown
from coursekit.author.endpoints import no_return, old_response
from coursekit.course import words
from coursekit.course.render import brief
from coursekit.judging.exchange import Exchange, status_phrase
from coursekit.judging.expectation import NotYet, describe

_MOST_FIELDS = 20


def status(response: Any, wanted: int | tuple[int, ...], why: str, known: Mapping[int, str] | None = None) -> None:
    """Expect a status, or one of several. `known` maps other statuses to a sentence about the mistake behind them."""
    allowed = (wanted,) if isinstance(wanted, int) else wanted
    got = response.status_code
    if got in allowed:
        return
    exchange = Exchange.of(response)
    said = (known or {}).get(got) or _usual_mistake(exchange)
    raise NotYet(
        " ".join(part for part in [f"{_asked(exchange)} answered {got}.", said, *exchange.explain_422()] if part),
        why=why,
        response=response,
        expected=" or ".join(status_phrase(one) for one in allowed),
        got=status_phrase(got),
    )


def header(response: Any, name: str, wanted: str, why: str, known: Mapping[str | None, str] | None = None) -> None:
    """Expect a header with this value. `known` maps other values to a sentence about the mistake; a missing header is None there."""
    got = response.headers.get(name)
    if got == wanted:
        return
    exchange = Exchange.of(response)
    shown = brief(str(got), LONGEST_VALUE)
    default = f"It has no `{name}` header." if got is None else f"Its `{name}` header says `{shown}`."
    said = (got is None and old_response(response)) or (known or {}).get(got) or default
    raise NotYet(
        f"{_asked(exchange)} answered {exchange.status}. {said}",
        why=why,
        response=response,
        expected=f"`{name}: {wanted}`",
        got="no such header" if got is None else f"`{name}: {shown}`",
    )


def json_body(response: Any, why: str) -> Any:
    """Return the parsed JSON body of a response.

    Raises:
        NotYet: the body isn't JSON, or the response's content type doesn't say that it is.
    """
    try:
        parsed = response.json()
    except (ValueError, RecursionError) as error:
        trouble = "nested too deeply to be read" if isinstance(error, RecursionError) else "not JSON"
        raise NotYet(
            f"{_asked(Exchange.of(response))} answered with a body that is {trouble}.",
            why=why,
            response=response,
            expected="a JSON body",
            got=describe(response.text) if response.content else "no body",
        ) from None
    _says_that_it_is_json(response, why)
    return parsed


def _says_that_it_is_json(response: Any, why: str) -> None:
    header = response.headers.get("content-type", "")
    kind = header.split(";")[0].strip().lower()
    if kind == "application/json" or kind.endswith("+json"):
        return
    said = f"its `Content-Type` says `{brief(header, LONGEST_VALUE)}`" if header else "it has no `Content-Type` header"
    raise NotYet(
        f"{_asked(Exchange.of(response))} answered with JSON, but {said}. "
        "A client goes by this header: without `application/json`, it reads the body as text.",
        why=why,
        response=response,
        expected="`Content-Type: application/json`",
        got=f"`Content-Type: {brief(header, LONGEST_VALUE)}`" if header else "no such header",
    )


def body(response: Any, wanted: Any, why: str, known: Iterable[tuple[Any, str]] | Mapping[Any, str] = ()) -> None:
    """Expect a JSON body that equals `wanted`. `known` pairs other bodies with a sentence about the mistake behind them."""
    got = json_body(response, why)
    if same(got, wanted):
        return
    said = (got is None and no_return(response)) or _known(known, got)
    raise NotYet(
        f"{_asked(Exchange.of(response))} answered with another body than expected." + (f" {said}" if said else ""),
        why=why,
        response=response,
        expected=f"`{shown(wanted)}`",
        got=f"`{shown(got)}`",
    )


def fields(response: Any, wanted: set[str], why: str, known: Mapping[str, str] | None = None) -> None:
    """Expect exactly these fields in a JSON object, or in each object of a JSON list, which must not be empty.

    `known` maps the name of a field that is missing, or that must not be there, to a sentence about the mistake.
    """
    got = json_body(response, why)
    objects = got if isinstance(got, list) else [got]
    that(objects, f"The answer to {_asked(Exchange.of(response))} is an empty list.", why=why, response=response)
    for item in objects:
        names = set(item) if isinstance(item, dict) else set()
        if isinstance(item, dict) and names == wanted:
            continue
        wrong = sorted(wanted ^ names)
        forgotten = no_return(response) if got is None else ""
        said = [forgotten] if forgotten else [known[name] for name in wrong if known and name in known]
        extra, missing = sorted(names - wanted), sorted(wanted - names)
        said += [f"It has {_list(extra)}, which must not be there."] if extra and not said else []
        said += [f"It lacks {_list(missing)}."] if missing and not said else []
        raise NotYet(
            " ".join([f"Look at the fields in the answer to {_asked(Exchange.of(response))}.", *said]),
            why=why,
            response=response,
            expected=_list(sorted(wanted)),
            got=_list(sorted(names)) if isinstance(item, dict) else describe(item),
        )


def equal(got: Any, wanted: Any, what: str, why: str, known: Any = (), response: Any = None) -> None:
    """Expect any other value to equal `wanted`. `what` names the value, as in "the number of tasks"."""
    if same(got, wanted):
        return
    said = _known(known, got)
    raise NotYet(
        said or f"{what[:1].upper()}{what[1:]} is not as expected.",
        why=why,
        response=response,
        expected=f"{what}: `{shown(wanted)}`",
        got=f"`{shown(got)}`",
    )


def that(condition: object, sentence: str, why: str = "", response: Any = None) -> None:
    """Expect any other condition to be true. `sentence` says what is wrong if it isn't, and what to do."""
    if not condition:
        raise NotYet(sentence, why=why, response=response)


def _asked(exchange: Exchange) -> str:
    """The request in a few words: "`POST /tasks` with `{...}`"."""
    sent = exchange.request_body
    short = f" with `{sent}`" if sent and "\n" not in sent and len(sent) <= 80 else ""
    return f"`{exchange.method} {exchange.path}`{short}"


def _usual_mistake(exchange: Exchange) -> str:
    """A sentence about a status that nearly always comes from the same mistake. Empty for any other status."""
    if exchange.status == 307 and exchange.moved_by_a_slash:
        return "Your path and the one that was asked differ by a slash at the end. A client that does not follow redirects gets nothing."
    if exchange.status == 404 and exchange.received == {"detail": "Not Found"}:
        return "No route matches this address. Look at the path in your route: each letter and slash counts."
    if exchange.status == 405:
        return f"The address exists, but no route takes {exchange.method} there. Look at the method in your decorator."
    return ""


def _known(known: Any, got: Any) -> str:
    pairs = known.items() if isinstance(known, Mapping) else known
    return next((said for value, said in pairs if same(value, got)), "")


def _list(names: list[str]) -> str:
    more = f" and {len(names) - _MOST_FIELDS:,} more" if len(names) > _MOST_FIELDS else ""
    return words.names((brief(name, 60) for name in names[:_MOST_FIELDS]), nothing="nothing") + more
