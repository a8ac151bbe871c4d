"""What a form asks for, read from the shapes and schemes: fields, order, choices, help and messages.

Nothing of it is written down a second time: who changes a shape changes the form, the CSV template and their messages.
Source: style.md (“a form and its SHACL shape that disagree”).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from kg.errors import BaseTooOld
from kg.namespaces import ID, NS, PREFIXES, gap, local_of
from kg.queries import ChoiceRow, FieldRow, choices, form_fields, shaped_classes
from kg.store import Reader

CHOICE, THING, SENTENCE, WORDS, NUMBER, YES_NO, DATE, MOMENT = (
    "choice", "thing", "sentence", "words", "number", "yes-no", "date", "moment",
)  # fmt: skip
REQUIRED, WANTED, OPTIONAL = "required", "wanted", "optional"
_NEEDS = {"": REQUIRED, PREFIXES["sh"] + "Warning": WANTED, PREFIXES["sh"] + "Info": OPTIONAL}
_KINDS = {
    PREFIXES["rdf"] + "langString": SENTENCE,
    PREFIXES["xsd"] + "integer": NUMBER,
    PREFIXES["xsd"] + "boolean": YES_NO,
    PREFIXES["xsd"] + "date": DATE,
    PREFIXES["xsd"] + "dateTime": MOMENT,
}
_IRI = PREFIXES["sh"] + "IRI"


@dataclass(frozen=True)
class Choice:
    """Something to choose: as it is written in forms and tables, its name, what it means, how it reads."""

    value: str
    label: str
    definition: str
    phrase: str = ""


@dataclass(frozen=True)
class Field:
    """One thing a form asks for.

    Attributes:
        key: its name in forms and tables: the local name of the property.
        property: the property's address.
        label, help: what stands beside it.
        messages: what is said where it is not in order, as the shapes say it.
        group, heading: the part of the form.
        kind: what is to be given: a choice, another thing, words…
        wanted: the class a thing must be of; empty for any.
        need: whether it must be there.
        many: whether there may be several.
        shortest, longest: how long words may be; 0 for no bound.
        pattern: what words must look like; empty for anything.
        datatype: of words.
        choices: what to choose from.
    """

    key: str
    iri: str
    label: str
    help: str
    messages: tuple[str, ...]
    group: str
    heading: str
    kind: str
    wanted: str
    need: str
    many: bool
    shortest: int
    longest: int
    pattern: str
    datatype: str
    choices: tuple[Choice, ...] = ()

    @property
    def message(self) -> str:
        """The message of the shape that says most of it."""
        return self.messages[0]

    def choose(self, text: str) -> str | None:
        """What somebody means by a text: a choice’s value, the end of it, or its name; None for none of them."""
        wanted = text.strip().casefold()
        for choice in self.choices:
            end = choice.value.rpartition("/")[2]
            if wanted in (choice.value.casefold(), end.casefold(), choice.label.casefold(), choice.phrase.casefold()):
                return choice.value
        return None


@dataclass(frozen=True)
class Form:
    """All that is asked of a thing of a class.

    Attributes:
        cls: the class.
        label, meaning: what it is called, and what it is.
        fields: in the order in which they are asked.
    """

    cls: str
    label: str
    meaning: str
    fields: tuple[Field, ...]

    def __getitem__(self, key: str) -> Field:
        """A field by its name.

        Raises:
            BaseTooOld: the shapes in the base ask for no such thing.
        """
        found = next((field for field in self.fields if field.key == key), None)
        if found is None:
            raise BaseTooOld(f"{self.label}: {_spaced(key)}")
        return found

    def __contains__(self, key: object) -> bool:
        return any(field.key == key for field in self.fields)

    def by_message(self, message: str) -> str:
        """The field that a message of the shapes is about; empty for none."""
        return next((field.key for field in self.fields if message in field.messages), "")


def read_form(reader: Reader, cls: str) -> Form:
    """What is asked of a thing of a class.

    Args:
        reader: the base, with the ontology in it.
        cls: the address of the class.
    """
    shaped = shaped_classes(reader)
    rows = sorted(form_fields(reader, cls), key=lambda row: (row.place, row.target == cls, row.order))
    made: dict[str, Field] = {}
    for row in rows:
        new = _field(row, {each for each in shaped if each != PREFIXES["skos"] + "Concept"} | _DESCRIBED)
        made[new.key] = _merged(made[new.key], new) if new.key in made else new
    named = shaped.get(cls)
    listed = _with_choices(reader, made.values())
    return Form(cls, named.label if named else _spaced(local_of(cls)), named.meaning if named else "", listed)


_DESCRIBED = {PREFIXES["skos"] + "Concept", PREFIXES["skos"] + "ConceptScheme", PREFIXES["prov"] + "Activity"}
"""Classes of what people describe, beside those that have a shape of their own: their things are looked up."""


def _field(row: FieldRow, described: set[str]) -> Field:
    listed = row.scheme or (row.cls if row.cls and row.cls not in described else "")
    kind = CHOICE if listed else THING if row.cls or row.node == _IRI else _KINDS.get(row.datatype, WORDS)
    return Field(
        key=local_name(row.property),
        iri=row.property,
        label=row.name,
        help=row.help,
        messages=(row.message,),
        group=local_name(row.group),
        heading=row.heading,
        kind=kind,
        wanted=listed or row.cls,
        need=_NEEDS[row.severity] if row.least else OPTIONAL,
        many=not row.most and not (kind == SENTENCE and row.least),
        shortest=row.shortest,
        longest=row.longest,
        pattern=row.pattern,
        datatype=row.datatype,
    )


def _merged(first: Field, second: Field) -> Field:
    """Two shapes of one property as one field: the stronger need, and both messages."""
    order = (REQUIRED, WANTED, OPTIONAL)
    stronger = min(first.need, second.need, key=order.index)
    wanted = second if second.wanted else first
    return replace(
        first,
        need=stronger,
        messages=tuple(dict.fromkeys((*first.messages, *second.messages))),
        kind=wanted.kind,
        wanted=wanted.wanted,
        many=first.many and second.many,
        shortest=max(first.shortest, second.shortest),
    )


def _with_choices(reader: Reader, fields: Iterable[Field]) -> tuple[Field, ...]:
    found = list(fields)
    of = sorted({field.wanted for field in found if field.kind == CHOICE})
    rows = {key: list(group) for key, group in groupby(choices(reader, of), key=lambda row: row.of)}
    return tuple(
        replace(field, choices=tuple(map(_choice, rows.get(field.wanted, ())))) if field.kind == CHOICE else field
        for field in found
    )


def _choice(row: ChoiceRow) -> Choice:
    return Choice(local_of(row.value), row.label, row.definition, row.phrase)


def local_name(iri: str) -> str:
    """The last part of an address, as forms and tables name it."""
    return re.split(r"[#/]", iri)[-1]


def address_of(value: str) -> str:
    """The address of what a form calls `kind/slug`, or by the local name of a term.

    An address of another kind stays as it is: whether there is such a thing is for the checks to say.
    """
    if "://" in value:
        return value
    return ID + value if "/" in value else NS + value


def _spaced(name: str) -> str:
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    return words[:1].upper() + words[1:].lower()


def claim_form(reader: Reader) -> Form:
    """What is asked of a claim, its place in the source included; what the program fills in is left out."""
    claim, passage = read_form(reader, gap("Claim")), read_form(reader, gap("Passage"))
    place = claim["locatedAt"]
    messages = (*passage["locator"].messages, *place.messages)
    where = replace(passage["locator"], group=place.group, heading=place.heading, messages=messages)
    asked = [where if field is place else field for field in claim.fields if is_asked(field)]
    return replace(claim, fields=tuple(asked))


RECORD = "group-record"
_ASKED_OF_RECORD = "editorialNote"


def is_asked(field: Field) -> bool:
    """Whether a person gives it; what the record keeps of itself the program fills in, but for a note."""
    return field.group != RECORD or field.key == _ASKED_OF_RECORD


def groups(fields: Sequence[Field]) -> list[tuple[str, list[Field]]]:
    """Fields under the headings of their parts."""
    return [(heading, list(group)) for heading, group in groupby(fields, key=lambda field: field.heading)]
