"""The server's log: lines to read or JSON lines on standard error, with the id of the request that each belongs to.

The program speaks to Python's own `logging`; structlog gives its lines their form. Tracebacks hold no values of
variables: these may be somebody's.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, TextIO

from kg.settings import Settings
from webui.watching import request_id

if TYPE_CHECKING:
    from structlog.typing import EventDict, Processor


def configure(settings: Settings, to: TextIO | None = None) -> None:
    """Write what the program logs from now on as the settings say.

    Args:
        settings: in which form.
        to: where; standard error when not given.
    """
    import structlog
    from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name

    shared: list[Processor] = [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        add_log_level,
        add_logger_name,
        ExtraAdder(),
        _with_request,
    ]
    last: list[Processor]
    if settings.log == "json":
        last = [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
    else:
        plain = structlog.dev.plain_traceback
        last = [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=plain, sort_keys=False)]
    handler = logging.StreamHandler(to or sys.stderr)
    formatter = ProcessorFormatter(
        foreign_pre_chain=shared, processors=[ProcessorFormatter.remove_processors_meta, *last]
    )
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("gapbridge").setLevel(logging.INFO)


def _with_request(_logger: object, _method: str, event: EventDict) -> EventDict:
    if own := request_id.get():
        event["request_id"] = own
    return event
