"""Invented words and names, some far more frequent than others, as in any archive of news."""

from __future__ import annotations

from bisect import bisect
from functools import cache
from itertools import accumulate
from random import Random

_CONSONANTS = "bdfghklmnprstvz"
_VOWELS = "aeiou"
_SCATTER = 2_654_435_761
"""A prime (Knuth's multiplier): neighbours in popularity are none in the alphabet."""

_SHIFT = 2.7
"""Mandelbrot's correction of Zipf's law, as measured on English: the top words differ less."""


def word(rank: int, length: int) -> str:
    """The word of this popularity (0 is the most frequent) among those of a length."""
    alphabets = [_VOWELS if at % 2 else _CONSONANTS for at in range(length)]
    number = (rank + 1 + length) * _SCATTER
    letters = []
    for alphabet in alphabets:
        number, letter = divmod(number, len(alphabet))
        letters.append(alphabet[letter])
    return "".join(letters)


def vocabulary(length: int) -> int:
    """How many words of a length there are: few short ones, at most 20,000."""
    return min(20_000, 15 ** ((length + 1) // 2) * 5 ** (length // 2) // 4)


class Popularity:
    """Ranks from 0 to `size` - 1, drawn as often as Zipf's law has them."""

    def __init__(self, size: int) -> None:
        self.sums = list(accumulate(1 / (rank + _SHIFT) for rank in range(size)))

    def draw(self, chance: Random) -> int:
        """One rank."""
        return bisect(self.sums, chance.random() * self.sums[-1])


@cache
def words_of(length: int) -> Popularity:
    """The popularity of the words of a length."""
    return Popularity(vocabulary(length))
