"""A learner's first ten minutes, in a real browser: the command, JupyterLab, a lesson, a wrong answer, a right one, progress.

CHROMIUM names the browser when it is not on the PATH. With COURSE_PICTURE=docs/lesson.png the test also takes the README's picture.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import psutil
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, expect, sync_playwright

from coursekit.author.answers import answers_of
from coursekit.course.cells import cut
from coursekit.course.lessons import this_course

BROWSERS = [os.environ.get("CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
CHROMIUM = next(filter(None, map(shutil.which, filter(None, BROWSERS))), None)
SWITCHES = [
    "--no-sandbox",  # CI is root, and the only pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
PICTURE = os.environ.get("COURSE_PICTURE", "")
OUTSIDE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
PATIENCE = 60_000
"""Milliseconds that anything may take on a busy machine."""

COURSE = [str(Path(sys.executable).with_name("course"))]
"""The command as it is installed beside this Python."""

TRY_IT = """

lists_app = FastAPI()
lists_app.include_router(lists_router)
show(TestClient(lists_app).get("/lists"))"""
READABLE = 4.5
"""The contrast that WCAG asks of text."""

CONTRASTS = """
(element) => {
    const parsed = (color) => {
        const [red, green, blue, alpha = 1] = color.match(/[\\d.]+/g).map(Number);
        return [red, green, blue, alpha];
    };
    const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
    const background = (one) => {
        if (!one) return [255, 255, 255];
        const own = parsed(getComputedStyle(one).backgroundColor);
        return own[3] === 1 ? own : over(own, background(one.parentElement));
    };
    const luminance = (color) => {
        const [red, green, blue] = color.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = {};
    while (texts.nextNode()) {
        const text = texts.currentNode.textContent.trim();
        if (!text) continue;
        const one = texts.currentNode.parentElement;
        const behind = background(one).slice(0, 3);
        const both = [luminance(over(parsed(getComputedStyle(one).color), behind)), luminance(behind)].sort((a, b) => a - b);
        found[text.slice(0, 60)] = (both[1] + 0.05) / (both[0] + 0.05);
    }
    return found;
}
"""
"""The contrast of each piece of text in an element with what is behind it."""


class Lab:
    """JupyterLab as a learner sees it: cells are found by what stands in them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        self.active = self.notebook.locator(".jp-Cell.jp-mod-active")

    def wait_for_lesson(self, name: str, heading: str) -> None:
        """Wait until a lesson is open in front and its kernel is ready."""
        expect(self.page.locator("#jp-main-dock-panel .lm-mod-current .lm-TabBar-tabLabel")).to_have_text(name)
        expect(self.notebook.get_by_role("heading", name=heading, level=1)).to_be_visible()
        expect(self.notebook.locator(".jp-Toolbar-kernelName")).to_have_text("Python 3 (ipykernel)")
        expect(self.page.locator("#jp-main-statusbar")).to_contain_text("Python 3 (ipykernel) | Idle")

    def code_cell(self, text: str) -> Locator:
        """The first code cell with this text in its input."""
        return self.notebook.locator(".jp-CodeCell").filter(has=self.page.locator(".jp-InputArea", has_text=text)).first

    def edit(self, cell: Locator) -> None:
        """Click into a cell."""
        cell.scroll_into_view_if_needed()
        cell.locator(".cm-content").click()
        expect(cell).to_have_class(re.compile("jp-mod-active"))

    def write(self, cell: Locator, code: str) -> None:
        """Replace what stands in a cell."""
        self.edit(cell)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(code)

    def run(self, cell: Locator) -> Locator:
        """Run a cell with Shift+Enter, and wait for what it shows."""
        self.edit(cell)
        prompt = cell.locator(".jp-InputPrompt")
        before = prompt.text_content() or ""
        self.page.keyboard.press("Shift+Enter")
        expect(prompt).not_to_have_text(before)
        expect(prompt).to_have_text(re.compile(r"\[\d+\]"))
        return cell.locator(".jp-OutputArea-output")

    def run_in_a_new_cell(self, below: Locator, code: str) -> Locator:
        """Add a cell below another with the keyboard, write into it, and run it."""
        self.edit(below)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("b")
        expect(below).not_to_have_class(re.compile("jp-mod-active"))
        self.page.keyboard.press("Enter")
        expect(self.active.locator(".cm-content")).to_be_focused()
        self.page.keyboard.insert_text(code)
        return self.run(self.code_cell(code.splitlines()[0]))

    def menu(self, *names: str) -> None:
        """Choose from the menu bar."""
        self.page.get_by_role("menuitem", name=names[0], exact=True).first.click()
        for name in names[1:]:
            self.page.locator(".lm-Menu-item").filter(has_text=re.compile(f"^{re.escape(name)}")).first.click()

    def assert_no_question(self) -> None:
        """Nothing asks, and nothing has popped up."""
        expect(self.page.locator(".jp-Dialog")).to_have_count(0)
        expect(self.page.locator(".Toastify__toast")).to_have_count(0)
        expect(self.page.locator(".jp-Notification-Status")).to_have_text("0")


def readable(shown: Locator) -> None:
    """Each piece of text stands out from what is behind it."""
    contrasts = shown.evaluate(CONTRASTS)
    assert contrasts, "there is no text"
    assert {text: contrast for text, contrast in contrasts.items() if contrast < READABLE} == {}


@pytest.fixture
def learner(tmp_path: Path) -> Path:
    """A home and a workspace of the test's own."""
    (tmp_path / "home").mkdir()
    return tmp_path


@pytest.fixture
def command(learner: Path) -> Iterator["subprocess.Popen[str]"]:
    """`course`, running."""
    process = subprocess.Popen(
        [*COURSE, "--no-browser", "--port", "0", "--workspace", str(learner / "my course")],
        env=environment(learner),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    yield process
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=60)


def environment(learner: Path) -> dict[str, str]:
    """An environment in which nothing of this machine's user is read or written."""
    foreign = ("JUPYTER", "IPYTHON", "COURSE_", "XDG_")
    own = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return own | {"HOME": str(learner / "home"), "BROWSER": "true"}


@pytest.fixture
def outside() -> list[str]:
    """Addresses beyond this machine that a page has asked for. None of them got an answer."""
    return []


@pytest.fixture
def browser(learner: Path, outside: list[str]) -> Iterator[BrowserContext]:
    """A new browser that cannot leave this machine."""

    def refuse(route: Route) -> None:
        outside.append(route.request.url)
        route.abort()

    expect.set_options(timeout=PATIENCE)
    own: dict[str, str | float | bool] = {**os.environ, "HOME": str(learner / "home")}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES, env=own)
        context = chromium.new_context(
            viewport={"width": 1400, "height": 900},
            device_scale_factor=1.35 if PICTURE else 1,
            service_workers="block",  # their requests would pass by unseen
        )
        context.set_default_timeout(PATIENCE)
        context.route(OUTSIDE, refuse)
        yield context
        chromium.close()
    assert outside == [], "a page asked for something beyond this machine"


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
@pytest.mark.reads_everything
def test_a_learners_first_ten_minutes(
    command: "subprocess.Popen[str]", learner: Path, browser: BrowserContext, outside: list[str]
) -> None:
    [lesson] = [folder for folder in this_course().lessons() if folder.name == "01_routes"]
    [wrong] = [one for one in answers_of(lesson) if (one.exercise, one.name) == ("1.1", "POST")]
    right = cut(lesson.cells.answered["1.1"], solved=True)
    workspace = learner / "my course"
    assert command.stdout is not None
    line = command.stdout.readline()
    address = re.search(r"http://127\.0\.0\.1:\d+/\S+", line)
    assert address, line

    # JupyterLab opens at the first lesson, and asks nothing.
    page = browser.new_page()
    lab = Lab(page)
    page.goto(address[0])
    lab.wait_for_lesson("00_1_start_here.ipynb", "00 · Start here")
    lab.assert_no_question()

    # Lesson 01, from the file browser: nothing has run, so no prediction is given away, and the picture is drawn.
    stored = json.loads((workspace / "01_1_reading.ipynb").read_text(encoding="utf-8"))
    assert not any(cell.get("outputs") for cell in stored["cells"])
    page.get_by_role("listitem", name=re.compile("01_1_reading.ipynb")).dblclick()
    lab.wait_for_lesson("01_1_reading.ipynb", "01 · Routes: reading")
    expect(lab.notebook.locator(".jp-OutputArea-output")).to_have_count(0)
    picture = lab.notebook.locator(".jp-RenderedMermaid img")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("src", re.compile("^data:image/svg"))
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => picture.naturalWidth") > 100
    assert "client: phone, laptop, script" in unquote(picture.get_attribute("src") or "")

    # The first cells, with Shift+Enter: the exchange is drawn.
    lab.edit(lab.code_cell("from coursekit import"))
    first = lab.code_cell("show(response)")
    while first.locator(".jp-InputPrompt").text_content() == "[ ]:":
        here = lab.active.get_attribute("data-windowed-list-index") or ""
        page.keyboard.press("Shift+Enter")
        expect(lab.active).not_to_have_attribute("data-windowed-list-index", here)
    exchange = first.locator(".jp-OutputArea-output")
    for words in ("→ GET /Hello", "← 404 Not Found", '{"detail": "Not Found"}'):
        expect(exchange).to_contain_text(words)

    # A wrong answer, and the verdict on it, readable by day and by night.
    answer, check = lab.code_cell("# Your router: call it `lists_router`."), lab.code_cell('check("1.1")')
    lab.edit(answer)
    lab.menu("Run", "Run All Above Selected Cell")
    lab.write(answer, wrong.source + TRY_IT)
    answer = lab.code_cell("lists_app = FastAPI()")
    expect(lab.run(answer)).to_contain_text("→ GET /lists")
    verdict = lab.run(check)
    expect(verdict).to_contain_text("✗ Exercise 1.1")
    expect(verdict).to_contain_text("not yet")
    for words in wrong.says:
        expect(verdict.get_by_text(words).first).to_be_visible()
    if PICTURE:
        take_picture(lab, "Write a router called lists_router", Path(PICTURE))
    readable(verdict)
    lab.menu("Settings", "Theme", "JupyterLab Dark")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", "false")
    readable(verdict)
    readable(exchange)

    # The right answer: passed, and counted on the page and in the terminal.
    lab.write(answer, right)
    lab.run(lab.code_cell(right.splitlines()[0]))
    verdict = lab.run(check)
    expect(verdict).to_contain_text("✓ Exercise 1.1")
    expect(verdict).to_contain_text("passed")
    readable(verdict)
    counted = lab.run_in_a_new_cell(check, "progress()")
    rows = [[cell.inner_text() for cell in row.get_by_role("cell").all()] for row in counted.locator("tbody tr").all()]
    told = subprocess.run(
        [*COURSE, "progress", "--workspace", str(workspace), "--json"],
        env=environment(learner),
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr
    assert rows == [list(row.values()) for row in json.loads(told.stdout)["rows"]]
    assert ["01 Routes", "1 of"] in [[row[0], row[1][:4]] for row in rows]

    # The interactive docs, from a server in the notebook.
    served = lab.run_in_a_new_cell(check, "server = serve(app)\nprint(server.url)")
    expect(served).to_contain_text("http://127.0.0.1:")
    url = (served.text_content() or "").strip()
    docs = browser.new_page()
    docs.goto(url + "/docs")
    expect(docs.get_by_role("button", name="GET /tasks List Tasks")).to_be_visible()
    docs.close()
    lab.run_in_a_new_cell(check, "server.stop()")
    with pytest.raises(urllib.error.URLError, match="refused"):
        urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=PATIENCE / 1000)

    # Saved, then Ctrl+C in the terminal: nothing is left running.
    page.keyboard.press("ControlOrMeta+s")
    expect(page.locator("#jp-main-dock-panel .lm-mod-current")).not_to_have_class(re.compile("jp-mod-dirty"))
    lab.assert_no_question()
    assert outside == []
    page.evaluate("fetch('http://course.invalid/').catch(() => null)")
    assert outside.pop() == "http://course.invalid/", "a request that leaves this machine would go unseen"
    family = psutil.Process(command.pid).children(recursive=True)
    assert len(family) >= 3, "the server and two kernels"
    command.send_signal(signal.SIGINT)
    printed, _ = command.communicate(timeout=60)
    assert command.returncode == 0
    assert "Your work is in" in printed
    assert not [each for each in family if each.is_running() and each.status() != psutil.STATUS_ZOMBIE]
    saved = json.loads((workspace / "01_1_reading.ipynb").read_text(encoding="utf-8"))
    assert right in ["".join(cell["source"]) for cell in saved["cells"]]


def take_picture(lab: Lab, words: str, file: Path) -> None:
    """The page with the paragraph that has these words at the top, and the cell that ran last selected, as a PNG."""
    lab.page.set_viewport_size({"width": 1440, "height": 932})
    lab.page.mouse.move(0, 0)
    lab.page.keyboard.press("ArrowUp")
    lab.notebook.get_by_text(words).evaluate("it => { it.style.scrollMarginTop = '.6em'; it.scrollIntoView(); }")
    lab.page.screenshot(path=file)
