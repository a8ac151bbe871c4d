"""What a request asks, once it has been read, and the page of a list that it wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from kg.errors import Ambiguous, NotFound
from webui.api.problems import from_library
from webui.api.reading import Values
from webui.api.records import Href
from webui.base import Opened

if TYPE_CHECKING:
    from kg.store import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """A request that was read.

    Attributes:
        opened: the base.
        path: the path that was asked.
        values: the values of all parameters, defaults among them.
        given: those of the query that were given.
        body: the record a request holds; None for reading.
    """

    opened: Opened
    path: str
    values: Values
    given: Values
    body: Any = None

    @property
    def reader(self) -> Reader:
        return self.opened.reader

    def thing(self, parameter: str, kinds: Sequence[str] = ()) -> str:
        """The address of the thing that a parameter names; empty where it was not given.

        Raises:
            ApiError: nothing has this name, or several things have.
        """
        name = self.values[parameter]
        return self.resolve(name, parameter, kinds) if name else ""

    def resolve(self, name: str, parameter: str, kinds: Sequence[str] = ()) -> str:
        """The same for any name."""
        try:
            return self.opened.search.resolve(name, kinds)
        except (NotFound, Ambiguous) as error:
            raise from_library(error, parameter) from None

    def part(self, items: Sequence[T]) -> Sequence[T]:
        """The part of a list that was asked for."""
        return items[self.values["offset"] : self.values["offset"] + self.values["limit"]]

    def paging(self, total: int) -> dict[str, Any]:
        """The fields that tell of the part."""
        offset, limit = self.values["offset"], self.values["limit"]
        following = {**self.given, "limit": limit, "offset": offset + limit}
        more = Href(f"{self.path}?{urlencode(following)}") if offset + limit < total else None
        return {"total": total, "offset": offset, "limit": limit, "next": more}
