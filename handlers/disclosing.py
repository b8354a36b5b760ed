"""Everything on record about a person as one readable text, for that person: `my data`.

Of other people nothing is in it: neither who decided on something nor, above all, who evaluates.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from flows.dialog.question import Question
from flows.dialog.speech import Drawing
from flows.dialog.turn import Stage
from flows.dialog.unclear import ScriptError
from flows.facts import Facts
from flows.program import quiet, zones
from flows.program.figures import day_in_words
from flows.program.money import dollars
from flows.program.office import hour_in_words
from flows.program.renewal import in_hours
from flows.registry import FORMS
from handlers import letters, local, roles, switching
from handlers.addressing import masked, named
from handlers.desk.documents import ENDINGS, PAPER
from handlers.exchange import Errand, Exchange
from storage import belongings, people
from storage import roles as held
from storage.belongings import Row
from storage.renewals import SECONDS

MY_DATA = "my data"  # the kind of drawing that is this text, made when the message is delivered
TITLES: Mapping[str, str] = {
    "person": "Yourself", "profile": "What you told of yourself, and how you want to be written to",
    "address": "Your addresses", "unwanted": "Messages that you want no more of", "role": "Your part in the program",
    "evaluator": "You as an evaluator", "evaluator_set": "Sets that you assess", "conflict": "Conflicts of interest",
    "review_reader": "Reviews that you were asked for", "ballot_vote": "Your votes on the committee",
    "fact": "What forms learned, to be filled in where the same is asked", "application": "Applications",
    "payment": "Payments", "award_use": "Assistance", "candidacy": "Candidacies", "complete_set": "Complete sets",
    "certificate": "Certificates", "contact_hour": "Contact hours that you logged", "renewal": "Renewals",
    "chosen_set": "Sets you work on", "evidence": "Evidence",
    "placement": "What your evidence is for", "narrative": "Narratives, with all versions",
    "submission": "Sets that you handed in", "completion_form": "Completion forms of courses",
    "addition": "What you added to your record", "record_request": "What the office asked you for",
    "share": "Links to your record", "share_view": "Looks at your record",
    "course_wish": "Sets of which you want news of courses", "course_news": "New courses that you were told of",
    "webinar_seat": "Webinars that you signed up for", "calendar_event": "Dates that you were sent as calendar files",
    "paper": "Documents that you sent", "conversation": "Forms", "answer": "Answers in forms that are kept",
    "unanswered": "Questions that I could not answer", "desk_item": "On the list of the office",
    "desk_note": "What you and the office wrote to each other", "outbox": "Messages to you",
    "held_letter": "Messages that wait for the end of your quiet hours",
    "reminder": "What you were reminded of, or are to be",
    "link_code": "Codes that you were given, without their digits", "link_try": "Wrong codes that you typed",
    "audit": "What was done with your record",
}  # fmt: skip

# Columns that are not told, by the reason.
NUMBERS = "Numbers by which the program finds its own rows"
MACHINERY = "How messages are sent, not what they say"
OTHERS = "Who of the office did something"
BLIND = "Who else takes part in a blind review"
SECRET = "Codes and links, which are kept unreadable"  # noqa: S105 - a reason, and no password
REASONS: Mapping[str, str] = {
    "merged_into": NUMBERS, "handed_off": NUMBERS, "matter": NUMBERS, "offer": NUMBERS, "prefers": NUMBERS,
    "lease_owner": MACHINERY, "lease_until": MACHINERY, "attempts": MACHINERY, "error": MACHINERY, "part": MACHINERY,
    "sent_as": MACHINERY, "misses": MACHINERY, "revoked": MACHINERY, "bounces": MACHINERY,
    "conflict.candidate_id": BLIND, "review_reader.third": BLIND, "code_hash": SECRET, "token_hash": SECRET,
    "recorded_by": OTHERS, "given_by": OTHERS, "settled_by": OTHERS, "assigned_to": OTHERS, "asked_by": OTHERS,
    "desk_note.author": OTHERS, "audit.actor": OTHERS, "audit.details": OTHERS,
}  # fmt: skip
LABELS: Mapping[str, str] = {
    "at": "When", "created_at": "Since", "as_of": "Told on", "key": "About", "set_id": "Set", "words": "Words",
    "fee_cents": "Fee", "amount_cents": "Amount", "media_type": "Kind of file", "said": "Said with it", "way": "By",
    "shows": "Shown on the check page", "facts": "Pinned at its opening", "quiet": "Quiet hours", "script": "Form",
    "new_mail": "New mail address, not confirmed yet", "told": "Amount", "seconds": "Contact hours", "link": "Link",
    "ends": "Last day of the term before",
}  # fmt: skip
JSONS = frozenset((
    "application.details", "application.answers", "conversation.facts", "desk_item.details", "unanswered.nearest",
    "submission.contents", "submission.passed", "submission.open_numbers", "certificate.sets", "share.parts",
    "calendar_event.said",
))  # fmt: skip
MOST_BYTES = 15_000_000  # of documents that come with the text: mail takes little more
HEAD = (
    "Everything that the Library Support Staff Certification program has on record about you, as of {}. Days and hours"
    " are told in {}."
)
NOTES = "Notes of the office for itself: {}. They are not told here, because they may name other people; ask {}."
TO_STAFF = "What you were written as one of the staff is not told here: it is about other people."
LETTERS = ("outbox", "held_letter")
NOT_HERE = "What is not in this text"
APART = "Answers to the voluntary questions are stored apart, without your name."
KEPT = (
    "What is kept for a while only: what forms learned {} days, messages and drafts {} days. The rest is kept until you"
    " send `forget me`."
)


def drawing(ex: Exchange) -> Drawing:
    """The file of this text, to be made when the message is delivered, for whose address that is then."""
    day = local.day(ex, ex.speaker.person_id)
    data = json.dumps({"address": ex.speaker.address_id})
    return Drawing(MY_DATA, f"my-data-{day.isoformat()}.txt", "Everything on record about you", data)


def documents(papers: Sequence[Row]) -> tuple[Drawing, ...]:
    """The documents that the person sent, as many as go with one message."""
    found: list[Drawing] = []
    left = MOST_BYTES
    for each in papers:
        left -= each["size"]
        if left >= 0:
            name = f"document-{each['id']}.{ENDINGS.get(each['media_type'], 'bin')}"
            found.append(Drawing(PAPER, name, f"Document {each['id']}", json.dumps({"id": each["id"]})))
    return tuple(found)


def of(errand: Errand, person_id: int) -> dict[str, list[Row]]:
    """The rows that are told, by table: what the office's staff is written to is about other people."""
    found = belongings.of(errand.work, person_id)
    return {name: rows for name, rows in found.items() if name not in LETTERS or not _is_staff(errand, person_id)}


