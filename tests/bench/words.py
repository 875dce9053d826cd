"""Arabic that nobody wrote: roots set in patterns, words strung into sentences.

The letters, their frequencies by position, the lengths of words and the marks between them
are those of prose, so that a press works as hard as it does on a real book.
"""

from __future__ import annotations

from random import Random

LETTERS = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
#: ١٢٣ stand for the letters of a root, as ف ع ل do in grammars.
PATTERNS = (
    *("١٢٣", "١ا٢٣", "م١٢و٣", "١٢ا٣", "١٢ي٣", "أ١٢ا٣", "ت١٢ي٣", "است١٢ا٣", "م١ا٢٣ة", "ان١٢ا٣"),
    *("١ت٢ا٣", "١٢و٣", "م١٢٣", "ت١ا٢٣", "١٢٣ة", "١وا٢٣", "م١ا٢ي٣", "ي١٢٣", "ت١٢٣", "م١٢ّ٣"),
)
PREFIXES = ("", "", "", "", "ال", "ال", "ال", "ال", "و", "وال", "بال", "لل", "ف", "كال")
SUFFIXES = ("", "", "", "", "", "", "ه", "ها", "هم", "ات", "ين", "ون", "ية")
PARTICLES = ("من", "في", "على", "إلى", "عن", "أن", "لا", "ما", "ثم", "قد", "بل", "أو", "هذا", "التي", "الذي", "كان")
MARKS = ("،", "،", "،", "؛", ":")
LATIN = ("The Book of Ink", "paper", "Codex", "reed pen", "ISO 8601", "folio")


class Writer:
    """Writes words, sentences and paragraphs; the same seed writes the same ones."""

    def __init__(self, seed: int) -> None:
        """Begin at a seed."""
        self.random = Random(seed)  # noqa: S311 - nothing is secret here
        self.roots = ["".join(self.random.sample(LETTERS, 3)) for _ in range(600)]

    def chance(self, share: float) -> bool:
        """Tell whether something happens that happens in a share (0 to 1) of cases."""
        return self.random.random() < share

    def word(self) -> str:
        """Make a word, a particle in one case out of four."""
        if self.chance(0.25):
            return self.random.choice(PARTICLES)
        root = self.random.choice(self.roots)
        stem = self.random.choice(PATTERNS).translate(dict(zip(map(ord, "١٢٣"), root, strict=True)))
        suffix = "" if stem.endswith("ة") else self.random.choice(SUFFIXES)
        return self.random.choice(PREFIXES) + stem + suffix

    def words(self, number: int) -> str:
        """Make some words without marks, as in a heading."""
        return " ".join(self.word() for _ in range(number))

    def sentence(self) -> str:
        """Make a sentence of 6 to 30 words; a few hold a number or some English."""
        words = [self.word() for _ in range(self.random.randrange(6, 31))]
        for index in range(4, len(words) - 2, 7):
            words[index] += self.random.choice(MARKS)
        if self.chance(0.08):
            words[2] = str(self.random.randrange(100, 2026)).translate(
                dict(zip(range(48, 58), "٠١٢٣٤٥٦٧٨٩", strict=True))
            )
        if self.chance(0.06):
            words[3] = self.random.choice(LATIN)
        return " ".join(words) + "."

    def paragraph(self) -> str:
        """Make a paragraph of 2 to 7 sentences."""
        return " ".join(self.sentence() for _ in range(self.random.randrange(2, 8)))
