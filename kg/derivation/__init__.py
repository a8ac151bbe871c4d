"""What follows from the record: the short links by the rules, then the evidence statuses; whole, or kept up."""

from kg.derivation.rules import LinkRule, link_rules, rule_files, steps
from kg.derivation.upkeep import Keeping

__all__ = ["Keeping", "LinkRule", "link_rules", "rule_files", "steps"]
