"""What would become of a contribution if it were accepted now; nothing is kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from kg.contributing import home, tried
from kg.contributions.changing import change_for, fitted, fitted_together, refuse_overtaken
from kg.contributions.model import Contribution, Person
from kg.errors import BadInput, DoesNotConform, Meanwhile, Overtaken, Violation
from kg.settings import Settings
from kg.store import Reader, Warm

_NOBODY = Person("trial", "Nobody yet", role="reviewer")
_MOST_KEPT = 64


@dataclass(frozen=True)
class Trial:
    """What would stand against accepting a contribution.

    Attributes:
        violations: what would refuse it.
        warnings: what would not, but is worth a look.
        overtaken: what somebody else has changed since it was written.
        unreadable: why its statements cannot be read; empty where they can.
        tried: whether it was tried at all: where the base is too large for that, acceptance alone tells.
    """

    violations: tuple[Violation, ...] = ()
    warnings: tuple[Violation, ...] = ()
    overtaken: tuple[Meanwhile, ...] = ()
    unreadable: str = ""
    tried: bool = True

    @property
    def passes(self) -> bool:
        """Whether nothing would refuse it, as far as that was tried."""
        return not (self.violations or self.overtaken or self.unreadable)


def try_out(
    contribution: Contribution, reader: Reader, settings: Settings, warm: Warm, beside: Sequence[Contribution] = ()
) -> Trial:
    """What would stand against a contribution in this revision.

    Args:
        contribution: as it stands now.
        reader: the base.
        settings: where its journal lies, and up to how many statements it is copied for this.
        warm: what holds the base in memory, to try it on.
        beside: those that would go in with it.
    """
    try:
        contribution = fitted(contribution, reader)
        refuse_overtaken(contribution, reader, home(settings).journal)
        at, all_of_them = datetime.now(UTC), [*(fitted(other, reader) for other in beside), contribution]
        change = fitted_together([change_for(one, _NOBODY, reader, at) for one in all_of_them], reader)
        found = tried(settings, reader, change, warm)
        if found is None:
            return Trial(tried=False)
    except Overtaken as error:
        return Trial(overtaken=error.statements)
    except BadInput as error:
        return Trial(unreadable=str(error))
    except DoesNotConform as error:
        return Trial(violations=error.violations)
    mine = [row for row in found if row.severity == "violation"]
    return Trial(tuple(mine), tuple(row for row in found if row.severity != "violation"))


class Trials:
    """Tries contributions out, each version once a revision; safe to ask from several threads.

    Args:
        settings, warm: as for `try_out`.
    """

    def __init__(self, settings: Settings, warm: Warm) -> None:
        self._settings, self._warm = settings, warm
        self._kept: OrderedDict[tuple[object, ...], Trial] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, contribution: Contribution, reader: Reader, beside: Sequence[Contribution] = ()) -> Trial:
        """What would stand against a contribution, with others beside it."""
        key = (reader.revision, *((one.id, one.version) for one in (contribution, *beside)))
        with self._lock:
            found = self._kept.get(key)
        if found is None:
            found = try_out(contribution, reader, self._settings, self._warm, beside)
            with self._lock:
                self._kept[key] = found
                while len(self._kept) > _MOST_KEPT:
                    self._kept.popitem(last=False)
        return found