def _is_staff(errand: Errand, person_id: int) -> bool:
    mine = {(each.channel, each.address) for each in people.addresses(errand.work, person_id)}
    return bool(held.of(errand.work, person_id) & roles.STAFF or mine & errand.house.staff)


def summary(mine: Mapping[str, Sequence[Row]]) -> str:
    """How much of what there is."""
    return "\n".join(f"- {TITLES[name]}: {len(rows)}" for name, rows in mine.items())


def text(errand: Errand, person_id: int) -> str:
    """All of it."""
    mine = of(errand, person_id)
    pen = _Pen(errand, local.zone(errand, person_id), _asked(errand, mine))
    blocks = [HEAD.format(pen.instant(errand.work.now), zones.in_words(pen.zone.key))]
    for name, rows in mine.items():
        blocks.append(_headed(TITLES[name], "\n\n".join(filter(None, (pen.row(name, row) for row in rows)))))
    return "\n\n".join([*blocks, _headed(NOT_HERE, _not_here(errand, person_id))]) + "\n"


def _headed(title: str, below: str) -> str:
    return f"{title}\n{'=' * len(title)}\n\n{below}"


def _not_here(errand: Errand, person_id: int) -> str:
    rules, hidden = errand.rules, belongings.hidden_notes(errand.work, person_id)
    lines = [APART, KEPT.format(rules.known_facts_days, rules.draft_days)]
    lines += [NOTES.format(hidden, rules.contact_email)] if hidden else []
    lines += [TO_STAFF] if _is_staff(errand, person_id) else []
    for reason in (NUMBERS, MACHINERY, SECRET, OTHERS, BLIND):
        columns = [each.rpartition(".")[2].replace("_", " ") for each, why in REASONS.items() if why == reason]
        lines.append(f"{reason}: {', '.join(columns)}")
    lines += [f"Not about you: {reason}" for reason in belongings.NOT_OF_A_PERSON.values()]
    return "\n".join(f"- {each}" for each in lines)


def _asked(errand: Errand, mine: Mapping[str, Sequence[Row]]) -> Mapping[str, Question[Any]]:
    """The questions whose answers are kept, by their keys."""
    found: dict[str, Question[Any]] = {}
    told = {row["key"]: row["words"] for name in ("fact", "answer") for row in mine.get(name, ())}
    for name in {"fees", "apply", *(row["script"] for row in mine.get("answer", ()))} & FORMS.keys():
        stage = Stage(FORMS[name].script, Facts(errand.today, errand.rules), told)
        with suppress(ScriptError):  # a form about something that is not at hand here
            found |= stage.scene.asked
    return found


