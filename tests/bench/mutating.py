"""Small faults, one at a time: a comparison turned, a `not` dropped, a number off by one, `and` for `or`."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


@dataclass(frozen=True)
class Fault:
    """One fault: where it is, what it is, and the module that has it."""

    line: int
    what: str
    text: str


def count(source: str) -> int:
    """How many faults can be put into the module."""
    return len(list(_places(ast.parse(source))))


def fault(source: str, place: int) -> Fault:
    """The module with the fault of that place, places counted along its lines."""
    tree = ast.parse(source)
    node = list(_places(tree))[place]
    what = _spoil(node, tree)
    return Fault(node.lineno, what, ast.unparse(tree))


def _places(tree: ast.AST) -> Iterator[ast.expr]:
    """The expressions that can be spoilt: those of function bodies, because headings and data are not reasoning."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    found: dict[int, ast.expr] = {}
    for function in functions:
        for statement in function.body:
            for node in ast.walk(statement):
                if isinstance(node, ast.expr) and _can_be_spoilt(node) and not _in_words(node, statement):
                    found[id(node)] = node
    yield from sorted(found.values(), key=lambda node: (node.lineno, node.col_offset, type(node).__name__))


def _can_be_spoilt(node: ast.expr) -> bool:
    if isinstance(node, ast.Compare):
        return len(node.ops) == 1 and type(node.ops[0]) in TURNED
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    return isinstance(node, ast.BoolOp) or (isinstance(node, ast.Constant) and type(node.value) is int)


def _in_words(node: ast.AST, statement: ast.stmt) -> bool:
    """Whether it stands inside a sentence: a plural is no reasoning."""
    return any(node in ast.walk(text) for text in ast.walk(statement) if isinstance(text, ast.JoinedStr))


def _spoil(node: ast.expr, tree: ast.AST) -> str:
    before = ast.unparse(node)
    if isinstance(node, ast.Compare):
        node.ops = [TURNED[type(node.ops[0])]()]
    elif isinstance(node, ast.BoolOp):
        node.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        node.value += 1
    elif isinstance(node, ast.UnaryOp):
        inside = node.operand
        _put(tree, node, inside)
        return f"{before}  ->  {ast.unparse(inside)}"
    return f"{before}  ->  {ast.unparse(node)}"


def _put(tree: ast.AST, old: ast.expr, new: ast.expr) -> None:
    class Putting(ast.NodeTransformer):
        def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
            return new if node is old else self.generic_visit(node)

    Putting().visit(tree)
