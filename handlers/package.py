"""A set as it is handed in: everything its evaluators will see, and what tells who made it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flows.program.blindness import Identity
from flows.program.competencies import CompetencySet
from flows.program.preflight import Link, Part, Portfolio, Told
from handlers.evidence import Collection
from handlers.exchange import Errand
from storage import applications, people, profiles
from storage.submissions import Submission

SAME = "(The same text as for {}.)"
LEARNED = {"prior": "prior learning", "new": "new learning", "both": "prior and new learning"}


def identity(errand: Errand, person_id: int) -> Identity:
    """Everything on record that tells who a person is."""
    told = [json.loads(each.details) for each in applications.of(errand.work, person_id)]
    names = [people.named(errand.work, person_id), *(each.get("Name", "") for each in told)]
    mails = [each.address for each in people.addresses(errand.work, person_id) if each.channel == "email"]
    mails += [each.get("Email", "") for each in told]
    libraries = [profiles.of(errand.work, person_id).library, *(each.get("Library", "") for each in told)]
    return Identity(_given(names), _given(mails), (), _given(libraries))


def portfolio(mine: Collection, group: CompetencySet) -> Portfolio:
    """What would be handed in for a set now; after a revision request, only what it asks for."""
    asked, linked = open_numbers(mine, group.id), mine.for_set(group.id)
    parts = (
        Part(
            each.number,
            tuple(
                Told(piece.words, piece.learning, piece.proof, piece.course)
                for piece in mine.narrative(group.id, each.number)
            ),
            tuple(Link(link.number, link.content, link.check_state or "") for link in linked.get(each.number, ())),
        )
        for each in group.competencies
        if not asked or each.number in asked
    )
    return Portfolio(group, tuple(parts))


def open_numbers(mine: Collection, set_id: str) -> list[int]:
    """The competencies that a revision asks for; empty for all."""
    now = mine.submitted.get(set_id)
    return json.loads(now.open_numbers) if now is not None and now.open_numbers else []


def size(it: Portfolio) -> str:
    """13 competencies, 2,150 words, 14 links."""
    counts = (
        (len(it.parts), "competency", "competencies"),
        (it.words, "word", "words"),
        (len(it.links), "link", "links"),
    )
    return ", ".join(f"{number:,} {one if number == 1 else many}" for number, one, many in counts)


def links(now: Submission) -> list[str]:
    """The links that are to be looked at: those of this round, each once."""
    parts = [each for each in json.loads(now.contents)["competencies"] if not each.get("before")]
    return list(dict.fromkeys(link["url"] for part in parts for link in part["links"]))


def shown(errand: Errand, now: Submission) -> list[str]:
    """What evaluators are going to see of a set, in lines."""
    group = errand.house.competencies.named(now.set_id)
    return [f"{group.name}, receipt {now.receipt}, round {now.round}", *lines(json.loads(now.contents))]


def lines(told: Mapping[str, Any]) -> list[str]:
    """The frozen contents of a submission as its evaluators read them: nothing here tells who the candidate is.

    A text that serves several competencies is told once.
    """
    shown = [f"Guidelines: {told['guidelines']}"] if told.get("guidelines") else []
    first: dict[str, int] = {}
    for part in told["competencies"]:
        kept = " (as in the round before)" if part.get("before") else ""
        shown += ["", f"{part['number']}. {part['wording']}{kept}"]
        for piece in part["narrative"]:
            about = [
                _learned(piece["learning"]),
                _labelled("proof", piece["proof"]),
                _labelled("course", piece["course"]),
            ]
            before = first.setdefault(piece["words"], part["number"])
            words = piece["words"] if before == part["number"] else SAME.format(before)
            shown += [words, f"({'; '.join(filter(None, about))})"]
        shown += [f"- {link['url']}" for link in part["links"]]
    return shown


def _learned(learning: str) -> str:
    return LEARNED.get(learning, "")


def _labelled(label: str, words: str) -> str:
    return f"{label}: {words}" if words else ""


def contents(it: Portfolio, round_: int, guide: str, before: Submission | None) -> Mapping[str, object]:
    """All that evaluators will see, with the version of the guidelines that it was made by.

    What a revision does not ask for is as it was in the round `before`.
    """
    now = {part.number: part for part in it.parts}
    kept = (
        {each["number"]: each | {"before": True} for each in json.loads(before.contents)["competencies"]}
        if before
        else {}
    )
    parts = [
        _part(it.group, now[each.number]) if each.number in now else kept[each.number]
        for each in it.group.competencies
        if each.number in now or each.number in kept
    ]
    return {"set": it.group.id, "round": round_, "guidelines": guide, "competencies": parts}


def _part(group: CompetencySet, part: Part) -> Mapping[str, object]:
    known = group.competency(part.number)
    return {
        "number": part.number,
        "wording": known.wording if known else "",
        "narrative": [
            {"words": each.words, "learning": each.learning, "proof": each.proof, "course": each.course}
            for each in part.narrative
        ],
        "links": [{"number": each.number, "url": each.url} for each in part.links],
    }


def _given(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.strip() for each in words if each and each.strip()))
