"""A candidate's evidence as it is on record: what there is, for which competencies, and what is still to be placed."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from flows.dialog.unclear import Unclear
from flows.electives import Electives
from flows.placing import Placed
from flows.program import links, narrative
from flows.program import references as refs
from flows.program.competencies import CompetencySet, Reference
from flows.program.figures import listed, ranged
from handlers import telling
from handlers.exchange import Errand, Exchange
from handlers.standing import not_open
from storage import audit, candidacies, evidence, narratives, submissions
from storage.candidacies import Candidacy
from storage.evidence import Evidence, Unchecked
from storage.narratives import Piece
from storage.submissions import Submission

NOTHING = "There is no evidence on record yet. Send a link at any time, with a sentence about what it shows."
KEPT = "I keep {} under “to place”; `evidence` goes on with {}."
HOW = "`evidence` with the name of a set lists its competencies; `remove` with a number takes one back."
# What was found at a link that evaluators could not open, in a word.
TROUBLE: Mapping[str, str] = {
    "dead": "no such page",
    "login": "asks for a sign-in",
    "private share": "not shared with everybody",
    "refused": "leads where nobody else can open it",
}
# Why nothing of a set can be changed, by the state of its newest submission.
IN_HAND: Mapping[str, str] = {
    "checking": "is handed in already",
    "submitted": "is handed in for review already",
    "in review": "is in review",
    "met": "is complete already",
    "not met": "was reviewed for the last time; an approved course is the way left",
}
MET = "was found met; only what the review asks for is open"
MOST_SHOWN = 60  # characters of a link in a list


@dataclass(frozen=True)
class Collection:
    """What a candidate has on record: links, with the competencies of each by its id, and narratives.

    `submitted` gives the newest round of each set that was handed in.
    """

    candidacy: Candidacy
    pieces: tuple[Evidence, ...]
    places: Mapping[int, tuple[Reference, ...]] = field(default_factory=dict)
    complete: frozenset[str] = frozenset()
    chosen: tuple[str, ...] = ()
    told: tuple[Piece, ...] = ()
    submitted: Mapping[str, Submission] = field(default_factory=dict)

    @property
    def to_place(self) -> tuple[Evidence, ...]:
        return tuple(each for each in self.pieces if each.state == "to place")

    def for_set(self, set_id: str) -> dict[int, list[Evidence]]:
        """The pieces for each competency of a set that has any, by its number."""
        found: dict[int, list[Evidence]] = {}
        for piece in self.pieces:
            for _, number in (each for each in self.places.get(piece.id, ()) if each[0] == set_id):
                found.setdefault(number, []).append(piece)
        return dict(sorted(found.items()))

    @property
    def texts_to_place(self) -> tuple[Piece, ...]:
        return tuple(each for each in self.told if each.state == "to place")

    def narrative(self, set_id: str, number: int) -> tuple[Piece, ...]:
        """The pieces told about a competency, in their order."""
        return tuple(each for each in self.told if (each.set_id, each.number) == (set_id, number))

    def begun(self, set_id: str) -> frozenset[int]:
        """The competencies of a set for which there is evidence or a narrative."""
        return frozenset((*self.for_set(set_id), *(each.number for each in self.told if each.set_id == set_id)))

    def closed(self, reference: Reference) -> str:
        """Why nothing can be changed for a competency now, such as "is in review"; empty when it can."""
        set_id, number = reference
        if self.candidacy.state == "frozen":
            return "cannot be changed now, because your time is over and the office has yet to decide how it goes on"
        if self.candidacy.state != "active":
            return "cannot be changed, because your candidacy is not open any more"
        if set_id in self.complete:
            return "is complete already"
        now = self.submitted.get(set_id)
        if now is not None and now.state in IN_HAND:
            return IN_HAND[now.state]
        asked = json.loads(now.open_numbers) if now is not None else []
        return "" if not asked or number in asked else MET


def collection(ex: Exchange) -> Collection | None:
    """All that counts of the speaker's newest candidacy."""
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    return of(ex, candidacy) if candidacy is not None else None


