"""The small changes that make mutants of a solution. Each operator looks at one node of the syntax tree and yields edits of the text."""

import ast
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from coursekit.building.syntax import Code, Edit, Function

_STATUSES = {200: 201, 201: 202, 202: 200, 204: 202}
_STATUSES |= {400: 422, 401: 403, 403: 404, 404: 403, 405: 404, 408: 504, 409: 400, 410: 404, 412: 409, 413: 400}
_STATUSES |= {415: 400, 418: 404, 422: 400, 428: 412, 429: 503, 500: 503, 503: 500}
"""For each status, another one that is a likely mistake."""
_COMPARED: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
_ORDERS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
_CALCULATED: dict[type[ast.operator], tuple[str, str]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "+"),
}
_LINKS = {"where", "filter", "filter_by", "having", "order_by", "desc", "asc", "nulls_first", "nulls_last", "limit"}
_LINKS |= {"offset", "distinct", "options", "unique", "with_for_update", "execution_options"}
_LINKS |= {"strip", "lower", "casefold"}
"""The methods that a chain of calls may go without."""
_MANY = {"where", "filter", "order_by", "options", "gather", "add_all"}
"""The methods of which each argument counts by itself."""
_OPPOSITES = {"any": "all", "all": "any", "min": "max", "max": "min"}
_SENTENCE = 3
"""A text of more words than these is a sentence for people."""
_CODE = re.compile(r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+")
_PLAIN = re.compile(r"([a-z]|Any|None|Sequence|Iterator|AsyncIterator|Response|[\[\], |])+")
"""A type that names no model, so that FastAPI sends the same with and without it."""
_ROUTE = re.compile(r"\w+\.(get|post|put|patch|delete)\(")
_TABLE = re.compile(r"\b(?:select|select_from|get)\((?:\w+, *)?([A-Z]\w*)")
_STORE = re.compile(r"(?<![.\w])([a-z_]+)(?:\[|\.(?:get|values|items)\()")
_LIST = re.compile(r"\bfor \w+ in ([a-z_]+)\b(?![.(\[])")
_TYPES = ("dict", "list", "tuple", "set", "type")
_SESSIONS = ("Db", "AsyncSession", "Session")


def edits(code: Code) -> Iterator[Edit]:
    """Yield every edit that the operators make, in the order of the syntax tree."""
    for node in ast.walk(code.tree):
        if node not in code.silent:
            for operator in _OPERATORS:
                yield from operator(code, node)


def _constants(code: Code, node: ast.AST) -> Iterator[Edit]:
    """Another status, a boundary moved by one, the other truth value, another text."""
    if not isinstance(node, ast.Constant) or isinstance(code.parent(node), ast.Expr):
        return
    parent, value = code.parent(node), node.value
    if isinstance(value, bool):
        if not isinstance(parent, ast.keyword) or parent.arg == "default":
            yield code.instead("boolean", node, repr(not value))
    elif isinstance(value, int) and value in _STATUSES:
        yield code.instead("status", node, str(_STATUSES[value]))
    elif isinstance(value, int | float):
        negative = isinstance(parent, ast.UnaryOp)
        yield code.instead("number", node, repr(value - 1 if negative else value + 1))
        if value > 0 and isinstance(parent, ast.Compare | ast.keyword | ast.AnnAssign | ast.arguments):
            yield code.instead("number", node, repr(value - 1))
    elif isinstance(value, str) and node not in code.annotations and _is_data(code, node):
        yield _longer(code, node)


def _is_data(code: Code, node: ast.Constant) -> bool:
    """Whether a text is data that somebody relies on, and no message, path or key, and nothing that a test makes up."""
    parent, function = code.parent(node), code.function_of(node)
    if len(str(node.value).split()) > _SENTENCE:
        return False
    if isinstance(parent, ast.Dict):
        return node in parent.values and not (function and function.name.startswith("test_"))
    return isinstance(parent, ast.Compare | ast.AnnAssign | ast.arguments | ast.Return) or bool(
        isinstance(parent, ast.Call | ast.keyword) and _CODE.fullmatch(str(node.value))
    )


def _longer(code: Code, node: ast.AST) -> Edit:
    """A text with a letter more."""
    _, end = code.span(node)
    return Edit("text", end - 1, end - 1, "x")


def _texts(code: Code, node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.JoinedStr) and isinstance(code.parent(node), ast.Assign | ast.Return | ast.Dict):
        yield _longer(code, node)


def _comparisons(code: Code, node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.Compare):
        for (left, right), sign in zip(pairwise([node.left, *node.comparators]), node.ops, strict=True):
            yield from code.between("comparison", left, right, *_COMPARED[type(sign)])


def _calculations(code: Code, node: ast.AST) -> Iterator[Edit]:
    """Another sign; or, of `a | b`, one of the two."""
    if not isinstance(node, ast.BinOp) or node in code.annotations:
        return
    if type(node.op) in _CALCULATED:
        yield from code.between("arithmetic", node.left, node.right, *_CALCULATED[type(node.op)])
    elif isinstance(node.op, ast.BitOr):
        yield code.instead("operand", node, code.text(node.left))
        yield code.instead("operand", node, code.text(node.right))


def _logic(code: Code, node: ast.AST) -> Iterator[Edit]:
    """One part of an `and` or `or` removed; the one word for the other."""
    if isinstance(node, ast.BoolOp):
        signs = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        yield from code.between("logic", node.values[0], node.values[1], *signs)
        for value in node.values:
            yield code.without("operand", value, node.values, 0)


def _conditions(code: Code, node: ast.AST) -> Iterator[Edit]:
    """The opposite of a condition, unless an operator for comparisons makes it; a filter that lets everything through."""
    if isinstance(node, ast.If | ast.While | ast.IfExp) and not isinstance(node.test, ast.Constant):
        test = node.test
        if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            yield code.instead("condition", test, code.text(test.operand))
        elif not isinstance(test, ast.Compare) or len(test.ops) > 1 or isinstance(test.ops[0], _ORDERS):
            yield code.instead("condition", test, f"not ({code.text(test)})")
    if isinstance(node, ast.comprehension):
        for test in node.ifs:
            yield code.instead("filter", test, "True")


def _statements(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A removed line. A name's only assignment stays, because without it everything fails."""
    if isinstance(node, ast.Raise):
        yield code.instead("raise", node, "pass")
    elif isinstance(node, ast.Expr):
        if not isinstance(node.value, ast.Constant | ast.Yield):
            yield code.instead("statement", node, "pass")
    elif isinstance(node, ast.AugAssign | ast.Delete | ast.Assert):
        yield code.instead("statement", node, "pass")
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        target = node.targets[0] if isinstance(node, ast.Assign) else node.target
        in_class = isinstance(code.parent(node), ast.ClassDef)
        needed = isinstance(target, ast.Name | ast.Tuple) and not in_class
        if isinstance(target, ast.Name):
            needed = target.id == "__tablename__" if in_class else code.bindings(target.id) == 1
        if not needed:
            yield code.instead("statement", node, "pass")
    elif isinstance(node, ast.Break):
        yield code.instead("loop", node, "continue")


def _defaults(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A field without its default."""
    if isinstance(node, ast.AnnAssign) and node.value and isinstance(code.parent(node), ast.ClassDef):
        yield Edit("default", code.span(node.annotation)[1], code.span(node)[1], "")


def _arguments(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A call without one of its keyword arguments, or without one of several conditions."""
    if not isinstance(node, ast.Call):
        return
    items, closing = [*node.args, *node.keywords], code.span(node)[1] - 1
    for keyword in node.keywords:
        if keyword.arg != "detail":
            yield code.without("argument", keyword, items, closing)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _MANY and len(node.args) > 1:
        for argument in node.args:
            yield code.without("filter" if node.func.attr == "where" else "argument", argument, items, closing)


def _calls(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A chain without a link, a sorted list left as it is, `any` for `all`, `await` forgotten."""
    if isinstance(node, ast.Await):
        yield code.instead("await", node, code.text(node.value))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in _LINKS:
            yield code.instead("chain", node, code.text(node.func.value))
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "sorted":
            yield code.instead("chain", node, f"list({code.text(node.args[0])})")
        elif node.func.id in _OPPOSITES:
            yield code.instead("call", node.func, _OPPOSITES[node.func.id])


def _displays(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A dict without one of its entries, a list without one of its elements, a `Literal` without one of its values."""
    if isinstance(node, ast.Dict):
        yield from _entries(code, node)
    elif isinstance(node, ast.List | ast.Set):
        if len(node.elts) > 1:
            for element in node.elts:
                yield code.without("element", element, node.elts, 0)
    elif isinstance(node, ast.Tuple) and len(node.elts) > 1:
        subscript = code.parent(node)
        if isinstance(subscript, ast.Subscript) and code.text(subscript.value) == "Literal":
            for element in node.elts:
                yield code.without("element", element, node.elts, 0)


def _entries(code: Code, node: ast.Dict) -> Iterator[Edit]:
    begins = [
        code.span(key)[0] if key else code.data.rfind(b"**", 0, code.span(value)[0])
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    ends = [code.span(value)[1] for value in node.values]
    for at, begin in enumerate(begins):
        if at + 1 < len(begins):
            yield Edit("entry", begin, begins[at + 1], "")
        else:
            yield Edit("entry", ends[at - 1] if at else begin, ends[at] if at else code.span(node)[1] - 1, "")


def _annotations(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A constraint or `Depends` taken out of `Annotated`, a field that may no longer be None, a response model that is gone."""
    if isinstance(node, ast.Subscript) and code.text(node.value) == "Annotated" and isinstance(node.slice, ast.Tuple):
        first, *rest = node.slice.elts
        for one in rest:
            if len(rest) == 1:
                yield code.instead("annotated", node, code.text(first))
            else:
                yield code.without("annotated", one, node.slice.elts, 0)
    elif isinstance(node, ast.AnnAssign) and isinstance(code.parent(node), ast.ClassDef):
        begin, end = code.span(node.annotation)
        for found in re.finditer(rb" \| None\b", code.data[begin:end]):
            yield Edit("optional", begin + found.start(), begin + found.end(), "")
    elif isinstance(node, Function) and node.returns and _methods(code, node):
        begin, end = code.span(node.returns)
        if not _PLAIN.fullmatch(code.text(node.returns)):
            yield Edit("response-model", code.data.rfind(b" ->", 0, begin), end, "")


def _handlers(code: Code, node: ast.AST) -> Iterator[Edit]:
    """An `except` that catches everything, or that says nothing."""
    if isinstance(node, ast.ExceptHandler):
        if node.type and code.text(node.type) not in ("Exception", "BaseException"):
            yield code.instead("except", node.type, "Exception")
        if not isinstance(node.body[0], ast.Pass | ast.Continue):
            yield Edit("swallow", code.span(node.body[0])[0], code.span(node.body[-1])[1], "pass")


def _swallowed(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A line whose errors are caught and forgotten."""
    waits = isinstance(node, ast.Expr | ast.Return) and isinstance(node.value, ast.Await | ast.Yield)
    if waits and code.function_of(node):
        margin = " " * node.col_offset  # type: ignore[attr-defined]
        end = "return None" if isinstance(node, ast.Return) else "pass"
        yield code.instead("swallow", node, f"try: {code.text(node)}\n{margin}except Exception: {end}")


def _contexts(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A block without its lock or transaction."""
    if not isinstance(node, ast.With | ast.AsyncWith):
        return
    for item in node.items:
        if item.optional_vars is None and len(node.items) > 1:
            places = [one.optional_vars or one.context_expr for one in node.items]
            yield code.without("context", item.context_expr, places, 0)
        elif item.optional_vars is None:
            yield Edit("context", code.span(node)[0], code.span(item.context_expr)[1], "if True")


def _decorators(code: Code, node: ast.AST) -> Iterator[Edit]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        for one in node.decorator_list:
            begin, end = code.span(one)
            rest = code.data[end:]
            yield Edit("decorator", begin - 1, end + len(rest) - len(rest.lstrip()), "")


def _returns(code: Code, node: ast.AST) -> Iterator[Edit]:
    """A constant instead of a value; a GET that writes before or after it answers."""
    function = code.function_of(node)
    if function is None:
        return
    if isinstance(node, ast.Return) and node.value and not isinstance(node.value, ast.Constant):
        told = code.text(function.returns) if function.returns else ""
        for new in {"bool": ("True", "False"), "int": ("1",), "str": ('""',)}.get(told, ("None",)):
            yield code.instead("constant", node.value, new)
        if told.startswith(("list", "Sequence")):
            yield code.instead("constant", node.value, "[]")
    if isinstance(node, ast.Return | ast.Raise) and "get" in _methods(code, function):
        for write in _writes(code, function):
            if isinstance(node, ast.Raise):
                yield code.instead("write", node, f"{write}; {code.text(node)}")
            elif node.value:
                yield code.instead("write", node.value, f"[{code.text(node.value)}, {write}][0]")


def _methods(code: Code, function: Function) -> list[str]:
    """The HTTP methods of a function's routes."""
    calls = (_ROUTE.match(code.text(one)) for one in function.decorator_list)
    return [call[1] for call in calls if call]


def _writes(code: Code, function: Function) -> Iterator[str]:
    """The expressions that delete data which a function reads: the last entry of a dict or list, the rows of a table."""
    own = {
        one.arg: code.text(one.annotation) if one.annotation else ""
        for one in ast.walk(function)
        if isinstance(one, ast.arg)
    }
    own |= {one.id: "" for one in ast.walk(function) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
    session = next((name for name, kind in own.items() if kind.endswith(_SESSIONS)), None)
    read = code.text(function)
    if session:
        tables = _TABLE.findall(read) or _TABLE.findall(code.data.decode())
        for table in tables[:1]:
            yield f"await {session}.execute({table}.__table__.delete())"
        return
    stores, lists = _STORE.findall(read), _LIST.findall(read)
    for store in dict.fromkeys([*stores, *lists]):
        if store not in own and store not in _TYPES and not store.endswith("router"):
            yield f"{store} and {store}.{'popitem' if store in stores else 'pop'}()"


_OPERATORS: tuple[Callable[[Code, ast.AST], Iterator[Edit]], ...] = (
    _constants,
    _texts,
    _comparisons,
    _calculations,
    _logic,
    _conditions,
    _statements,
    _defaults,
    _arguments,
    _calls,
    _displays,
    _annotations,
    _handlers,
    _swallowed,
    _contexts,
    _decorators,
    _returns,
)
