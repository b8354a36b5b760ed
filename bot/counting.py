"""Keeps the service's counts in Prometheus' form, and gives them with what the database says."""

from datetime import timedelta

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from bot.health import Health

BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)


class Counts:
    """A registry of its own, so that two houses in one process do not mix their counts."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self._registry = all_ = CollectorRegistry()
        self._turns = Counter("lssc_turns", "Messages heard", ("channel", "result"), registry=all_)
        self._seconds = Histogram(
            "lssc_turn_seconds", "From a message to its commit", ("channel",), buckets=BUCKETS, registry=all_
        )
        self._deliveries = Counter("lssc_deliveries", "Attempts to send", ("channel", "result"), registry=all_)
        self._waiting = Gauge("lssc_outbox_waiting", "Messages that wait to be sent", registry=all_)
        self._oldest = Gauge("lssc_outbox_oldest_seconds", "Age of the oldest of them", registry=all_)
        self._items = Gauge("lssc_desk_open_items", "What the office has not settled", registry=all_)
        self._tick = Gauge("lssc_last_tick_timestamp_seconds", "When the last tick went through", registry=all_)
        self._parts = Gauge("lssc_part_running", "1 when the part runs", ("part",), registry=all_)

    def turn(self, channel: str, result: str, seconds: float) -> None:
        self._turns.labels(channel, result).inc()
        if result == "answered":
            self._seconds.labels(channel).observe(seconds)

    def delivery(self, channel: str, result: str) -> None:
        self._deliveries.labels(channel, result).inc()

    async def page(self, health: Health) -> bytes:
        """The text for `/metrics`; what the database does not say just now is `NaN`."""
        records = await health.records()
        self._waiting.set(records.waiting if records else float("nan"))
        self._oldest.set(records.oldest / timedelta(seconds=1) if records else float("nan"))
        self._items.set(records.open_items if records else float("nan"))
        self._tick.set(health.ticker.last.timestamp() if health.ticker.last else 0)
        for name, each in health.parts.items():
            self._parts.labels(name).set(each.state == "running")
        return generate_latest(self._registry)
