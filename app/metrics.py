"""Metrics in Prometheus text, never a word or an address: of the database, read when asked, and of this process."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.faults import Count
from core.casework import Miss
from core.errors import StoreAway
from storage import Figures

_MISSES = {
    Miss.LOGIN: ("resi_logins_failed", "Wrong passwords and codes at the desk of this process"),
    Miss.PAGE: ("resi_pages_refused", "Pages of the desk of this process that were not for who asked"),
}
_COPIES = {"backup": "Since the last backup was made", "drill": "Since the last drill found a backup whole"}
TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Reading(Collector):
    def __init__(
        self,
        figures: Figures,
        leads: Callable[[], bool],
        refusals: Mapping[Miss, int],
        readers: Mapping[str, Count],
        guessed: Callable[[], int],
        *,
        now: datetime,
    ) -> None:
        self._figures = figures
        self._leads = leads
        self._refusals = refusals
        self._readers = readers
        self._guessed = guessed
        self._now = now

    def collect(self) -> Iterator[Metric]:
        yield GaugeMetricFamily("resi_clock_leader", "Whether the clock runs here", value=int(self._leads()))
        for miss, (name, told) in _MISSES.items():
            yield CounterMetricFamily(name, told, value=self._refusals.get(miss, 0))
        yield from self._read()
        try:
            reports = GaugeMetricFamily("resi_reports", "Reports in the database", labels=("channel", "status"))
            for channel, status, count in self._figures.reports():
                reports.add_metric((channel, status), count)
            yield reports
            yield GaugeMetricFamily(
                "resi_outbox_pending", "Deliveries not yet sent", value=self._figures.outbox_pending()
            )
            yield GaugeMetricFamily("resi_codes_wrong", "Codes that do not exist, in an hour", value=self._guessed())
            yield GaugeMetricFamily("resi_outbox_dead", "Deliveries given up", value=self._figures.outbox_dead())
            for what, at in self._figures.last_copies().items():
                age = (self._now - at).total_seconds()
                yield GaugeMetricFamily(f"resi_{what}_age_seconds", _COPIES[what], value=age)
        except StoreAway:
            yield GaugeMetricFamily("resi_store_away", "The database does not answer", value=1)

    def _read(self) -> Iterator[Metric]:
        readings = CounterMetricFamily("resi_reader_readings", "Texts that a reader was given", labels=("reader",))
        faults = CounterMetricFamily("resi_reader_faults", "Texts that a reader failed on", labels=("reader",))
        for reader, count in self._readers.items():
            readings.add_metric((reader,), count.readings)
            faults.add_metric((reader,), count.faults)
        yield readings
        yield faults


def text(
    figures: Figures,
    leads: Callable[[], bool],
    refusals: Mapping[Miss, int],
    readers: Mapping[str, Count],
    guessed: Callable[[], int],
    *,
    now: datetime,
) -> bytes:
    """All metrics; blocks on the database. `refusals` and `readers`: of this process, whoever it was."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Reading(figures, leads, refusals, readers, guessed, now=now))
    return bytes(generate_latest(registry))
