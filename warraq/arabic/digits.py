"""Numbers as an Arabic publication writes them: in its digits, or in abjad letters."""

from __future__ import annotations

import functools

#: Digits by the names that CLDR gives to numbering systems.
SYSTEMS = {
    "latn": "0123456789",
    "arab": "٠١٢٣٤٥٦٧٨٩",
    "arabext": "۰۱۲۳۴۵۶۷۸۹",
}
ANY_DIGIT = {ord(digit): value for digits in SYSTEMS.values() for value, digit in enumerate(digits)}

#: The letters of the abjad order by value, as the Mashriq counts them.
ABJAD = {
    1000: "غ", 900: "ظ", 800: "ض", 700: "ذ", 600: "خ", 500: "ث", 400: "ت", 300: "ش", 200: "ر", 100: "ق",
    90: "ص", 80: "ف", 70: "ع", 60: "س", 50: "ن", 40: "م", 30: "ل", 20: "ك", 10: "ي",
    9: "ط", 8: "ح", 7: "ز", 6: "و", 5: "ه", 4: "د", 3: "ج", 2: "ب", 1: "أ",
}  # fmt: skip


def to_digits(number: int | str, system: str) -> str:
    """Write a number in the digits of a system: `latn`, `arab` or `arabext`.

    A text keeps all that is not a digit, and digits of any of the three are turned.
    Raises KeyError for a system that is not one of them.
    """
    return str(number).translate(_turned(system))


@functools.cache
def _turned(system: str) -> dict[int, str]:
    """Lead from every digit to that of a system."""
    digits = SYSTEMS[system]
    return {code: digits[value] for code, value in ANY_DIGIT.items()}


def to_int(text: str) -> int:
    """Read a whole number in any of the three systems; raises ValueError as `int` does."""
    return int(to_digits(text, "latn"))


def abjad(number: int) -> str:
    """Write a number in abjad letters: أ ب ج د ه و ز ح ط ي يا … غ (1 to 1999).

    The greater value comes first. Raises ValueError outside 1 to 1999: higher thousands
    need a factor before غ, as astronomers wrote them, and no page has such a number.
    """
    if not 0 < number < 2000:
        msg = f"abjad letters count from 1 to 1999, not {number}"
        raise ValueError(msg)
    letters = []
    for value, letter in ABJAD.items():
        if number >= value:
            letters.append(letter)
            number -= value
    return _joined(letters)


def _joined(letters: list[str]) -> str:
    """Join the letters, as they are written where they stand alone or in company.

    An alef in company is bare (يا, not يأ), and a lone heh has a stroke, lest it be read as
    the digit ٥.
    """
    text = "".join(letters)
    return {"أ": "أ", "ه": "هـ"}.get(text, text.replace("أ", "ا"))
