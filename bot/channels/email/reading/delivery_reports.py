"""Reads the machine part of a delivery report (RFC 3464): for each recipient what became of it."""

from dataclasses import dataclass, replace

from bot.channels.email.reading.addresses_in_text import address
from bot.channels.email.reading.diagnoses import status_in

LINES = 2_000
VALUE = 2_000
RECIPIENTS = 100
# RFC 3464, 2.3.3: what became of the mail. Some servers write their own words.
ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded", "deliverable", "failure", "expired")
FIELDS = frozenset(
    {"original-recipient", "final-recipient", "x-actual-recipient", "action", "status", "diagnostic-code"}
)


@dataclass(frozen=True)
class Report:
    """What became of the mail for one recipient; the status as x.y.z or ""."""

    original: str = ""
    final: str = ""
    actual: str = ""
    action: str = ""
    status: str = ""
    diagnosis: str = ""

    @property
    def recipient(self) -> str:
        """The address the sender knew, before any forwarding, where the server tells it."""
        return self.original or self.final or self.actual

    @property
    def failed(self) -> bool:
        """Whether the server gave up."""
        return self.action not in ("delayed", "delivered", "relayed", "expanded", "deliverable")

    @property
    def code(self) -> str:
        """The status: the finer one, when the field and the sentence differ only in detail."""
        spoken = status_in(self.diagnosis)
        vague = self.status in ("", "5.0.0", "4.0.0")
        return spoken if spoken and ((vague and not spoken.endswith(".0.0")) or not self.status) else self.status


def reports(text: str) -> tuple[Report, ...]:
    """One report a recipient; groups that a server tore apart are put together, fields of the whole mail left out."""
    done: list[Report] = []
    current = Report()
    for name, value in _fields(text):
        if _begins_another(current, name) and len(done) < RECIPIENTS:
            done.append(current)
            current = Report()
        current = _with(current, name, value)
    return tuple(report for report in (*done, current) if report != Report() and (report.recipient or report.action))


def _begins_another(current: Report, name: str) -> bool:
    """An empty line between groups, or a field that this group has already."""
    if name == "":
        return bool(current.recipient and (current.action or current.status))
    named = {"original-recipient": current.original, "final-recipient": current.final, "action": current.action}
    return bool(named.get(name))


def _with(report: Report, name: str, value: str) -> Report:
    match name:
        case "original-recipient":
            return replace(report, original=report.original or _recipient(value))
        case "final-recipient":
            return replace(report, final=report.final or _recipient(value))
        case "x-actual-recipient":
            return replace(report, actual=report.actual or _recipient(value))
        case "action":
            return replace(report, action=_action(value))
        case "status":
            return replace(report, status=report.status or status_in(value))
        case "diagnostic-code":
            return replace(report, diagnosis=report.diagnosis or value)
    return report


def _recipient(value: str) -> str:
    kind, semicolon, rest = value.partition(";")
    return address(rest if semicolon and "@" not in kind else value)


def _action(value: str) -> str:
    word = value.strip().lower()
    return next((action for action in ACTIONS if word.startswith(action)), "failed" if word else "")


def _fields(text: str) -> list[tuple[str, str]]:
    """Names and unfolded values in their order; ("", "") for an empty line."""
    fields: list[tuple[str, list[str]]] = []
    for line in text.split("\n", LINES)[:LINES]:
        if not line.strip():
            fields.append(("", []))
        elif fields and _continues(line, fields[-1][0]):
            fields[-1][1].append(line.strip()[:VALUE])
        else:
            name, colon, value = line[:VALUE].partition(":")
            fields.append((name.strip().lower() if colon else "-", [value.strip()]))
    return [(name, " ".join(value)[:VALUE]) for name, value in fields if name in FIELDS or not name]


def _continues(line: str, name: str) -> bool:
    if not name:
        return False
    return line[0] in " \t" or (name == "diagnostic-code" and line[:3].isdigit() and line[3:4] in ("-", " "))
