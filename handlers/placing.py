"""Links in a candidate's messages: kept whenever they come, then asked what they show; and the commands around them."""

from collections.abc import Sequence
from typing import Any

from flows import placing
from flows.dialog.play import Scene
from flows.dialog.question import Question
from flows.placing import Link
from flows.program import links, mentions
from flows.program.competencies import Reference
from flows.registry import RECORD
from handlers import commands, evidence, forms, narrative
from handlers.exchange import Exchange, Reply
from handlers.loading import load
from handlers.standing import not_open
from storage.evidence import Evidence

NOT_YET = "Evidence is for candidates: it begins with admission, and `status` says where you stand."

MOST_OFFERED = 3
FOR_THE_OFFICE = ("completed", "recognition")


def shown(ex: Exchange) -> Reply | None:
    """What is said to a candidate's message that holds links, which are on record from now on; None for all others.

    Inside another form they wait, unless the form asks for words: then they belong to the answer.
    """
    found = _links(ex)
    mine = evidence.collection(ex) if found and not belongs_to_an_answer(ex) else None
    if mine is None:
        return None
    if mine.candidacy.state != "active":
        return _refused(ex, mine)
    text = evidence.left_over(mine, found, ex.message.text)
    aside = narrative.aside(ex, mine, text) if text else ""
    kept, refused = evidence.keep(ex, mine, found, "" if text else ex.message.text)
    if not kept:
        return forms.beside(ex, Reply((*refused, aside)))
    here = ex.speaker.conversation
    if here is not None and here.script != "place":
        return forms.beside(ex, Reply((*refused, aside, evidence.kept(len(kept)))))
    waiting = [each for each in mine.to_place if each not in kept] if here is not None else []
    return asked(ex, mine, [*waiting, *kept]).after(*refused, aside)


def _refused(ex: Exchange, mine: evidence.Collection) -> Reply | None:
    """A link alone was meant as evidence; a question that holds one is answered, and so is whoever is certified."""
    if "?" in evidence.without_links(ex.message.text) or mine.candidacy.state == "certified":
        return None
    return forms.beside(ex, Reply((not_open(mine.candidacy),)))


def shows(ex: Exchange) -> bool:
    """Whether a message holds links of somebody whose candidacy is open."""
    return bool(_links(ex)) and _at_work(ex) is not None


def _links(ex: Exchange) -> Sequence[str]:
    """Links that are evidence; those of a signed form, or of a certificate of another program, are for the office."""
    command = commands.find(ex.message.text)
    return () if command and command[0] in FOR_THE_OFFICE else links.find(ex.message.text)


def remove(ex: Exchange, number: int) -> Reply:
    """The link of that number is taken off the record."""
    mine = evidence.collection(ex)
    return Reply((evidence.remove(ex, mine, number) if mine is not None else NOT_YET,), matter=RECORD)


def _at_work(ex: Exchange) -> evidence.Collection | None:
    mine = evidence.collection(ex)
    return mine if mine is not None and mine.candidacy.state == "active" else None


def belongs_to_an_answer(ex: Exchange) -> bool:
    """Whether another form is open that asks for words."""
    here = ex.speaker.conversation
    if here is None or here.script == "place":
        return False
    scene = load(ex, here).stage.scene
    return not scene.over and any(each.free for each in _asked_here(ex, scene))


def asked(ex: Exchange, mine: evidence.Collection, pieces: Sequence[Evidence]) -> Reply:
    """The form that asks what these links show, with the likeliest competencies of sets that are not complete."""
    guesses = ex.guess([f"{each.said} {each.content}" for each in pieces])
    asked = [
        Link(piece.number, piece.content, _likely(ex, mine, piece, guessed))
        for piece, guessed in zip(pieces, guesses, strict=True)
    ]
    return forms.start_about(ex, "place", placing.about(asked, evidence.electives_left(ex, mine)))


def _likely(
    ex: Exchange, mine: evidence.Collection, piece: Evidence, guessed: Sequence[Reference]
) -> tuple[Reference, ...]:
    """What is named beside a link comes before what is guessed, and guesses in a named set before others."""
    named = mentions.references(piece.said, ex.house.competencies)
    sets = mentions.sets(piece.said, ex.house.competencies)
    ranked = (*named, *sorted(guessed, key=lambda each: each[0] not in sets))
    open_ones = tuple(dict.fromkeys(each for each in ranked if each[0] not in mine.complete))
    return open_ones[: max(MOST_OFFERED, len(named))]


def _asked_here(ex: Exchange, scene: Scene) -> Sequence[Question[Any]]:
    """A mail answers all that is open, a chat one question after the other."""
    return scene.open if ex.message.style == "mail" else (scene.question,)
