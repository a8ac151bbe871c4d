"""The assistants' server: the Model Context Protocol's way to `kg.assisting`. Only this package knows the SDK."""

from kg.mcp.running import run_http, run_stdio

__all__ = ["run_http", "run_stdio"]
