"""A message outside any form: a choice that was offered, a command, a greeting, or a question."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from flows.dialog.kinds import tidy
from flows.dialog.speech import Choice
from handlers import (
    answers,
    applications,
    changing,
    commands,
    forms,
    handoff,
    linking,
    logbook,
    offers,
    people,
    profile,
    records,
    stopping,
    webinars,
    whereabouts,
)
from handlers.exchange import Exchange, Reply
from handlers.review import committee, evaluating, practicing, willing
from notifications import compose, notices

CLOSED = "That choice is no longer open."
REMIND_ME = Choice(commands.START, "Remind me again")


def reply(ex: Exchange) -> Reply:
    key = offers.picked(ex.speaker.offer, ex.message.text)
    if key is not None:
        return follow(ex, key)
    command = commands.find(ex.message.text)
    if command is not None:
        done = run(ex, *command)
        if done is not None:
            return done
    if (told := changing.zone_told(ex)) is not None:
        return told
    if not (said := tidy(ex.message.text[:200])):
        return people.menu(ex).after("That message was empty.")
    if linking.code_in(said):
        return RUN["link"](ex)
    if said.rstrip(".)").isdecimal():
        return people.menu(ex).after("There is no list just now that a number could belong to.")
    return _question(ex)


def follow(ex: Exchange, key: str) -> Reply:
    """Where an offered choice leads: an entry, a vote on an answer, an address to unlink, or a command."""
    kind, _, rest = key.partition(":")
    if kind == "entry":
        return answers.entry(ex, rest)
    if kind in ("helped", "missed"):
        known = ex.house.entry(rest) is not None  # what a button carries can be made up
        return answers.judged(ex, rest, kind == "helped") if known else Reply((CLOSED,))
    if kind == "practice":
        return practicing.chosen(ex)
    if kind in CHOSEN and rest:
        return CHOSEN[kind](ex, rest)
    done = run(ex, key) if key in commands.ANYWHERE else None
    return done or people.menu(ex).after(CLOSED)


def run(ex: Exchange, command: str, rest: str = "") -> Reply | None:
    """A command outside any form; None where the words after it are none of its own."""
    if command in commands.FORMS:
        return _form(ex, command)
    if command in records.RUN:
        return records.RUN[command](ex, rest)
    if command == "change" and (done := changing.otherwise(ex, rest)) is not None:
        return done
    return RUN.get(command, _no_form)(ex)


def _form(ex: Exchange, name: str) -> Reply:
    if name == "withdraw" and applications.is_candidate(ex) and not applications.is_waiting(ex):
        return profile.RUN["leave program"](ex)
    refused = applications.refused(ex, name)
    if refused:
        return people.menu(ex).after(refused)
    return forms.start(ex, name)


def _question(ex: Exchange) -> Reply:
    thought = ex.think()
    if ex.speaker.new and thought.kind == "smalltalk":
        return people.welcome(ex)
    if answers.is_greeting(thought):
        return people.greeting(ex)
    return answers.reply(ex, thought)


def _no_form(ex: Exchange) -> Reply:
    return people.menu(ex).after("No form is open just now.")


def _menu(ex: Exchange) -> Reply:
    """Telegram's own `/start` tells whoever stopped something how it comes again."""
    if stopping.restarts(ex):
        return stopping.everything(ex)
    stopped = stopping.asleep(ex) if commands.bare(ex.message.text) == "start" else ""
    shown = people.menu(ex)
    return replace(shown, extras=(*shown.extras, REMIND_ME)).after(stopped) if stopped else shown


def _help(ex: Exchange) -> Reply:
    rules = ex.rules
    return Reply((compose.text(notices.Help(False, rules.contact_email, rules.contact_phone)),))


# Choices that name what they are about.
CHOSEN: Mapping[str, Callable[[Exchange, str], Reply]] = {
    "leave": profile.leaving,
    "forget": profile.forgetting,
    "ballot": committee.chosen,
    "review": evaluating.chosen,
    "willing": willing.chosen,
    "unlink": profile.chosen,
    "another": logbook.another,
    "webinar": lambda ex, rest: forms.beside(ex, webinars.chosen(ex, rest)),
    whereabouts.CHOICE: changing.zone_chosen,
}
RUN: Mapping[str, Callable[[Exchange], Reply]] = {
    "menu": _menu,
    "help": _help,
    "status": people.standing,
    "person": handoff.begin,
    "resume": lambda ex: people.menu(ex).after(handoff.resume(ex)),
    "keep waiting": lambda ex: Reply((handoff.wait(ex),)),
    "stop": stopping.stop,
    "back": lambda ex: evaluating.back(ex) or _no_form(ex),
    commands.START: stopping.start,
    **profile.RUN,
}