def of(ex: Errand, candidacy: Candidacy) -> Collection:
    places: dict[int, tuple[Reference, ...]] = {}
    for each in evidence.placements(ex.work, candidacy.id):
        places[each.evidence_id] = (*places.get(each.evidence_id, ()), (each.set_id, each.number))
    complete = frozenset(each.set_id for each in candidacies.sets(ex.work, candidacy.id))
    pieces, chosen = evidence.of(ex.work, candidacy.id), evidence.chosen_sets(ex.work, candidacy.id)
    told = narratives.of(ex.work, candidacy.id)
    submitted = {each.set_id: each for each in submissions.of(ex.work, candidacy.id)}
    return Collection(candidacy, tuple(pieces), places, complete, tuple(chosen), tuple(told), submitted)


@dataclass(frozen=True)
class Put:
    """What placing links did: what is said, what is said after it, and for what each link that was placed is new."""

    said: tuple[str, ...]
    after: tuple[str, ...] = ()
    new: tuple[tuple[Evidence, tuple[Reference, ...]], ...] = ()


def place(ex: Exchange, placed: Placed) -> Put:
    """The answer to what links show goes on record."""
    mine = collection(ex)
    if mine is None or mine.candidacy.state != "active":
        return Put((not_open(mine.candidacy if mine is not None else None),))
    by_number = {each.number: each for each in mine.to_place}
    by_number |= {each.number: each for each in mine.pieces if each.number in placed.places}
    said, new = [], []
    for number, references in placed.places.items():
        if number in by_number:
            piece, open_ones = by_number[number], tuple(each for each in references if not mine.closed(each))
            said.append(_put(ex, mine, piece, references, open_ones))
            new.append((piece, tuple(each for each in open_ones if each not in mine.places.get(piece.id, ()))))
    left = len([each for each in mine.to_place if each.number not in placed.places])
    after = filter(None, (kept(left), HOW if said else ""))
    return Put(tuple(said), tuple(after), tuple(new))


def looked_at(errand: Errand, link: Unchecked, state: str, reason: str) -> bool:
    """Record what a look at a link found; whether the candidate was told, which is once, and only of a trouble."""
    if not evidence.checked(errand.work, link.id, state, reason) or state not in TROUBLE:
        return False
    told = f"About link {link.number} of your evidence ({_short(link.content)}): {reason}"
    then = f"Send it again once it opens, and I look anew; `remove {link.number}` takes it off your record."
    return telling.tell(errand, link.person_id, f"{told}\n{then}", subject="A link of your evidence")


def overview(ex: Exchange, mine: Collection) -> str:
    """Everything on record, by set, and what is still to be placed."""
    if not (mine.pieces or mine.told):
        return NOTHING
    lines = []
    for group in ex.house.competencies.sets:
        if begun := sorted(mine.begun(group.id)):
            lines.append(f"{group.name}: {covered(mine, group)}")
            lines += [f"- {number}: {_has(mine, group, number)}" for number in begun]
    texts = [f"“{narrative.beginning(each.words)}”" for each in mine.texts_to_place]
    if mine.to_place or texts:
        lines += ["To place:", *(f"- {each}" for each in (*map(_titled, mine.to_place), *texts))]
    return "\n".join([*lines, HOW])


def to_place(mine: Collection) -> str:
    """A sentence about what waits to be placed; empty when nothing does."""
    links, texts = len(mine.to_place), len(mine.texts_to_place)
    waiting = listed([counted(links)] * bool(links) + [f"{texts} texts" if texts > 1 else "one text"] * bool(texts))
    return f"To place: {waiting}; `evidence` goes on with {_them(links + texts)}." if waiting else ""


