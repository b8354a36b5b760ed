"""`lssc staff`: the office's commands, for whoever sits at the machine."""

import asyncio
import json
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot import settings
from bot.app import build
from bot.trouble import CommandError, UsageError
from handlers import convening, membership, moving, reporting, revoking, roles
from handlers.accounts import Refusal
from handlers.desk import acting, showing, words
from handlers.exchange import Errand
from storage import audit, desk, papers
from storage import roles as records
from storage.desk import Item
from storage.papers import Paper

T = TypeVar("T")
LONGEST = 50


def queue(args: Namespace) -> int:
    """What is to be settled, overdue first, then the oldest."""

    def look(errand: Errand) -> tuple[str, list[dict[str, object]]]:
        waiting = desk.queue(errand.work)
        return showing.queue(errand, waiting, LONGEST), [showing.as_json(errand, item) for item in waiting]

    text, items = _run(look)
    print(json.dumps(items, ensure_ascii=False) if args.json else text)
    return 0


def report(args: Namespace) -> int:
    """The weekly report, as of now."""
    text, told = _run(lambda errand: (reporting.told(errand), reporting.as_json(errand)))
    print(json.dumps(told, ensure_ascii=False) if args.json else text)
    return 0


def show(args: Namespace) -> int:
    """One item in full."""

    def look(errand: Errand) -> tuple[str, dict[str, object]]:
        item = _item(errand, args.id)
        thread = [{"at": each.at.isoformat(), "kind": each.kind, "author": each.author, "words": each.words}
                  for each in desk.notes(errand.work, item.id)]  # fmt: skip
        return showing.text(errand, item), {**showing.as_json(errand, item), "thread": thread}

    text, told = _run(look)
    print(json.dumps(told, ensure_ascii=False) if args.json else text)
    return 0


def settle(args: Namespace) -> int:
    """Does one of the things that may be done about an item."""
    outcome = _run(lambda errand: acting.do(errand, _actor(), args.id, args.action, args.note))
    how = ' Give it as --note "...".' if outcome.again and not args.note else ""
    return _told(args, f"{outcome.text}{how}", refused=outcome.refused)


def act(args: Namespace) -> int:
    """`reply`, `note`, `snooze` and `assign`."""

    def run(errand: Errand) -> str:
        return words.run(errand, _actor(), args.verb, _item(errand, args.id).id, args.text).paragraphs[0]

    said = _run(run)
    return _told(args, said, refused=isinstance(said, Refusal))


def certificate(args: Namespace) -> int:
    """`revoke` and `reinstate`: a desk item asks whether it is meant."""
    said = _run(lambda errand: revoking.asked(errand, _actor(), args.verb, f"{args.number} {args.text}"))
    return _told(args, said.replace("`settle", "`lssc staff settle"), refused=isinstance(said, Refusal))


def webinar(args: Namespace) -> int:
    """`add webinar ...`, `move webinar ...`, `attended ...`: what the office may type about webinars."""
    said = _run(lambda errand: convening.done(errand, _actor(), " ".join(args.words))).paragraphs[0]
    return _told(args, said, refused=isinstance(said, Refusal))


def document(args: Namespace) -> int:
    """Writes what somebody sent into a file that is not there yet; the audit tells who looked at it."""

    def look(errand: Errand) -> Paper:
        found = papers.get(errand.work, args.id)
        if found is None:
            raise CommandError(f"There is no document {args.id}.")
        audit.record(errand.work, _actor().name, "looked at a document", f"document {args.id}", {})
        return found

    paper = _run(look)
    with Path(args.file).open("xb") as file:
        file.write(paper.content)
    print(f"{paper.name} ({paper.media_type}) is in {args.file}.")
    return 0


def admit(args: Namespace) -> int:
    """Takes in somebody who was admitted before this program kept the record."""
    complete = {name: _day(day, "--set") for name, _, day in (each.partition("=") for each in args.set)}
    admitted = _day(args.on, "--on")

    def take(errand: Errand) -> str:
        return moving.admit_directly(errand, _actor(), args.name, args.email, admitted, complete)

    said = _run(take)
    return _told(args, said, refused=isinstance(said, Refusal))


def _day(given: str, option: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(f"{option} needs a day such as 2025-03-01, not {given!r}.") from None


def add(args: Namespace) -> int:
    """Gives somebody a role."""
    return _changed(args, lambda errand: membership.add(errand, _actor(), args.address, args.role, args.seat))


def remove(args: Namespace) -> int:
    """Takes a role, or all of them, from somebody."""
    return _changed(args, lambda errand: membership.remove(errand, _actor(), args.address, args.role))


def everybody(args: Namespace) -> int:
    """Who has which role."""

    def look(errand: Errand) -> tuple[str, list[dict[str, object]]]:
        held = records.everybody(errand.work)
        rows: list[dict[str, object]] = [
            {"person": showing.who(errand, each.person_id), "role": each.role, "seat": each.seat, "chair": each.chair}
            for each in held
        ]
        return membership.told(errand), rows

    text, rows = _run(look)
    print(json.dumps(rows, ensure_ascii=False) if args.json else text)
    return 0


def _changed(args: Namespace, change: Callable[[Errand], membership.Changed]) -> int:
    changed = _run(change)
    return _told(args, changed.text, refused=not changed.done)


def _told(args: Namespace, text: str, *, refused: bool = False) -> int:
    if args.json:
        print(json.dumps({"done": not refused, "text": text}, ensure_ascii=False))
        return int(refused)
    if refused:
        raise CommandError(text)
    print(text)
    return 0


def _actor() -> roles.Actor:
    return roles.at_the_keyboard(settings.user_name())


def _item(errand: Errand, number: int) -> Item:
    item = desk.by_id(errand.work, number)
    if item is None:
        raise CommandError(words.NO_ITEM.format(number=number))
    return item


def _run(what: Callable[[Errand], T]) -> T:
    """What `what` gives, in one transaction; what it wrote to people goes out, here or by the running service."""

    async def run() -> T:
        app = build(settings.read())
        try:
            result = await app.errand(what)
            await app.delivery.settled()
            return result
        finally:
            await app.close()

    return asyncio.run(run())
