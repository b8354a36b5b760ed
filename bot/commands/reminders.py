"""`lssc reminders`: the rules, and what one of them would say to whom."""

import asyncio
import json
from argparse import Namespace
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import TypeVar

from bot import clock, settings, values
from bot.app import build
from bot.trouble import CommandError, UsageError
from flows.program.figures import day_in_words
from flows.program.reminding import Rule
from handlers.exchange import Errand
from handlers.reminders import planning, trying
from notifications import reminders
from storage import people

T = TypeVar("T")

OVER = "(nothing: it is over by now)"


def listed(args: Namespace) -> int:
    """The rules with their steps."""
    rules = reminders.rules().values()
    if args.json:
        told = [{"rule": each.name, "for": each.audience, "kind": each.kind, "steps": [one.words for one in each.steps],
                 "essential": each.essential or None} for each in rules]  # fmt: skip
        print(json.dumps(told, ensure_ascii=False))
    else:
        for each in rules:
            print(f"{each.name}: {', '.join(one.words for one in each.steps)} ({each.audience}; stop {each.kind})")
    return 0


def preview(args: Namespace) -> int:
    """What a rule would say to a person, or how many it would reach at the next tick."""
    rule = reminders.rules().get(args.rule)
    if rule is None:
        raise UsageError(f"There is no reminder {args.rule!r}; `lssc reminders list` has them all.")
    if bool(args.person) == args.count:
        raise UsageError("Please say either --person ADDRESS or --count.")
    return _count(args, rule) if args.count else _to_person(args, rule)


def _to_person(args: Namespace, rule: Rule) -> int:
    def look(errand: Errand) -> list[trying.Tried]:
        person_id = people.find(errand.work, *_address(args.person))
        if person_id is None:
            raise CommandError(f"Nobody has the address {args.person}.")
        return trying.preview(errand, person_id, rule, now=bool(args.at))

    found = _run(look, _time(args.at))
    if args.json:
        told = [{"step": each.step, "day": each.day.isoformat(), "text": each.text or None} for each in found]
        print(json.dumps(told, ensure_ascii=False))
    elif not found:
        print(f"{args.person} is not among the {rule.audience}.")
    for each in [] if args.json else found:
        print(f"{each.step}, {day_in_words(each.day)}:\n{each.text or OVER}\n")
    return 0


def _count(args: Namespace, rule: Rule) -> int:
    def look(errand: Errand) -> dict[int, int]:
        planning.settle(errand)
        return planning.counted(errand, rule)

    found = _run(look, _time(args.at))
    counts = {step.words: found.get(number, 0) for number, step in enumerate(rule.steps)}
    if args.json:
        print(json.dumps(counts))
    else:
        print("\n".join(f"{words}: {number}" for words, number in counts.items()))
    return 0


def _address(given: str) -> tuple[str, str]:
    channel, _, address = given.rpartition(":")
    channel = channel or "email"
    return channel, people.spelled(channel, address)


def _time(given: str) -> datetime | None:
    try:
        return values.instant(given) if given else None
    except values.Unfit as error:
        raise UsageError(f"--at must be {error}, not {given!r}.") from None


class _Undone(Exception):
    """What was tried is not to be kept."""


def _run(what: Callable[[Errand], T], at: datetime | None) -> T:
    """What `what` gives, in a transaction of which nothing stays."""

    async def run() -> T:
        app = build(settings.read(), clock=clock.fixed(at) if at else None)
        found: list[T] = []

        def tried(errand: Errand) -> None:
            found.append(what(errand))
            raise _Undone

        try:
            with suppress(_Undone):
                await app.errand(tried)
            return found[0]
        finally:
            await app.close()

    return asyncio.run(run())
