"""Numbers for Prometheus: how much is asked, how long it takes, what comes of it. No number tells of a person.

Several processes write theirs into files of one folder (prometheus_client's multiprocess mode), and whichever is asked
adds them up; what all see alike, such as the revision, it looks up itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector

from kg.errors import (
    DatabaseUnavailable,
    GapbridgeError,
    QueryProblem,
    QueryTooLong,
    ResultTooLarge,
    ServerBusy,
    WrongForm,
)

if TYPE_CHECKING:
    from kg.answering import Answer, Pool, Question
    from kg.newest import Reader
    from webui.base import Base
    from webui.stored import Stored

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Names the folder in the environment; prometheus_client wants it there before it is imported."""
disable_created_metrics()  # type: ignore[no-untyped-call]
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_OUTCOMES: tuple[tuple[type[GapbridgeError], str], ...] = (
    (QueryTooLong, "too-long"),
    (ResultTooLarge, "too-large"),
    (ServerBusy, "busy"),
    (WrongForm, "refused"),
    (QueryProblem, "refused"),
    (GapbridgeError, "failed"),
)


class Metrics:
    """The numbers of this process, and the sums over all.

    Args:
        base, people: where what all processes see alike is looked up.
    """

    def __init__(self, base: Base, people: Stored) -> None:
        self._registry = own = CollectorRegistry()
        self._shared = Shared(base, people)
        self._requests = Counter(
            "gapbridge_requests", "Requests answered.", ("method", "route", "status"), registry=own
        )
        self._request_seconds = Histogram(
            "gapbridge_request_seconds", "Until an answer begins.", ("route",), buckets=_SECONDS, registry=own
        )
        self._queries = Counter("gapbridge_queries", "Queries that visitors wrote.", ("outcome",), registry=own)
        self._query_seconds = Histogram(
            "gapbridge_query_seconds", "Until such a query is answered.", buckets=_SECONDS, registry=own
        )
        self._under_way = Gauge(
            "gapbridge_queries_under_way", "Such queries that run or wait.", multiprocess_mode="livesum", registry=own
        )
        self._kept = Counter(
            "gapbridge_kept_answers", "Answers looked for among those kept.", ("kind", "found"), registry=own
        )

    def request(self, method: str, route: str, status: str, seconds: float) -> None:
        """Count a request that was answered."""
        self._requests.labels(method, route, status).inc()
        self._request_seconds.labels(route).observe(seconds)

    def counted(self, pool: Pool) -> Pool:
        """A pool that counts its questions."""
        return CountedPool(pool, self)  # type: ignore[return-value]

    def kept(self, kind: str) -> Callable[[bool], None]:
        """Counts how often an answer was found among those kept."""
        found, missed = self._kept.labels(kind, "yes"), self._kept.labels(kind, "no")
        return lambda there: (found if there else missed).inc()

    @contextmanager
    def query(self) -> Iterator[None]:
        """Count a query and what comes of it."""
        began, outcome = time.perf_counter(), "answered"
        self._under_way.inc()
        try:
            yield
        except GapbridgeError as error:
            outcome = next(words for kind, words in _OUTCOMES if isinstance(error, kind))
            raise
        finally:
            self._under_way.dec()
            self._queries.labels(outcome).inc()
            self._query_seconds.observe(time.perf_counter() - began)

    def text(self) -> bytes:
        """All numbers in the text format of Prometheus."""
        return bytes(generate_latest(self._summed()) + generate_latest(self._shared_registry()))

    def _summed(self) -> CollectorRegistry:
        if FOLDER not in os.environ:
            return self._registry
        summed = CollectorRegistry()
        MultiProcessCollector(summed)  # type: ignore[no-untyped-call]
        return summed

    def _shared_registry(self) -> CollectorRegistry:
        registry = CollectorRegistry()
        registry.register(self._shared)
        return registry


class Shared:
    """What every process sees alike, looked up when somebody asks for it; a part that cannot be is left out."""

    def __init__(self, base: Base, people: Stored) -> None:
        self._base, self._people = base, people
        self._statements, self._counted, self._recount_at = 0, -1, 0.0

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The numbers."""
        made = GaugeMetricFamily("gapbridge_info", "The program.", labels=("version",))
        made.add_metric((version("gapbridge"),), 1)
        yield made
        yield from self._of_base()
        yield from self._of_database()

    def _of_base(self) -> Iterator[GaugeMetricFamily]:
        try:
            reader = self._base.current().reader
        except GapbridgeError:
            yield GaugeMetricFamily("gapbridge_base_readable", "Whether the base can be read.", 0)
            return
        yield GaugeMetricFamily("gapbridge_base_readable", "Whether the base can be read.", 1)
        yield GaugeMetricFamily("gapbridge_revision", "The newest revision.", reader.revision)
        yield GaugeMetricFamily("gapbridge_statements", "Statements in the base.", self._size(reader))

    def _size(self, reader: Reader) -> int:
        """Counted anew for a new revision; less often where counting takes long, as it does on disk."""
        now = time.monotonic()
        if reader.revision != self._counted and now >= self._recount_at:
            self._statements, self._counted = len(reader), reader.revision
            self._recount_at = now + 100 * (time.monotonic() - now)
        return self._statements

    def _of_database(self) -> Iterator[GaugeMetricFamily]:
        from kg.contributions.queue import waiting

        name, words = "gapbridge_database_reachable", "Whether the database of accounts and drafts answers."
        try:
            found = waiting(self._people.open())
        except DatabaseUnavailable:
            yield GaugeMetricFamily(name, words, 0)
            return
        yield GaugeMetricFamily(name, words, 1)
        yield GaugeMetricFamily("gapbridge_contributions_waiting", "Contributions that wait for a review.", found)


class CountedPool:
    """A pool whose questions are counted; all else is the pool's own."""

    def __init__(self, pool: Pool, metrics: Metrics) -> None:
        self._pool, self._metrics = pool, metrics

    def answer(self, question: Question, client: str, revision: int | None = None) -> Answer:
        """As the pool's."""
        with self._metrics.query():
            return self._pool.answer(question, client, revision)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)
