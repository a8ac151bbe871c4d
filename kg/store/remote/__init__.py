"""A base on a SPARQL 1.1 server somewhere else: Query, Update and Graph Store by address."""
