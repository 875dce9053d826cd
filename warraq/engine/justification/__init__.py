"""Justification as in a book set by hand: lines broken for the whole paragraph, and kashidas.

style.py        what style sheets say of it
penalties.py    what a break costs at a place in a text
total_fit.py    where lines end, a pure function of widths
paragraph.py    WeasyPrint's boxes read as one text with widths
shaper.py       what HarfBuzz says of a tatweel in a word
breaking.py     the patch that makes WeasyPrint break lines there, and shrink spaces
lengthening.py  a line with tatweels in some of its words, shaped anew
choice.py       which words of a line get a kashida
strokes.py      the pass over laid-out pages that gives it to them
"""
