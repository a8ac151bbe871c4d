"""Things and documents as RDF for other programs, in every common form."""

from kg.describing.description import (
    LICENCE,
    MOST_CLAIMS,
    MOST_POINTING,
    Description,
    describe,
    document_of,
)
from kg.describing.documents import ontology, shapes
from kg.describing.forms import FORMS, described, write
from kg.describing.jsonld import context, context_text, make_context

__all__ = [
    "FORMS",
    "LICENCE",
    "MOST_CLAIMS",
    "MOST_POINTING",
    "Description",
    "context",
    "context_text",
    "describe",
    "described",
    "document_of",
    "make_context",
    "ontology",
    "shapes",
    "write",
]
