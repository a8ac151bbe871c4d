"""The command line: `gapbridge`. Thin: it reads arguments, asks the library, prints."""

from kg.cli.main import main

__all__ = ["main"]
