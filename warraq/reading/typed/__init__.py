"""Markdown as people type it, brought to what Python-Markdown reads, before it reads.

Writers of Obsidian, GitHub, Hugo, GitBook, Pandoc and Word each type Markdown of their own:
lists without a blank line before them, nested by two blanks, numbered `٧٨.` or `١-`; `:::`
and `> [!NOTE]` call-outs; Markdown within HTML. `rewriting` takes a text apart into its blocks
by the rules of CommonMark 0.31 §4 and §5 (and what else is seen in the field), and writes each
as the one form that Python-Markdown never misreads. A module a construct.

Nothing typed is lost on the way, and signs (`signs`) carry along where it stood.
"""
