"""Benchmarks: books made for the purpose, and a table of what setting them takes.

`python -m tests.bench` prints the table; `python -m tests.bench --write DIR --pages 300` only
writes a book, to measure something else with. No time is asserted anywhere: machines differ,
and only ratios within one run mean anything.
"""
