"""Compiles templates to flatter Python than Jinja does: attributes, calls and texts without a function around each.

It says the same as Jinja wherever nothing unusual happens. Where something does, such as an attribute that is not
there, it raises an error; then the page is rendered again with Jinja's own code, and that counts (`render.py`).
"""

from __future__ import annotations

# ruff: noqa: N802 - the names of methods are Jinja's
from collections.abc import Iterable
from keyword import iskeyword

from jinja2 import nodes, runtime
from jinja2.compiler import CodeGenerator, Frame, find_undeclared
from jinja2.idtracking import VAR_LOAD_PARAMETER, VAR_LOAD_RESOLVE
from markupsafe import escape

#: What a parameter of a macro cannot be called, because the code around it uses the name.
_TAKEN = {
    "context",
    "environment",
    "resolve",
    "undefined",
    "concat",
    "cond_expr_undefined",
    "caller",
    *runtime.exported,
}
_TAKEN |= {"type", "str", "Html", "escape_text", "output"}
#: What `Loop` knows of a loop.
_OF_LOOP = {"first", "last", "index", "index0"}


class FlatGenerator(CodeGenerator):
    """Writes the code of a template; what it does not know how to write better is written by Jinja's own generator."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        inside = list(node.find_all(nodes.Node))
        if any(map(_is_unusual, inside)):
            CodeGenerator(self.environment, self.name, self.filename, self.stream).visit(node)
            return
        self.loops_are_simple = _loops_are_simple(inside)
        self.writeline("from goal_handbook.pages.output import Html, Loop, escape_text, output")
        super().visit_Template(node, frame)

    def write_commons(self) -> None:
        if self.loops_are_simple:
            self.writeline("LoopContext = Loop")
        super().write_commons()

    def blockvisit(self, body: Iterable[nodes.Node], frame: Frame) -> None:
        """Collect what a template writes, as Jinja does for macros, instead of yielding it piece by piece."""
        if not frame.rootlevel:
            super().blockvisit(body, frame)
            return
        self.buffer(frame)
        super().blockvisit(body, frame)
        self.writeline(f"yield concat({frame.buffer})")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        for child in node.nodes:
            if isinstance(child, nodes.CondExpr) and child.expr2 is None:
                child.expr2 = nodes.Const("")
        super().visit_Output(node, frame)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if isinstance(node, nodes.Call | nodes.Filter):
            self.write("(t_value if type(t_value := ")
        elif not _is_plain(node):
            self.write("(escape_text(t_value) if type(t_value := ")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if isinstance(node, nodes.Call | nodes.Filter):
            self.write(") is Html else output(t_value))")
        elif not _is_plain(node):
            self.write(") is str else output(t_value))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(argument.key) for argument in node.kwargs):
            super().visit_Call(node, frame, forward_caller)
            return
        self.visit(node.node, frame)
        if _is_message(node):
            self.write(".said[")
            self.visit(node.args[0], frame)
            self.write("]")
            return
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:
        """Write a macro as a function with its parameters. What it uses from outside is looked up once, beside it."""
        if not frame.toplevel or _is_unusual_macro(node):
            super().visit_Macro(node, frame)
            return
        inner = frame.inner()
        inner.symbols.analyze_node(node)
        names = [argument.name for argument in node.args]
        defaults = [""] * (len(names) - len(node.defaults)) + [f"={value.as_const()!r}" for value in node.defaults]
        loads, stores = inner.symbols.loads, inner.symbols.stores
        outside = {ref: name for ref, (how, name) in loads.items() if how == VAR_LOAD_RESOLVE and name not in stores}
        loads |= dict.fromkeys(outside, (VAR_LOAD_PARAMETER, None))
        parameters = [name + default for name, default in zip(names, defaults, strict=True)]
        beside = [f"{ref}=context.known({name!r})" for ref, name in outside.items()]
        self.writeline(f"def macro({', '.join([*parameters, *(['*', *beside] if beside else [])])}):", node)
        self.indent()
        for name in names:
            self.writeline(f"{inner.symbols.ref(name)} = {name}")
        self.buffer(inner)
        self.enter_frame(inner)
        self.blockvisit(node.body, inner)
        self.writeline(f"return Html(concat({inner.buffer}))")
        self.outdent()
        ref = frame.symbols.ref(node.name)
        self.writeline(f"context.vars[{node.name!r}] = {ref} = macro")
        if not node.name.startswith("_"):
            self.writeline(f"context.exported_vars.add({node.name!r})")


def _is_unusual(node: nodes.Node) -> bool:
    """Whether a template that has this reaches into another, or escapes otherwise: such are left to Jinja."""
    kinds = (nodes.Extends, nodes.Block, nodes.EvalContextModifier, nodes.ScopedEvalContextModifier)
    return isinstance(node, kinds) or (isinstance(node, nodes.Include) and not node.with_context)


def _loops_are_simple(inside: Iterable[nodes.Node]) -> bool:
    """Whether nothing is asked of any loop that `Loop` does not know."""
    uses, asked = 0, 0
    for node in inside:
        if isinstance(node, nodes.For) and node.recursive:
            return False
        uses += _is_loop(node)
        asked += isinstance(node, nodes.Getattr) and node.attr in _OF_LOOP and _is_loop(node.node)
    return uses == asked


def _is_loop(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name == "loop"


def _is_unusual_macro(macro: nodes.Macro) -> bool:
    """Whether a macro is more than a function with parameters: who is given a body, or whatever else there is."""
    return bool(
        find_undeclared(macro.body, ("caller", "kwargs", "varargs"))
        or any(argument.name in _TAKEN or iskeyword(argument.name) for argument in macro.args)
        or not all(isinstance(value, nodes.Const) for value in macro.defaults)
    )


def _is_message(node: nodes.Call) -> bool:
    """Whether this says a message that has no values: `_("Owed")`."""
    return isinstance(node.node, nodes.Name) and node.node.name == "_" and len(node.args) == 1 and not node.kwargs


def _is_plain(node: nodes.Expr) -> bool:
    """Whether an expression is one of two texts in which nothing has to be escaped."""
    return isinstance(node, nodes.CondExpr) and all(
        isinstance(text, nodes.Const) and isinstance(text.value, str) and escape(text.value) == text.value
        for text in (node.expr1, node.expr2)
    )
