"""What is wrong with a base and what it runs on, why that matters, and what to do. Nothing is changed."""

from kg.operating.doctor.examining import examine

__all__ = ["examine"]
