"""References in the forms that reference managers read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kg.errors import BadInput
from kg.exporting.bibtex import bibtex
from kg.exporting.references import Csl, Reference
from kg.exporting.ris import ris


@dataclass(frozen=True)
class Form:
    """A form of references: the suffix of its files, its name, its media type and how it is written."""

    suffix: str
    label: str
    media: str
    write: Callable[[Iterable[Csl]], str]


def csl_json(records: Iterable[Csl]) -> str:
    """Records as a CSL-JSON array."""
    return json.dumps(list(records), indent=2, ensure_ascii=False) + "\n"


FORMS = {
    form.suffix: form
    for form in (
        Form("bib", "BibTeX", "application/x-bibtex", bibtex),
        Form("ris", "RIS", "application/x-research-info-systems", ris),
        Form("csl.json", "CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    )
}
"""The forms by suffix."""


def bibliography(references: Sequence[Reference], suffix: str) -> bytes:
    """References in one form, as UTF-8.

    Raises:
        BadInput: there is no form with this suffix.
    """
    if suffix not in FORMS:
        raise BadInput(f"“{suffix}” is no form of references. Known: {', '.join(FORMS)}.")
    return FORMS[suffix].write(reference.csl for reference in references).encode()
