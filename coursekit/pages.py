"""Makes HTML pages from Jinja templates. A template is in the same folder as the code that fills it."""

import functools

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from coursekit.course.render import BOX, block, printable, sentence


@functools.cache
def templates(wing: str) -> Environment:
    """The Jinja environment for the templates of one wing of the kit, such as `capstone`. Values are escaped.

    It adds the filters `sentence` (text with `code` in backticks), `one_line` (the same on one line), `block` (preformatted
    text) and `breakable` (a path that may wrap after each slash).
    """
    loader = PackageLoader(f"coursekit.{wing}", package_path=".")
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, keep_trailing_newline=False)
    made.globals["BOX"] = Markup(BOX)
    made.filters["sentence"] = lambda text: Markup(sentence(text))
    made.filters["one_line"] = lambda text: Markup(sentence(" ".join(printable(text).split())))
    made.filters["breakable"] = lambda path: escape(path).replace("/", Markup("/<wbr>"))
    made.filters["block"] = lambda text: Markup(block(text))
    return made
