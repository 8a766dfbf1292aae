"""Templates filled in a closed room: no files, no Python, no end without a bound, and faults with their file and line.

A template may be a stranger's (a project sent by somebody else). It sees values and nothing of the objects that hold
them; what it writes and how often its blocks run is counted against one budget; operators and filters that blow a
short text up are guarded or absent.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import is_dataclass
from decimal import Decimal
from types import TracebackType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.exceptions import SecurityError, TemplateNotFound
from jinja2.filters import FILTERS
from jinja2.runtime import Context, LoopContext, Macro, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace
from markupsafe import Markup

from publish.layout.findings import template_forbidden, template_syntax, template_undefined
from publish.layout.model import Template
from publish.layout.templates import BUDGET, TemplateFaultError, origin
from publish.places import Span
from publish.problems import Problem

MAX_RANGE = 1_000
"""Numbers that `range` gives at most."""
MAX_TEXT = 1_000_000
"""Characters (or members) of one value that an expression may make."""
STEP = 64
PLAIN = (str, int, float, Decimal, Undefined, type(None))
SAFE_FILTERS = (
    *("abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "groupby", "int", "items"),
    *("last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr", "reverse", "round", "safe"),
    *("select", "selectattr", "sort", "string", "title", "trim", "unique", "upper"),
)


class _Counting(CodeGenerator):
    """Compiles templates so that each run of a block is counted, and each joined text measured."""

    def blockvisit(self, nodes_: Iterable[nodes.Node], frame: Frame) -> None:
        block = list(nodes_)
        outputs = [child for node in block if isinstance(node, nodes.Output) for child in node.nodes]
        size = sum(len(child.data) for child in outputs if isinstance(child, nodes.TemplateData))
        self.writeline(f"environment.spend({size + STEP})")
        super().blockvisit(block, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802 - the name is the node's
        self.write("environment.measured(")
        super().visit_Concat(node, frame)
        self.write(")")


class _Room(ImmutableSandboxedEnvironment):
    """The environment of one theme's templates. What is `plain` text is no markup: nothing is escaped in it."""

    code_generator_class = _Counting
    intercepted_binops = frozenset(("+", "*", "**", "%", "//", "/"))

    def __init__(self, templates: Mapping[str, Template], *, plain: bool) -> None:
        def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
            found = templates.get(name)
            return (found.text, found.origin, lambda: True) if found else None

        super().__init__(
            autoescape=not plain,
            undefined=StrictUndefined,
            loader=FunctionLoader(load),
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=self.written,
            extensions=(),
        )
        self.budget = BUDGET
        self.plain = plain
        self.globals = {"range": _short_range, "namespace": Namespace}
        self.filters = {name: FILTERS[name] for name in SAFE_FILTERS}
        self.filters |= {"join": self.join, "replace": self.replace}

    def spend(self, amount: int) -> None:
        """Count what is written or run."""
        self.budget -= amount
        if self.budget < 0:
            raise SecurityError("it never ends, or writes far more than a book")

    def measured(self, value: Any) -> Any:
        """A value, if it is not beyond measure."""
        if isinstance(value, (str, list, tuple)) and len(value) > MAX_TEXT:
            raise SecurityError("it makes a text far too long")
        if isinstance(value, int) and abs(value) > 10**12:
            raise SecurityError("it makes a number far too large")
        return value

    def written(self, value: Any) -> Any:
        """What a template writes: a text or a number, counted."""
        if not isinstance(value, PLAIN):
            raise SecurityError(f"it writes a {type(value).__name__}, which is neither text nor number")
        self.spend(len(value) if isinstance(value, str) else STEP)
        return "" if value is None else value

    def join(self, values: Iterable[Any], d: str = "") -> str:
        """The filter `join`: texts in a row, markup among them escaped as ever."""
        parts = [value if isinstance(value, str) else str(self.written(value)) for value in values]
        if sum(map(len, parts)) + len(d) * len(parts) > MAX_TEXT:
            raise SecurityError("it makes a text far too long")
        return d.join(parts) if self.plain else Markup.escape(d).join(parts)

    def replace(self, text: str, old: str, new: str) -> str:
        """The filter `replace`."""
        if len(text) * (len(new) + 1) > MAX_TEXT:
            raise SecurityError("it makes a text far too long")
        return text.replace(old, new)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Sums, products and the like, of numbers; of texts only sums."""
        both_numbers = all(isinstance(side, (int, float, Decimal)) for side in (left, right))
        if operator != "+" and (operator == "**" or not both_numbers):
            raise SecurityError(f"“{operator}” is not for templates here")
        return self.measured(super().call_binop(context, operator, left, right))

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Fields of our values, keys of mappings, and what loops say; nothing of Python's own objects."""
        if isinstance(obj, Mapping):
            return self._of_mapping(obj, attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """A key of a mapping or the place in a list."""
        if isinstance(obj, Mapping):
            return self._of_mapping(obj, argument)
        return super().getitem(obj, argument)

    def _of_mapping(self, obj: Mapping[Any, Any], key: Any) -> Any:
        if key in obj:
            return obj[key]
        if key in ("items", "get", "keys", "values"):
            return getattr(obj, key)
        return self.undefined(obj=obj, name=key)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Attributes that may be read."""
        ours = is_dataclass(obj) and not isinstance(obj, type) and not callable(value)
        return not attr.startswith("_") and (ours or isinstance(obj, (LoopContext, Namespace)))

    def is_safe_callable(self, obj: Any) -> bool:
        """Macros, `range`, `namespace`, `loop.cycle`, and the four methods of mappings."""
        owner = getattr(obj, "__self__", None)
        return obj in (_short_range, Namespace) or isinstance(obj, Macro) or isinstance(owner, (LoopContext, Mapping))


class Room:
    """A closed room with the templates of a theme, or with those of `plain` text."""

    def __init__(self, templates: Mapping[str, Template], *, plain: bool = False) -> None:
        self._known = templates
        self._room = _Room(templates, plain=plain)

    def fill(self, name: str, values: Mapping[str, Any], *, extra: int = 0) -> str:
        """Fill a template with values. `extra` widens the budget by the length of documents that it is to print.

        Raises:
            TemplateFaultError: the template is missing, broken, asks for what is not there, or does what it may not.
        """
        self._room.budget = BUDGET + 2 * extra
        try:
            return "".join(self._room.get_template(name).generate(**values))
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as fault:
            raise TemplateFaultError(self._problem(name, fault)) from fault
        except (RecursionError, MemoryError, SyntaxError) as fault:
            raise TemplateFaultError(template_forbidden(self._span(name, 1), "it is nested too deep")) from fault

    def _problem(self, name: str, fault: Exception) -> Problem:
        if isinstance(fault, TemplateSyntaxError):
            at = Span(fault.filename or origin(self._known, name), max(fault.lineno, 1))
            return template_syntax(at, fault.message or "broken")
        span = self._place(name, fault.__traceback__)
        if isinstance(fault, TemplateNotFound):
            return template_undefined(span, f"there is no template “{fault.name}”")
        if isinstance(fault, UndefinedError):
            return template_undefined(span, fault.message or "an unknown name")
        return template_forbidden(span, str(fault))

    def _place(self, name: str, trace: TracebackType | None) -> Span:
        """The innermost line of a template that was being filled."""
        span = self._span(name, 1)
        origins = {template.origin for template in self._known.values()}
        for file, line in _frames(trace):
            if file in origins:
                span = Span(file, max(line, 1))
        return span

    def _span(self, name: str, line: int) -> Span:
        return Span(origin(self._known, name), line)


def _frames(trace: TracebackType | None) -> Iterator[tuple[str, int]]:
    while trace is not None:
        yield trace.tb_frame.f_code.co_filename, trace.tb_lineno
        trace = trace.tb_next


def _short_range(*bounds: int) -> range:
    """The numbers of a `range`, if they are few."""
    numbers = range(*bounds)
    if len(numbers) > MAX_RANGE:
        raise SecurityError(f"range gives at most {MAX_RANGE} numbers")
    return numbers