def is_told(table: str, column: str) -> bool:
    """Whether a column is among what is told."""
    if column in REASONS or f"{table}.{column}" in REASONS:
        return False
    return (column != "id" and not column.endswith("_id")) or column == "set_id"


@dataclass(frozen=True)
class _Pen:
    """Writes rows as people read them: in their time zone, with the names of what they were asked."""

    errand: Errand
    zone: ZoneInfo
    asked: Mapping[str, Question[Any]]

    def row(self, table: str, row: Row) -> str:
        if table in LETTERS:
            return self._letter(row)
        told = ((column, value) for column, value in row.items() if is_told(table, column) and value not in (None, ""))
        return "\n".join(line for column, value in told for line in self._lines(table, column, value, row))

    def instant(self, instant: datetime) -> str:
        there = instant.astimezone(self.zone)
        return f"{day_in_words(there.date())}, {hour_in_words(there)}"

    def _lines(self, table: str, column: str, value: Any, row: Row) -> list[str]:
        label = LABELS.get(column, column.replace("_", " ").capitalize())
        if f"{table}.{column}" not in JSONS:
            return [f"{label}: {self._value(table, column, value, row)}"]
        nested = _nested(json.loads(value), "  ")
        return [f"{label}:", *nested] if nested else []

    def _value(self, table: str, column: str, value: Any, row: Row) -> str:
        if f"{table}.{column}" == "address.address" and (row["channel"], row["state"]) == ("email", "claimed"):
            return masked(value)
        if column in WRITTEN:
            return WRITTEN[column](self, value, row)
        if isinstance(value, datetime):
            return self.instant(value)
        if isinstance(value, bool):
            return "yes" if value else "no"
        return day_in_words(value) if isinstance(value, date) else str(value)

    def _letter(self, row: Row) -> str:
        message = letters.decode(row["body"])
        to = f"To {named(row['channel'])} ({row['address']}), {row['state']}" if "channel" in row else "Held"
        subject = [f"Subject: {message.subject}"] if message.subject else []
        choices = [f"- {each.label}" for each in message.choices]
        files = [f"[{each}]" for each in (*(each.name for each in message.files), *(d.name for d in message.drawings))]
        head = f"{to}, written {self.instant(row['created_at'])}"
        return "\n".join([head, *subject, message.text, *choices, *files])

    def set_name(self, value: str) -> str:
        return next((each.name for each in self.errand.house.competencies.sets if each.id == value), value)

    def question(self, key: str) -> str:
        """The label of what was asked, with its key."""
        return f"{self.asked[key].label} ({key})" if key in self.asked else key

    def words(self, value: str, row: Row) -> str:
        """The words, with the label of the choice that they meant."""
        question = self.asked.get(row.get("key", ""))
        meant = switching.shown(question, value) if question is not None else value
        return value if meant == value else f"{value} ({meant})"


def _nested(value: Any, before: str) -> list[str]:
    """A JSON value in lines; keys with an underscore before them are the program's own."""
    if isinstance(value, dict):
        pairs = [(str(key), each) for key, each in value.items() if not str(key).startswith("_")]
    elif isinstance(value, list):
        pairs = [(str(number), each) for number, each in enumerate(value, start=1)]
    else:
        return [f"{before}{value}"]
    lines: list[str] = []
    for key, each in pairs:
        is_plain = not isinstance(each, dict | list)
        lines += [f"{before}{key}: {each}"] if is_plain else [f"{before}{key}:", *_nested(each, f"{before}  ")]
    return lines


WRITTEN: Mapping[str, Callable[[_Pen, Any, Row], str]] = {
    "fee_cents": lambda _pen, value, _row: dollars(value),
    "amount_cents": lambda _pen, value, _row: dollars(value),
    "set_id": lambda pen, value, _row: pen.set_name(value),
    "key": lambda pen, value, _row: pen.question(value),
    "words": lambda pen, value, row: pen.words(value, row),
    "channel": lambda _pen, value, _row: named(value),
    "role": lambda _pen, value, _row: roles.MEANINGS.get(value, value),
    "script": lambda _pen, value, _row: FORMS[value].title if value in FORMS else value,
    "time_zone": lambda _pen, value, _row: f"{zones.in_words(value)} ({value})",
    "quiet": lambda _pen, value, _row: f"{quiet.in_words(quiet.of(value))}",
    "seconds": lambda _pen, value, _row: in_hours(Fraction(value, SECONDS)),
}
