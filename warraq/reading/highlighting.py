"""What the parts of code are: the only importer of Pygments.

Pygments knows hundreds of kinds of tokens; a book tells a handful apart, by colour on a
screen and by weight in black.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Token, _TokenType
from pygments.util import ClassNotFound

#: The kinds that style sheets know (class `hl-KIND`), the narrowest first.
KINDS: tuple[tuple[_TokenType, str], ...] = (
    (Token.Comment, "comment"),
    (Token.Keyword, "keyword"),
    (Token.Operator.Word, "keyword"),
    (Token.Name.Tag, "keyword"),
    (Token.Literal.String, "string"),
    (Token.Literal.Number, "number"),
    (Token.Name.Function, "name"),
    (Token.Name.Class, "name"),
    (Token.Name.Decorator, "name"),
    (Token.Name.Attribute, "name"),
    (Token.Name.Builtin, "builtin"),
    (Token.Name.Exception, "builtin"),
    (Token.Generic.Heading, "name"),
    (Token.Generic.Inserted, "inserted"),
    (Token.Generic.Deleted, "deleted"),
    (Token.Generic.Output, "comment"),
    (Token.Generic.Prompt, "builtin"),
)
#: Beyond this many characters a block is data rather than code to read.
_LIMIT = 200_000


def pieces(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Give the pieces of a text in order with their kinds (`""` for plain); none is lost.

    A language that Pygments does not know is plain.
    """
    lexer = _lexer(language)
    if lexer is None or len(text) > _LIMIT:
        yield "", text
        return
    last, held = "", ""
    for token, value in lexer.get_tokens(text):
        kind = _kind(token)
        if kind != last and held:
            yield last, held
            held = ""
        last, held = kind, held + value
    if held:
        yield last, held


@functools.cache
def _lexer(language: str) -> Lexer | None:
    if not language or language in {"text", "txt", "plain", "plaintext", "none"}:
        return None
    try:
        return get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@functools.cache
def _kind(token: _TokenType) -> str:
    return next((kind for group, kind in KINDS if token in group), "")  # type: ignore[comparison-overlap]
