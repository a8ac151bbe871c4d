"""Graphs of the evidence: which things and links, where each stands, and the data a browser draws."""
