"""The picture of hyphens against evenness: ours as a curve, along which a hyphen costs more, the others as points."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

COSTS = (50.0, 100.0, 150.0, 300.0, 500.0, 1000.0)
"""What a hyphen costs along the curve, beside the default."""
WIDTH, HEIGHT = 560, 300
TOP, FOOT, LEFT = 26, 250, 44
"""Where the two panels begin and end, and where the first one does on the left."""
PANEL, APART = 214, 290
"""How wide a panel is, and how far the second one is from the first."""
MOST = 25
"""Per cent of hyphenated lines at the right side."""


@dataclass(frozen=True)
class Point:
    """How a novel was set: per cent of lines that end with a hyphen, and two measures of spaces."""

    name: str
    hyphens: float
    p95: float
    deviation: float


@dataclass(frozen=True)
class Panel:
    """One measure against hyphens: its title, its value of a point, where the panel begins, and its scale."""

    title: str
    value: Callable[[Point], float]
    left: float
    step: float
    decimals: int
    least: float
    most: float

    def x(self, point: Point) -> float:
        """Where a point stands from left to right."""
        return self.left + point.hyphens / MOST * PANEL

    def y(self, value: float) -> float:
        """Where a value stands; the least is below."""
        return FOOT - (value - self.least) / (self.most - self.least) * (FOOT - TOP)


MEASURES: tuple[tuple[str, Callable[[Point], float], float, int], ...] = (
    ("spaces of the loosest lines (p95)", lambda point: point.p95, 0.2, 1),
    ("spread of all spaces (sd)", lambda point: point.deviation, 0.05, 2),
)
"""What the panels show: title, value, the steps of the scale and their decimals."""


def picture(curve: Sequence[Point], chosen: int, others: Sequence[Point]) -> str:
    """An SVG of two panels; `chosen` is the point of the curve that is the default."""
    parts = []
    for number, (title, value, step, decimals) in enumerate(MEASURES):
        values = [value(point) for point in (*curve, *others)]
        least, most = floor(min(values) / step - 0.5) * step, ceil(max(values) / step) * step
        panel = Panel(title, value, LEFT + number * APART, step, decimals, least, most)
        parts += [*_scale(panel), *_curve(panel, curve, chosen), *_points(panel, others, curve)]
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
            "  <title>Hyphens against evenness</title>",
            '  <g fill="#000" font-family="Alegreya Sans" font-size="14">',
            *(f"    {part}" for part in parts),
            "  </g>",
            "</svg>\n",
        )
    )


def _scale(panel: Panel) -> Iterator[str]:
    left, right = panel.left, panel.left + PANEL
    yield f'<path d="M{left} {TOP}V{FOOT}H{right}" fill="none" stroke="#000" stroke-width=".8"/>'
    yield _text(left, TOP - 10, panel.title, "start")
    for number in range(round((panel.most - panel.least) / panel.step) + 1):
        value = panel.least + number * panel.step
        yield f'<path d="M{left} {panel.y(value):.1f}H{left - 4}" stroke="#000" stroke-width=".8"/>'
        yield _text(left - 7, panel.y(value) + 4, f"{value:.{panel.decimals}f}", "end")
    for per_cent in range(0, MOST + 1, 5):
        at = left + per_cent / MOST * PANEL
        yield f'<path d="M{at:.1f} {FOOT}V{FOOT + 4}" stroke="#000" stroke-width=".8"/>'
        yield _text(at, FOOT + 18, str(per_cent), "middle")
    yield _text(left + PANEL / 2, FOOT + 36, "hyphenated lines, %", "middle")


def _curve(panel: Panel, curve: Sequence[Point], chosen: int) -> Iterator[str]:
    places = [(panel.x(point), panel.y(panel.value(point))) for point in curve]
    path = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{path}" fill="none" stroke="#8a8a8a" stroke-width="1.5"/>'
    for number, (x, y) in enumerate(places):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{5 if number == chosen else 2.5}"/>'
    yield _text(places[chosen][0], places[chosen][1] + 20, "Octavo", "end")


def _points(panel: Panel, others: Sequence[Point], curve: Sequence[Point]) -> Iterator[str]:
    """The others, named above, or below where the curve would be in the way."""
    lowest = max(panel.y(panel.value(point)) for point in curve)
    for point in others:
        x, y = panel.x(point), panel.y(panel.value(point))
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#fff" stroke="#000" stroke-width="1.2"/>'
        yield _text(x, y + 19 if y > lowest - 6 else y - 9, point.name, "middle")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'
