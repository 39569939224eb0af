"""What stands in for `curl` on a machine that has none: `python -m coursekit.curl -i http://127.0.0.1:8000/tasks`.

It knows the options that an API is asked with, prints what curl prints, and ends with curl's exit codes.
"""

import argparse
import base64
import socket
import sys
from typing import NoReturn
from urllib.parse import quote

import httpx

USAGE, NO_ADDRESS, NOBODY_THERE, TOO_SLOW, NO_ANSWER, NO_URL = 2, 6, 7, 28, 52, 3
FORM = "application/x-www-form-urlencoded"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say what is not known here."""
        _end(USAGE, f"{message} (this is a stand-in with few options: install curl)")


def _end(code: int, message: str) -> NoReturn:
    print(f"curl: ({code}) {message}", file=sys.stderr)
    sys.exit(code)


def _options() -> argparse.ArgumentParser:
    parser = _Parser(prog="curl", add_help=False, allow_abbrev=False)
    parser.add_argument("url")
    parser.add_argument("-i", "--include", action="store_true")
    parser.add_argument("-s", "--silent", action="store_true")
    parser.add_argument("-q", "--disable", action="store_true")
    parser.add_argument("-L", "--location", action="store_true")
    parser.add_argument("-X", "--request", dest="method")
    parser.add_argument("-H", "--header", action="append", default=[])
    parser.add_argument("-d", "--data", "--data-raw", dest="data", action="append")
    parser.add_argument("--data-urlencode", dest="data", action="append", type=_encoded)
    parser.add_argument("-G", "--get", action="store_true")
    parser.add_argument("--json", action="append")
    parser.add_argument("-u", "--user")
    parser.add_argument("-m", "--max-time", type=float, default=None)
    return parser


def _encoded(pair: str) -> str:
    """A form's field with its value made fit for an address: `q=a b` becomes `q=a%20b`."""
    name, equals, value = pair.rpartition("=")
    return f"{name}{equals}{quote(value, safe='')}"


def _request(given: argparse.Namespace) -> httpx.Request:
    headers = httpx.Headers({"Accept": "*/*"})
    url = given.url if "://" in given.url else f"http://{given.url}"
    body = None
    if given.get:
        url += "&" if "?" in url else "?"
        url += "&".join(given.data or ())
    elif given.json is not None:
        body = "".join(given.json)
        headers.update({"Content-Type": "application/json", "Accept": "application/json"})
    elif given.data is not None:
        body = "&".join(given.data)
        headers["Content-Type"] = FORM
    if given.user is not None:
        headers["Authorization"] = "Basic " + base64.b64encode(given.user.encode()).decode()
    for line in given.header:
        name, _, value = line.partition(":")
        headers[name.strip()] = value.strip()
    return httpx.Request(given.method or ("GET" if body is None else "POST"), url, headers=headers, content=body)


def main(arguments: list[str]) -> None:
    """Send the request that the arguments describe and print the answer. Ends the process with curl's exit code."""
    given = _options().parse_args(arguments)
    try:
        with httpx.Client(timeout=given.max_time, follow_redirects=given.location, trust_env=False) as client:
            response = client.send(_request(given))
    except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
        _end(NO_URL, str(error))
    except httpx.TimeoutException:
        _end(TOO_SLOW, f"No answer within {given.max_time:g} seconds")
    except httpx.ConnectError as error:
        unknown = isinstance(_root(error), socket.gaierror)
        _end(NO_ADDRESS if unknown else NOBODY_THERE, f"Failed to connect to {given.url}")
    except httpx.HTTPError as error:
        _end(NO_ANSWER, str(error))
    if given.include:
        head = [f"{response.http_version} {response.status_code} {response.reason_phrase}"]
        head += [f"{name}: {value}" for name, value in response.headers.multi_items()]
        sys.stdout.buffer.write(("\r\n".join(head) + "\r\n\r\n").encode())
    sys.stdout.buffer.write(response.content)


def _root(error: BaseException) -> BaseException:
    while (cause := error.__cause__ or error.__context__) is not None:
        error = cause
    return error


if __name__ == "__main__":
    main(sys.argv[1:])
