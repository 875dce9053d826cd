"""Knowledge of the Arabic script: pure functions on text, which know no file and no page.

    digits    numbers in the digits of a publication, and in abjad letters
    bidi      the runs of a paragraph that read against it (UAX #9)
    folding   the one spelling that all spellings of a word share, for a search
    joining   which letters join across a boundary (Unicode, Joining_Type)

The rules come from Unicode and from the house style; where a rule is ours, it says so.
"""
