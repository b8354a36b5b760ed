"""The last questions before a set is handed in: words that may tell who wrote it, what is in the links, and the yes."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.facts import Facts
from flows.program.figures import listed

NOT_ME = Choice("not me", "That is not me")
CHANGE = Choice("change", "I change it first")
ALSO: Mapping[str, str] = {
    **dict.fromkeys(("no", "not me", "none is me", "that's not me", "it is not me", "they are not me"), NOT_ME.key),
    **dict.fromkeys(("yes", "that is me", "that's me", "it is me"), CHANGE.key),
}
MOST_SHOWN = 12


@dataclass(frozen=True)
class HandedIn:
    """Whether the set is handed in; `passed` are the words that are not about the candidate."""

    set_id: str
    sure: bool
    passed: tuple[str, ...] = ()


def about(set_id: str, what: str, warned: Sequence[str], links: int) -> Mapping[str, str]:
    """What the form is about; `what` tells the size of it, `warned` are words that may tell who the candidate is."""
    return {"set": set_id, "what": what, "warned": json.dumps(list(warned)), "behind": str(links)}


async def script(talk: Talk, facts: Facts) -> HandedIn:
    set_id, warned = facts.about["set"], tuple(json.loads(facts.about["warned"]))
    name = facts.competencies.named(set_id).name
    if warned and await _is_the_candidate(talk, warned):
        return HandedIn(set_id, sure=False)
    if int(facts.about["behind"]):
        clean = await talk.yes_no(
            "links",
            "I cannot read everything that is behind links: pictures, videos, some documents. Are they free of your"
            " name, mail address, phone number and the name of your workplace?",
            label="Links are free of my name",
        )
        if not clean:
            return HandedIn(set_id, sure=False)
    sure = await talk.yes_no(
        "sure",
        f"{name}: {facts.about['what']}. While it is in review nothing of it can be changed. Hand it in now?",
        label="Hand in",
    )
    return HandedIn(set_id, sure, warned if sure else ())


async def _is_the_candidate(talk: Talk, warned: Sequence[str]) -> bool:
    shown = [f"“{each}”" for each in warned[:MOST_SHOWN]]
    more = f" and {len(warned) - MOST_SHOWN} more" if len(warned) > MOST_SHOWN else ""
    said = await talk.choice(
        "warned",
        f"The review is blind. These words may tell who you are or where you work: {listed(shown)}{more}. Are they"
        " about you?",
        (NOT_ME, CHANGE),
        label="Words that may tell who you are",
        also=ALSO,
    )
    return bool(said == CHANGE.key)
