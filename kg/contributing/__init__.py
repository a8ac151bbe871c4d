"""The way every change comes in: opened, tried and made under the rules and checks in force."""

from kg.contributing.changing import check_agent, commit, introduction, load_files, undo
from kg.contributing.opening import (
    FOLLOW_SECONDS,
    bring_server,
    follow,
    home,
    index,
    make_sure,
    open_base,
    prepare_base,
    writer,
)
from kg.contributing.seeding import PROJECT, outdated, seed_files
from kg.contributing.trying import Forecast, conforming, forecast, tried, violations

__all__ = [
    "FOLLOW_SECONDS",
    "PROJECT",
    "Forecast",
    "bring_server",
    "check_agent",
    "commit",
    "conforming",
    "follow",
    "forecast",
    "home",
    "index",
    "introduction",
    "load_files",
    "make_sure",
    "open_base",
    "outdated",
    "prepare_base",
    "seed_files",
    "tried",
    "undo",
    "violations",
    "writer",
]
