"""How fast dates and quantities are found, and whether time grows with the length of the text.

Prints reports a second beside HeidelTime's, then, for a page of news and for texts that are as
dense as can be, megabytes a second at two lengths; equal figures in both columns mean linear time.
Run from the project's folder:

    python -m tests.benchmarks.dates_and_quantities
"""

import datetime as dt
import time
from collections.abc import Callable

from app.ingest.extract.dates.dates import find_dates
from app.ingest.extract.quantities.patterns import quantity

SIZES = (200_000, 400_000)
NEWS = (
    "The ministry said on Tuesday that at least 14 sailors had died when two ferries collided"
    " off the northern coast late last week. Rescuers pulled some 1,200 passengers out of the"
    " water, and the owner, which had bought the older ship for €40 million in March 2019, will"
    " answer to a committee of parliament next month. Nobody has said why the captain left the"
    " harbour early, or why the crew of the second ship, who had seen the lights for minutes, did"
    " not change course. A judge has ordered both companies to keep their records.\n"
)
REPORT = NEWS * 5
"""A report of 2,600 characters; those of TempEval-3 have 2,100 on average."""

HEIDELTIME = 0.2
"""Reports a second of HeidelTime (news mode, with its tagger), on one core."""

DENSE = (
    "1 ",
    "Nov. ",
    "in 1998 ",
    "last Friday morning ",
    "the early ",
    "5-5-",
    "two hundred and ",
    "Monday to ",
    "between 5 and ",
    "within two ",
    "the quarter ended ",
    "Sept. 11 ",
)


def main() -> None:
    published_on = dt.date(2025, 11, 10)
    searches: dict[str, Callable[[str], object]] = {
        "dates": lambda text: find_dates(text, published_on),
        "quantities (without the parse)": lambda text: list(quantity().finditer(text)),
    }
    rate = _rate(searches["dates"], REPORT, 300 * len(REPORT)) * 1e6 / len(REPORT)
    print(f"dates: {rate:,.0f} reports/s, {rate / HEIDELTIME:,.0f} times HeidelTime")
    for name, search in searches.items():
        search(NEWS)
        print(f"{name}, MB/s at {' and '.join(f'{size:,}' for size in SIZES)} characters")
        for piece in (NEWS, *DENSE):
            rates = [f"{_rate(search, piece, size):8.2f}" for size in SIZES]
            print(f"  {piece[:20]!r:24}", *rates)


def _rate(search: Callable[[str], object], piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    start = time.process_time()
    search(text)
    return size / 1e6 / (time.process_time() - start)


if __name__ == "__main__":
    main()
