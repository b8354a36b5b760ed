"""Who is speaking: the first words to a stranger, and where somebody known stands."""

from dataclasses import replace

from flows.dialog.speech import Choice, Inbound
from flows.registry import FORMS
from handlers import applications, confirming, forms, holders, local
from handlers import standing as standings
from handlers.exchange import Exchange, Reply
from handlers.offers import PERSON, PROGRESS, REVIEWS, STATUS
from notifications import compose, notices
from storage import evaluators, people
from storage.database import Work
from storage.people import Speaker

CORRECT = Choice("apply", "Correct my application")
LONGEST_NAME = 100
FIRST_CHOICES = tuple(Choice(name, FORMS[name].invitation) for name in ("eligibility", "fees", "apply"))


def named(work: Work, speaker: Speaker, message: Inbound) -> Speaker:
    """Somebody who was on record before they ever spoke gets the name that their channel tells."""
    name = message.name[:LONGEST_NAME]
    if speaker.name or not name or speaker.address_state != "proved" or message.trust != "proved":
        return speaker
    people.name(work, speaker.person_id, name)
    return replace(speaker, name=name)


def welcome(ex: Exchange) -> Reply:
    """The first reply to anyone who asked nothing yet."""
    return Reply((introduction(ex),), extras=FIRST_CHOICES, introduced=True)


def introduction(ex: Exchange) -> str:
    return compose.text(notices.Welcome(ex.rules.known_facts_days))


def introduced(ex: Exchange, reply: Reply) -> Reply:
    """The first words, before a form or the reply to a command; a stranger's question is answered first."""
    if reply.in_form:
        return reply.after(introduction(ex))
    if not any(choice.key.startswith(("entry:", "webinar:")) for choice in reply.extras):
        reply = replace(reply, extras=(*FIRST_CHOICES, PERSON) if PERSON in reply.extras else FIRST_CHOICES)
    if not ex.thoughts:
        return reply.after(introduction(ex))
    return replace(reply, paragraphs=(*reply.paragraphs, introduction(ex)))


def greeting(ex: Exchange) -> Reply:
    """Where somebody known stands, and the next step; with nothing under way, what they can do."""
    if standings.status(ex) is not None:
        return standing(ex).after("Hello again!")
    draft = forms.draft(ex, "apply")
    if draft is None:
        return menu(ex).after("Hello again!")
    note = (
        f"Hello again! Your application of {local.day_told(ex, ex.speaker.person_id, draft.opened_at)} is not finished."
    )
    others = FIRST_CHOICES[:2]
    return Reply((note,), extras=(Choice("apply", "Go on with my application"), *others))


def standing(ex: Exchange) -> Reply:
    """Where this person stands, as applicant or candidate."""
    state = standings.status(ex)
    if state is None:
        return Reply(("You have not applied yet.",), extras=FIRST_CHOICES)
    waits = confirming.waits(ex, ex.speaker.person_id)
    text = " ".join(filter(None, (state, holders.line(ex, ex.speaker.person_id), waits)))
    return Reply((text,), extras=(CORRECT,) if applications.returned(ex) else ())


def menu(ex: Exchange) -> Reply:
    if applications.is_candidate(ex):
        return Reply(("What would you like to do? You can also just ask.",), extras=(PROGRESS, PERSON))
    if applications.returned(ex):
        return Reply(("What would you like to do?",), extras=(CORRECT, STATUS, PERSON))
    if applications.is_waiting(ex):
        return Reply(
            ("What would you like to do?",),
            extras=(STATUS, *FIRST_CHOICES[:2]),
        )
    if evaluators.find(ex.work, ex.speaker.person_id) is not None:
        return Reply(("What would you like to do? You can also just ask.",), extras=(REVIEWS, PERSON))
    return Reply(("What would you like to do? You can also just ask.",), extras=FIRST_CHOICES)
