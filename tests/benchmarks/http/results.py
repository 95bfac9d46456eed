"""Figures of interleaved rounds, and the table that they are printed in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured, ours and what stands beside it, round by round.

    `floor` and `aim` bound the ratio, or ours alone where nothing stands beside it; above the
    bound is good unless `low` is set.
    """

    name: str
    ours: Sequence[float]
    beside: Sequence[float]
    floor: float | None = None
    aim: float | None = None
    low: bool = False
    unit: str = "requests/s"

    @property
    def value(self) -> float:
        """The median of the ratios of each round, so that noise of a round hits both."""
        if not self.beside:
            return median(self.ours)
        return median(a / b for a, b in zip(self.ours, self.beside, strict=True))

    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        bounds = [_bound(bound, self.low) for bound in (self.floor, self.aim)]
        spreads = _spread(self.ours), _spread(self.beside)
        return (self.name, *spreads, self.unit, _short(self.value), *bounds)


def compared(measures: Mapping[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each measure once a round, in turn, so that whatever disturbs the machine disturbs all."""
    figures: dict[str, list[float]] = {name: [] for name in measures}
    for number in range(rounds):
        for name, measure in measures.items():
            figures[name].append(measure())
            print(f"  {number + 1}/{rounds} {name}: {figures[name][-1]:,.2f}", file=sys.stderr)
    return figures


def print_table(results: Sequence[Result]) -> None:
    """Markdown: median, and lowest to highest of all rounds in parentheses."""
    head = ("measure", "ours", "beside", "unit", "ratio", "floor", "aim")
    for row in (head, ("---",) * len(head), *(result.row() for result in results)):
        print(f"| {' | '.join(row)} |")


def _spread(figures: Sequence[float]) -> str:
    if not figures:
        return ""
    return f"{_short(median(figures))} ({_short(min(figures))}–{_short(max(figures))})"


def _bound(bound: float | None, low: bool) -> str:
    return "" if bound is None else f"{'≤' if low else '≥'} {bound:g}"


def _short(figure: float) -> str:
    return (
        f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"
    )
