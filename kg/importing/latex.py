"""What LaTeX means, as plain text: accents, letters with names, dashes, quotation marks, simple formulas.

pylatexenc reads LaTeX; here it is told the letters it does not know, and what people write into BibTeX without the
escapes that LaTeX would demand.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from kg.errors import BadInput
from kg.importing.references import clean

if TYPE_CHECKING:
    from pylatexenc.latex2text import LatexNodes2Text

DEEPEST, LONGEST = 40, 20_000
"""Braces within braces, of which nobody writes more than five; letters of a field, such as a list of names."""
_PLAIN = re.compile(r"[\\{}$~`%&#]|--|''")
_FORMULA = re.compile(r"(?<!\\)\$([^$]{1,500})(?<!\\)\$")
_BARE = re.compile(r"(?<!\\)([%&#])")
_LETTERS = {
    "textbar": "|", "textbraceleft": "{", "textbraceright": "}", "textless": "<", "textgreater": ">", "pounds": "£",
    "textsterling": "£", "S": "§", "textasciicircum": "^", "textquotesingle": "'", "textsubscript": "%s",
    "textsuperscript": "%s", "url": "%s", "href": "%(2)s", "enquote": "“%s”", "mkbibquote": "“%s”",
    "textperiodcentered": "·", "slash": "/",
}  # fmt: skip
_GROUP = re.compile(r"\{\\[^{}]{1,40}(?:\{[^{}]{0,40}\})?\}")
_VERBATIM = re.compile(r"\\(?:url|path|doi|nolinkurl)\s*(?=\{)|[{}]|\\(?=[_%&#$~\\])")


def plain_text(latex: str) -> str:
    """The words that a field of BibTeX prints.

    Raises:
        BadInput: it is too long, or braces stand too deep in one another.
    """
    if len(latex) > LONGEST:
        raise BadInput(f"A field is longer than {LONGEST:,} characters. Shorten it to what is printed.")
    check_braces(latex)
    if not _PLAIN.search(latex):
        return clean(latex)
    read = _reader().latex_to_text(_escaped(latex), tolerant_parsing=True)
    return clean(str(read).replace("\xa0", " "))


def verbatim(latex: str) -> str:
    """An address or identifier, which stands in BibTeX as it is, or with the escapes some programs add."""
    if "\\" not in latex and "{" not in latex:
        return clean(latex)
    text = _GROUP.sub(lambda found: plain_text(found[0]), latex).replace(r"\textasciitilde", "~")
    return clean(_VERBATIM.sub("", text.replace(r"\string", "")))


def check_braces(latex: str) -> None:
    """Refuse braces within braces within braces.

    Raises:
        BadInput: they stand too deep in one another.
    """
    depth = 0
    for found in re.finditer(r"[{}]", latex):
        depth = depth + 1 if found[0] == "{" else max(depth - 1, 0)
        if depth > DEEPEST:
            raise BadInput(f"More than {DEEPEST} braces stand within one another. Take those out that do nothing.")


def _escaped(latex: str) -> str:
    """Signs that mean something in LaTeX though the writer meant the sign."""
    latex = _FORMULA.sub(lambda found: found[0] if re.search(r"[\\^_]", found[1]) else rf"\${found[1]}\$", latex)
    if len(re.findall(r"(?<!\\)\$", latex)) % 2:
        latex = re.sub(r"(?<!\\)\$", r"\\$", latex)
    return _BARE.sub(r"\\\1", latex)


@cache
def _reader() -> LatexNodes2Text:
    from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

    known = get_default_latex_context_db()
    macros = [MacroTextSpec(name, simplify_repl=text) for name, text in _LETTERS.items()]
    known.add_context_category("references", prepend=True, macros=macros)
    return LatexNodes2Text(latex_context=known, math_mode="text", keep_comments=False)
