"""Links in a candidate's messages: kept whenever they come, then asked what they show; and the commands around them."""

import re
from collections.abc import Sequence
from typing import Any

from flows import placing
from flows.dialog.play import Scene
from flows.dialog.question import Question
from flows.dialog.unclear import Unclear
from flows.placing import Link
from flows.program import links
from handlers import evidence, forms
from handlers.exchange import Exchange, Reply
from storage import evidence as record
from storage.evidence import Evidence

NOT_YET = "Evidence is for candidates: it begins with admission, and `status` says where you stand."


def shown(ex: Exchange) -> Reply | None:
    """What is said to a candidate's message that holds links, which are on record from now on; None for all others.

    Inside another form they wait, unless the form asks for words: then they belong to the answer.
    """
    found = links.find(ex.message.text)
    mine = _at_work(ex) if found and not _belongs_to_an_answer(ex) else None
    if mine is None:
        return None
    kept, refused = _kept(ex, mine, found)
    if not kept:
        return forms.beside(ex, Reply(refused))
    here = ex.speaker.conversation
    if here is not None and here.script != "place":
        return forms.beside(ex, Reply((*refused, evidence.kept(len(kept)))))
    waiting = [each for each in mine.to_place if each not in kept] if here is not None else []
    return _asked(ex, mine, [*waiting, *kept]).after(*refused)


def shows(ex: Exchange) -> bool:
    """Whether a message holds links of somebody whose candidacy is open."""
    return bool(links.find(ex.message.text)) and _at_work(ex) is not None


def show(ex: Exchange, rest: str) -> Reply | None:
    """All evidence, or that for the set which the words name; outside a form what is still to be placed comes first."""
    mine = evidence.collection(ex)
    if mine is None:
        return Reply((NOT_YET,))
    if rest:
        group = ex.house.competencies.find_set(rest)
        return Reply((evidence.of_set(mine, group),)) if group is not None else None
    if mine.to_place and mine.candidacy.state == "active" and ex.speaker.conversation is None:
        return _asked(ex, mine, mine.to_place)
    return Reply((evidence.overview(ex, mine),))


def remove(ex: Exchange, rest: str) -> Reply | None:
    """The link of that number is taken off the record."""
    mine = evidence.collection(ex)
    return Reply((evidence.remove(ex, mine, int(rest)) if mine is not None else NOT_YET,)) if rest else None


def _at_work(ex: Exchange) -> evidence.Collection | None:
    mine = evidence.collection(ex)
    return mine if mine is not None and mine.candidacy.state == "active" else None


def _belongs_to_an_answer(ex: Exchange) -> bool:
    here = ex.speaker.conversation
    if here is None or here.script == "place":
        return False
    scene = forms.load(ex, here).stage.scene
    return not scene.over and any(each.free for each in _asked_here(ex, scene))


def _asked(ex: Exchange, mine: evidence.Collection, pieces: Sequence[Evidence]) -> Reply:
    """The form that asks what these links show, with the likeliest competencies of sets that are not complete."""
    guesses = ex.guess([f"{each.said} {each.content}" for each in pieces])
    asked = [
        Link(piece.number, piece.content, tuple(one for one in likely if one[0] not in mine.complete))
        for piece, likely in zip(pieces, guesses, strict=True)
    ]
    return forms.start_about(ex, "place", placing.about(asked))


def _asked_here(ex: Exchange, scene: Scene) -> Sequence[Question[Any]]:
    """A mail answers all that is open, a chat one question after the other."""
    return scene.open if ex.message.style == "mail" else (scene.question,)


def _kept(ex: Exchange, mine: evidence.Collection, found: Sequence[str]) -> tuple[list[Evidence], tuple[str, ...]]:
    """Each link on record, new or known, and why others cannot be taken."""
    known = {each.content: each for each in mine.pieces}
    kept: dict[str, Evidence] = {}
    refused = []
    for written in found:
        try:
            url = links.normal(written)
        except Unclear as reason:
            refused.append(f"{written[: evidence.MOST_SHOWN]}: {reason}")
            continue
        said = _around(ex.message.text, written, alone=len(found) == 1)
        if url in known:
            record.look_again(ex.work, known[url].id)
        kept[url] = known.get(url) or record.add(ex.work, mine.candidacy.id, url, said)
    return list(kept.values()), tuple(refused)


def _around(text: str, link: str, *, alone: bool) -> str:
    """What is said about a link: the whole message, or the line it stands in (with the one before, if it is bare)."""
    lines = [text] if alone else text.splitlines()
    at = next((place for place, line in enumerate(lines) if link in line), 0)
    words = _bare(lines[at])
    return (words if words or alone or not at else _bare(lines[at - 1]))[:2000]


def _bare(line: str) -> str:
    for each in links.find(line):
        line = line.replace(each, " ")
    return re.sub(r"\s+", " ", line).strip()
