"""Taking a guard away: the place is named by its function, what is taken away by one of a few operations.

A cut is a mapping with `in`, the dotted path of a module, class or function (`common.machine.door.move`), and exactly
one operation. X is a name or text that the code in question mentions, or a list of such; with a minus before it, one
that it does not mention:

    answer: EXPR        the function returns EXPR at once
    never: X            the condition (if, elif, while, … if … else, of a comprehension) that mentions X is false
    always: X           … is true
    without: X          the smallest part that mentions X is left out: a base of a class, an operand of and, or, &, |, +,
                        an element of a list, an argument of a call
    statement: X        the smallest statement that mentions X is left out
    call: X             `.X(…)` is left out of a chain of calls
    constraint: X       the constraint of this name is left out of the class
    unlocked: X         rows of the model X are read without a lock: `lock(X, keys)` and `select_for_update` go
    replace: X, by: E   the one call of X, else the one name or text X, becomes the expression E
    assigned: X, by: E  what is assigned to X becomes E

`of: X` narrows the place down to the smallest statement that mentions X. What is named has to be there exactly once;
otherwise Unclear says where and how often. In a file that is no Python (`in: common/pdf/application.typ`)
`replace: X, by: E` replaces a text.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Mentioned = str | tuple[str, ...]
Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = ast.Module | ast.ClassDef | Function
OPERATIONS = (
    "answer", "never", "always", "without", "statement", "call", "constraint", "unlocked", "replace", "assigned",
)  # fmt: skip
LISTS = ("elts", "args", "keywords", "values", "bases", "decorator_list")


class Unclear(Exception):
    """What a cut names is not there, or more than once."""


@dataclass(frozen=True)
class Cut:
    place: str
    operation: str
    what: "Mentioned"
    by: str = ""
    of: "Mentioned" = ()

    @classmethod
    def read(cls, row: dict[str, Any]) -> "Cut":
        """Of a mapping as above. Raises Unclear when it holds anything else."""
        operations = [key for key in row if key in OPERATIONS]
        if len(operations) != 1 or row.keys() - {"in", "of", "by", *operations}:
            raise Unclear(f"a cut has a place and one operation: {row}")
        what, of = (tuple(x) if isinstance(x, list) else str(x) for x in (row[operations[0]], row.get("of", [])))
        return cls(row["in"], operations[0], what, str(row.get("by", "")), of)

    def file(self, root: Path) -> Path:
        """Where the place stands."""
        return self._module(root)[0]

    def apply(self, root: Path, text: str) -> str:
        """The text of the file without the guard. Raises Unclear."""
        file, names = self._module(root)
        if file.suffix != ".py":
            return _replaced_text(text, str(self.what), self.by)
        tree = ast.parse(text)
        cutting = _Cutting(self, _scope(tree, names, self.place))
        if self.of:
            block, i = cutting.smallest_statement(self.of)
            cutting = _Cutting(self, block[i])
        cutting.cut()
        return ast.unparse(ast.fix_missing_locations(tree)) + "\n"

    def _module(self, root: Path) -> tuple[Path, list[str]]:
        if "/" in self.place:
            return root / self.place, []
        parts = self.place.split(".")
        for n in range(len(parts), 0, -1):
            base = root.joinpath(*parts[:n])
            for file in (base.with_suffix(".py"), base / "__init__.py"):
                if file.is_file():
                    return file, parts[n:]
        raise Unclear(f"no module of {self.place}")


def _replaced_text(text: str, old: str, new: str) -> str:
    if text.count(old) != 1:
        raise Unclear(f"{text.count(old)} times: {old}")
    return text.replace(old, new)


def _scope(tree: ast.Module, names: list[str], place: str) -> Scope:
    scope: Scope = tree
    for name in names:
        inside = [n for n in _own(scope) if isinstance(n, ast.ClassDef | Function) and n.name == name]
        if len(inside) != 1:
            raise Unclear(f"{len(inside)} times in the code: {place}")
        scope = inside[0]
    return scope


def _own(scope: Scope) -> Iterator[ast.AST]:
    """Everything in a scope but what stands in functions and classes inside it, those themselves included."""
    waiting: list[ast.AST] = list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop(0)
        yield node
        if not isinstance(node, ast.ClassDef | Function):
            waiting[:0] = ast.iter_child_nodes(node)


def _names(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        match part:
            case ast.Name(id=name) | ast.Attribute(attr=name) | ast.FunctionDef(name=name):
                yield name
            case ast.keyword(arg=str(name)):
                yield name
            case ast.Constant(value=str(text)):
                yield text


def _mentions(node: ast.AST, what: Mentioned) -> bool:
    names = set(_names(node))
    return all((x.removeprefix("-") in names) != x.startswith("-") for x in ([what] if isinstance(what, str) else what))


class _Cutting:
    """One operation in one scope."""

    def __init__(self, cut: Cut, scope: Scope | ast.stmt) -> None:
        self.cut_ = cut
        self.what = cut.what
        self.scope = scope
        self.nodes = list(ast.walk(scope))

    def cut(self) -> None:
        getattr(self, f"_{self.cut_.operation}")()

    def _one(self, found: list[Any]) -> Any:
        if len(found) != 1:
            raise Unclear(f"{len(found)} times in {self.cut_.place}: {self.cut_.operation} {self.what}")
        return found[0]

    @property
    def _by(self) -> ast.expr:
        return ast.parse(self.cut_.by, mode="eval").body

    def _answer(self) -> None:
        assert isinstance(self.scope, Function), self.cut_.place
        self.scope.body = [ast.Return(ast.parse(str(self.what), mode="eval").body)]

    def _never(self) -> None:
        self._decided(False)

    def _always(self) -> None:
        self._decided(True)

    def _decided(self, how: bool) -> None:
        put: list[Callable[[], None]] = []
        for node in self.nodes:
            if isinstance(node, ast.If | ast.IfExp | ast.While) and _mentions(node.test, self.what):
                put.append(lambda node=node: setattr(node, "test", ast.Constant(how)))  # type: ignore[misc]
            if isinstance(node, ast.comprehension):
                for i, condition in enumerate(node.ifs):
                    if _mentions(condition, self.what):
                        put.append(lambda ifs=node.ifs, i=i: ifs.__setitem__(i, ast.Constant(how)))  # type: ignore[misc]
        self._one(put)()

    def _without(self) -> None:
        """The smallest: none of the parts in it mentions all of X as well."""
        parts = [(node, name, part) for node, name, part in self._parts() if _mentions(part, self.what)]
        inner = [p for p in parts if not any(q is not p and _holds(p[2], q[2]) for q in parts)]
        node, name, part = self._one(inner)
        if isinstance(node, ast.BinOp):
            self._put_in_place_of(node, node.right if part is node.left else node.left)
            return
        rest = [other for other in getattr(node, name) if other is not part]
        if isinstance(node, ast.BoolOp) and len(rest) == 1:
            self._put_in_place_of(node, rest[0])
        else:
            setattr(node, name, rest)

    def _parts(self) -> Iterator[tuple[ast.AST, str, ast.AST]]:
        for node in self.nodes:
            if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitAnd | ast.BitOr | ast.Add):
                yield node, "left", node.left
                yield node, "right", node.right
            if isinstance(node, ast.Dict | ast.JoinedStr) or isinstance(getattr(node, "ctx", None), ast.Store):
                continue
            for name in LISTS:
                parts = getattr(node, name, None)
                for part in parts if isinstance(parts, list) else []:
                    yield node, name, part

    def _statement(self) -> None:
        block, i = self.smallest_statement(self.what)
        block[i] = ast.Pass()

    def smallest_statement(self, what: Mentioned) -> tuple[list[ast.stmt], int]:
        """The block in which it stands, and where in the block."""
        found: list[tuple[list[ast.stmt], int, ast.stmt]] = []
        for node in self.nodes:
            for name in ("body", "orelse", "finalbody"):
                block = getattr(node, name, None)
                for i, statement in enumerate(block if isinstance(block, list) else []):
                    if _mentions(statement, what):
                        found.append((block, i, statement))
        inner = [f for f in found if not any(g is not f and _holds(f[2], g[2]) for g in found)]
        block, i, __ = self._one(inner)
        return block, i

    def _call(self) -> None:
        calls = [
            node
            for node in self.nodes
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == self.what
        ]
        call = self._one(calls)
        self._put_in_place_of(call, call.func.value)

    def _constraint(self) -> None:
        found = []
        for node in self.nodes:
            for element in node.elts if isinstance(node, ast.List | ast.Tuple) else []:
                keywords = element.keywords if isinstance(element, ast.Call) else []
                if any(
                    k.arg == "name" and isinstance(k.value, ast.Constant) and k.value.value == self.what
                    for k in keywords
                ):
                    found.append((node, element))
        node, element = self._one(found)
        node.elts.remove(element)

    def _unlocked(self) -> None:
        """`lock(Model, keys)`, or a chain that begins at the model and holds `select_for_update(…)`."""
        calls = []
        for node in self.nodes:
            match node:
                case ast.Call(func=ast.Name(id="lock"), args=[model, keys]) if _mentions(model, self.what):
                    calls.append(
                        (node, ast.parse(f"{self.what}.objects.filter(pk__in={ast.unparse(keys)})", mode="eval").body)
                    )
                case ast.Call(func=ast.Attribute(attr="select_for_update", value=before)) if _mentions(
                    before, self.what
                ):
                    # A manager has to become a query, as it would have by locking.
                    calls.append((node, ast.Call(ast.Attribute(before, "all", ast.Load()), [], [])))
        node, new = self._one(calls)
        self._put_in_place_of(node, new)

    def _replace(self) -> None:
        calls, names = [], []
        for node in self.nodes:
            match node:
                case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name == self.what:
                    calls.append(node)
                case ast.Name(id=name) | ast.Constant(value=name) if name == self.what:
                    names.append(node)
        self._put_in_place_of(self._one(calls or names), self._by)

    def _assigned(self) -> None:
        found: list[Any] = []
        for node in self.nodes:
            if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
                continue
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                names, values = (
                    (target.elts, getattr(node.value, "elts", [])) if isinstance(target, ast.Tuple) else ([], [])
                )
                if isinstance(target, ast.Name | ast.Attribute) and next(_names(target)) == self.what:
                    found.append((node, node.value))
                found += [(node.value, v) for n, v in zip(names, values, strict=False) if next(_names(n)) == self.what]
        __, value = self._one(found)
        self._put_in_place_of(value, self._by)

    def _put_in_place_of(self, old: ast.AST, new: ast.AST) -> None:
        for node in self.nodes:
            for name, value in ast.iter_fields(node):
                if value is old:
                    setattr(node, name, new)
                elif isinstance(value, list):
                    for i, element in enumerate(value):
                        if element is old:
                            value[i] = new


def _holds(whole: ast.AST, part: ast.AST) -> bool:
    return any(node is part for node in ast.walk(whole) if node is not whole)