def _put(
    ex: Exchange, mine: Collection, piece: Evidence, references: Sequence[Reference], new: Sequence[Reference]
) -> str:
    told = not_added(ex, mine, references)
    if new:
        evidence.place(ex.work, piece.id, new)
        candidacies.touch(ex.work, mine.candidacy.id)
        for set_id in dict.fromkeys(set_id for set_id, _ in new):
            evidence.choose(ex.work, mine.candidacy.id, set_id)
        details = {"evidence": piece.number, "for": [f"{set_id} {number}" for set_id, number in new]}
        audit.record(ex.work, f"person {ex.speaker.person_id}", "placed", f"candidacy {mine.candidacy.id}", details)
        told.insert(0, f"Link {piece.number} is on record for {named(ex, new)}.")
    return " ".join(told)


def not_added(ex: Exchange, mine: Collection, references: Sequence[Reference]) -> list[str]:
    """Why nothing was added for some of the competencies, each reason once."""
    closed: dict[tuple[str, str], list[Reference]] = {}
    for each in references:
        if why := mine.closed(each):
            closed.setdefault((each[0], why), []).append(each)
    return [f"{_closed(ex, set_id, each, why)}, so nothing was added there." for (set_id, why), each in closed.items()]


def _closed(ex: Errand, set_id: str, references: Sequence[Reference], why: str) -> str:
    """What cannot be changed, and why: the whole set, or a competency that a revision leaves out."""
    return f"{named(ex, references) if why == MET else _set(ex, set_id).name} {why}"


def named(ex: Errand, references: Sequence[Reference]) -> str:
    """Competencies as people name them."""
    return refs.told(references, ex.house.competencies)


def electives_left(ex: Errand, mine: Collection) -> Electives:
    """Which electives are not begun, and how many are still to be chosen."""
    rules = ex.house.policy.on(mine.candidacy.admitted_on)
    left = tuple(each for each in rules.elective_sets if each not in {*mine.chosen, *mine.complete})
    begun = len(rules.elective_sets) - len(left)
    return Electives(left, max(0, rules.electives_needed - begun))


def remove(ex: Exchange, mine: Collection, number: int) -> str:
    piece = next((each for each in mine.pieces if each.number == number), None)
    if piece is None:
        return f"There is no evidence with the number {number} on your record; `evidence` lists what there is."
    if mine.candidacy.state != "active":
        return not_open(mine.candidacy)
    shut = next((each for each in mine.places.get(piece.id, ()) if mine.closed(each)), None)
    if shut is not None:
        return f"{_closed(ex, shut[0], [shut], mine.closed(shut))}, so its evidence stays as it is."
    evidence.remove(ex.work, piece.id)
    who, what = f"person {ex.speaker.person_id}", f"candidacy {mine.candidacy.id}"
    audit.record(ex.work, who, "removed", what, {"evidence": piece.number})
    return f"{_titled(piece).capitalize()} is removed. Send the link again to have it back."


def of_set(mine: Collection, group: CompetencySet) -> str:
    """Each competency of a set with what is on record for it."""
    lines = [
        " - ".join(filter(None, (f"{each.number}. {each.wording}", _has(mine, group, each.number))))
        for each in group.competencies
    ]
    how = f"`narrative {group.name.lower()} 1` reads back what you told, `write {group.name.lower()} 1` tells more."
    return "\n".join([f"{group.name}: {state(mine, group)}", *lines, how])


def state(mine: Collection, group: CompetencySet) -> str:
    """Where a set stands, without its name: complete, handed in, to be revised, or what there is of it."""
    if group.id in mine.complete:
        return "complete"
    now = mine.submitted.get(group.id)
    if now is not None and now.state in IN_HAND:
        return f"{IN_HAND[now.state].removeprefix('is ')} (receipt {now.receipt})"
    if now is not None and to_revise(mine, group.id):
        asked = json.loads(now.open_numbers)
        return f"to be revised: {ranged(asked) if asked else 'all of it'}"
    return covered(mine, group)


def to_revise(mine: Collection, set_id: str) -> bool:
    return set_id in mine.submitted and mine.submitted[set_id].state == "revise"


