"""Metrics in Prometheus text, never a word or an address: of the database, read when asked, and of this process."""

import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from prometheus_client import CollectorRegistry, disable_created_metrics, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from app.faults import Count
from app.measures import Measures
from core.casework import Miss
from core.model import DeliveryKind
from storage import Figures

disable_created_metrics()  # type: ignore[no-untyped-call]  # they double the lines and say when this process saw the first of a kind
_MISSES = {
    Miss.LOGIN: ("resi_logins_failed", "Wrong passwords and codes at the desk of this process"),
    Miss.PAGE: ("resi_pages_refused", "Pages of the desk of this process that were not for who asked"),
}
_COPIES = {"backup": "Since the last backup was made", "drill": "Since the last drill found a backup whole"}
TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Kept:
    """What the database says.

    `oldest`: since when the delivery that waits longest could have left. `copies`: when backup and drill were last.
    """

    reports: list[tuple[str, str, int]]
    outbox: list[tuple[str, DeliveryKind, str, int]]
    codes_wrong: int
    oldest: datetime | None
    now: datetime
    copies: Mapping[str, datetime] = field(default_factory=dict)
    failed: list[tuple[str, str, str, int]] = field(default_factory=list)


def kept(figures: Figures, guessed: Callable[[], int], now: datetime) -> Kept:
    """Blocks on the database; raises StoreAway."""
    outbox, oldest, copies = figures.outbox(), figures.oldest_waiting(), figures.last_copies()
    return Kept(figures.reports(), outbox, guessed(), oldest, now, copies, figures.failed())


@dataclass(frozen=True, slots=True)
class Process:
    """What this process says of itself.

    `parts`: whether each is ready. `works`: seconds since each work of the clock ended well.
    """

    leads: bool = False
    refusals: Mapping[Miss, int] = field(default_factory=dict)
    readers: Mapping[str, Count] = field(default_factory=dict)
    measures: Measures = field(default_factory=Measures)
    parts: Mapping[str, bool] = field(default_factory=dict)
    works: Mapping[str, float] = field(default_factory=dict)
    busy: int = 0
    disk_free: int | None = None


def text(process: Process, found: Kept | None) -> bytes:
    """All metrics. `found` None: the database did not answer."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Read(process, found))
    return bytes(generate_latest(registry)) + bytes(generate_latest(process.measures.registry))


class _Read(Collector):
    def __init__(self, process: Process, found: Kept | None) -> None:
        self._process = process
        self._found = found

    def collect(self) -> Iterator[Metric]:
        process, found = self._process, self._found
        yield GaugeMetricFamily("resi_clock_leader", "Whether the clock runs here", value=int(process.leads))
        for miss, (name, told) in _MISSES.items():
            yield CounterMetricFamily(name, told, value=process.refusals.get(miss, 0))
        yield from _readers(process.readers)
        yield from _of_process(process)
        if found is None:
            yield GaugeMetricFamily("resi_store_away", "The database does not answer", value=1)
        else:
            yield from _of_database(found)


def _of_database(found: Kept) -> Iterator[Metric]:
    reports = GaugeMetricFamily("resi_reports", "Reports in the database", labels=("channel", "status"))
    for channel, status, count in found.reports:
        reports.add_metric((channel, status), count)
    yield reports
    waiting, dead = ([each for each in found.outbox if each[2] == state] for state in ("waiting", "dead"))
    yield GaugeMetricFamily("resi_outbox_pending", "Deliveries not yet sent", value=sum(row[3] for row in waiting))
    yield _labelled("resi_outbox_waiting", "The same by channel", "channel", _summed(waiting))
    yield GaugeMetricFamily("resi_codes_wrong", "Codes that do not exist, in an hour", value=found.codes_wrong)
    yield GaugeMetricFamily("resi_outbox_dead", "Deliveries given up", value=sum(row[3] for row in dead))
    failed = GaugeMetricFamily(
        "resi_outbox_failed", "Deliveries that a try failed of", labels=("channel", "state", "why")
    )
    for channel, state, why, count in found.failed:
        failed.add_metric((channel, state, why), count)
    yield failed
    for what, at in found.copies.items():
        age = (found.now - at).total_seconds()
        yield GaugeMetricFamily(f"resi_{what}_age_seconds", _COPIES[what], value=age)
    late = 0.0 if found.oldest is None else max(0.0, (found.now - found.oldest).total_seconds())
    yield GaugeMetricFamily(
        "resi_outbox_oldest_seconds", "How long a delivery has been due that is not sent", value=late
    )


def _summed(rows: list[tuple[str, DeliveryKind, str, int]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for channel, _, _, count in rows:
        found[channel] = found.get(channel, 0) + count
    return found


def _readers(readers: Mapping[str, Count]) -> Iterator[Metric]:
    readings = CounterMetricFamily("resi_reader_readings", "Texts that a reader was given", labels=("reader",))
    faults = CounterMetricFamily("resi_reader_faults", "Texts that a reader failed on", labels=("reader",))
    for reader, count in readers.items():
        readings.add_metric((reader,), count.readings)
        faults.add_metric((reader,), count.faults)
    yield readings
    yield faults


def _of_process(process: Process) -> Iterator[Metric]:
    ready = {name: float(each) for name, each in process.parts.items()}
    yield _labelled("resi_part_ready", "Whether a part is ready", "part", ready)
    yield _labelled("resi_clock_work_age_seconds", "Since a work of the clock ended well here", "work", process.works)
    failing = process.measures.failing()
    yield _labelled("resi_wire_failing_seconds", "For how long a wire has taken nothing", "channel", failing)
    yield GaugeMetricFamily("resi_messages_busy", "Messages that are being taken", value=process.busy)
    yield GaugeMetricFamily("resi_threads", "Threads of this process", value=threading.active_count())
    if process.disk_free is not None:
        free = "Bytes free on the disk of the data folder"
        yield GaugeMetricFamily("resi_disk_free_bytes", free, value=process.disk_free)
    if (memory := _memory()) is not None:
        yield GaugeMetricFamily("resi_memory_bytes", "Memory of this process, without its children", value=memory)


def _labelled(name: str, told: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(name, told, labels=(label,))
    for of, value in sorted(values.items()):
        family.add_metric((of,), value)
    return family


def _memory() -> int | None:
    """Pages that are resident; None where no such file tells."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    except (OSError, ValueError, IndexError):
        return None
