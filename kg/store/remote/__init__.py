"""A base on any SPARQL 1.1 server, shared by several machines.

The relational database holds the journal: what stands there is accepted, and its numbers are the one revision line.
The server is kept in step with it by guarded updates, one a revision (`keeping`). Each machine keeps a mirror in its
data folder, which is a store like any other (`home`): rules, checks, pages and history work on that, and a server that
does not answer stops nobody from reading. What strangers ask is answered by the server (`asking`).
Source: engines.md, “Beyond one machine”; docs/decisions.md says why it is so.
"""

from kg.store.remote.client import Client
from kg.store.remote.home import SharedHome
from kg.store.remote.keeping import Keeper
from kg.store.remote.reader import RemoteReader

__all__ = ["Client", "Keeper", "RemoteReader", "SharedHome"]