def covered(mine: Collection, group: CompetencySet) -> str:
    """For how many competencies of a set there is evidence, and for how many a narrative."""
    linked = len(mine.for_set(group.id))
    told = len({each.number for each in mine.told if each.set_id == group.id})
    narrative = f", narrative for {told}" if told else ""
    return f"evidence for {linked}{narrative} of {len(group)} competencies"


def _has(mine: Collection, group: CompetencySet, number: int) -> str:
    told = sum(len(each.words.split()) for each in mine.narrative(group.id, number))
    linked = [_titled(each) for each in mine.for_set(group.id).get(number, ())]
    return listed([*linked, *([f"{told:,} words"] if told else [])])


def keep(ex: Exchange, mine: Collection, found: Sequence[str], text: str) -> tuple[list[Evidence], tuple[str, ...]]:
    """Each link that was found in a text goes on record, where it is not yet; and why others cannot be taken."""
    known = {each.content: each for each in mine.pieces}
    kept: dict[str, Evidence] = {}
    refused = []
    for written in found:
        try:
            url = links.normal(written)
        except Unclear as reason:
            refused.append(f"{written[:MOST_SHOWN]}: {reason}")
            continue
        said = _around(text, written, alone=len(found) == 1)
        if url in known:
            evidence.look_again(ex.work, known[url].id)
        kept[url] = known.get(url) or evidence.add(ex.work, mine.candidacy.id, url, said)
    return list(kept.values()), tuple(refused)


def left_over(mine: Collection, found: Sequence[str], text: str) -> str:
    """A long text around links of which they take little with them; empty where it is short, or they take it."""
    known = {each.content: each.said for each in mine.pieces}
    taken = 0
    for written in found:
        try:
            said = known.get(links.normal(written))
        except Unclear:
            continue
        taken += narrative.count(_around(text, written, alone=len(found) == 1) if said is None else said)
    whole = without_links(text)
    return whole if narrative.count(whole) - taken > narrative.MANY else ""


def _around(text: str, link: str, *, alone: bool) -> str:
    """What is said about a link: the whole message, or its part of its line (or the line before, if it is bare)."""
    lines = [text] if alone else text.splitlines() or [""]
    at = next((place for place, line in enumerate(lines) if link in line), 0)
    words = without_links(lines[at]) if alone else _part(lines[at], link)
    return words if words or alone or not at else without_links(lines[at - 1])


def _part(line: str, link: str) -> str:
    """What a line says of one of its links: the words after it, or before it where it ends with a link; else all."""
    every = links.find(line)
    if len(every) < 2:
        return without_links(line)
    before, _, after = line.partition(link)
    follows = min((after.find(each) for each in every if each in after), default=len(after))
    begins = max((before.rfind(each) + len(each) for each in every if each in before), default=0)
    last_words = re.search(r"\w", line[line.rfind(every[-1]) + len(every[-1]) :])
    own = without_links(after[:follows] if last_words else before[begins:])
    return own if re.search(r"\w", own) else without_links(line)


def without_links(text: str) -> str:
    """The words of a text in their lines and paragraphs."""
    for each in links.find(text):
        text = text.replace(each, " ")
    lines = "\n".join(" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _titled(piece: Evidence) -> str:
    trouble = f"; {TROUBLE[piece.check_state]}" if piece.check_state in TROUBLE else ""
    return f"link {piece.number} ({_short(piece.content)}{trouble})"


def _short(url: str) -> str:
    return url if len(url) <= MOST_SHOWN else f"{url[: MOST_SHOWN - 3]}..."


def kept(count: int) -> str:
    """That so many links wait to be placed; empty for none."""
    return KEPT.format(counted(count), _them(count)) if count else ""


def counted(count: int) -> str:
    return "one link" if count == 1 else f"{count} links"


def _them(count: int) -> str:
    return "it" if count == 1 else "them"


def set_name(ex: Errand, set_id: str) -> str:
    return _set(ex, set_id).name


def _set(ex: Errand, set_id: str) -> CompetencySet:
    return ex.house.competencies.named(set_id)
