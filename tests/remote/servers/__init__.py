"""The engines that the suite runs against."""

from tests.remote.servers.address import Address, Kind
from tests.remote.servers.cluster import CLUSTER
from tests.remote.servers.fuseki import FUSEKI
from tests.remote.servers.oxigraph import OXIGRAPH
from tests.remote.servers.virtuoso import VIRTUOSO

ENGINES: tuple[Kind, ...] = (OXIGRAPH, VIRTUOSO, FUSEKI, CLUSTER)

__all__ = ["ENGINES", "Address", "Kind"]
