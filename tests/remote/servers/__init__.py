"""The engines that the suite runs against."""

from tests.remote.servers.address import Address, Kind
from tests.remote.servers.oxigraph import OXIGRAPH

ENGINES: tuple[Kind, ...] = (OXIGRAPH,)

__all__ = ["ENGINES", "Address", "Kind"]
