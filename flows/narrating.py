"""What a candidate tells about a competency: where it belongs, what kind of learning it is, and what proves it."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flows import electives
from flows.dialog import kinds
from flows.dialog.question import Question
from flows.dialog.speech import Choice
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.electives import Electives
from flows.facts import Facts
from flows.program import narrative, references
from flows.program.competencies import Competencies, Reference

NONE_LEFT = Electives()
LATER = Choice("later", "Leave it for later")
OTHER = Choice("other", "Another one")
NOT_THIS = Choice("nothing", "It is no narrative")
PRIOR = Choice("prior", "Prior learning")
NEW = Choice("new", "New learning")
BOTH = Choice("both", "Both")
ALSO: Mapping[str, str] = {
    **dict.fromkeys(("experience", "from experience", "old", "earlier", "earlier experience", "work"), PRIOR.key),
    **dict.fromkeys(("newly learned", "learned new", "new"), NEW.key),
    **dict.fromkeys(("prior and new", "a mix", "mixed", "some of both"), BOTH.key),
}
PROOF_LATER = Choice("later", "I add it later")
IN_THE_TEXT = Choice("in the text", "My text says it")
NO_COURSE = frozenset(("no", "none", "no course", "nothing", "not really", "n", "nope"))
LONGEST_PROOF = 2000
KINDS: Mapping[str, str] = {"prior": "prior learning", "new": "new learning", "both": "prior and new learning"}


@dataclass(frozen=True)
class Written:
    """New words for a competency; `piece` is the piece that they replace, 0 for a further one.

    There are none when its set would be a further elective, and is not wanted.
    """

    reference: Reference
    piece: int
    words: str


@dataclass(frozen=True)
class Narrated:
    """What was said of the text with this id: competencies (none: not said yet), learning, proof, and a past course.

    `also` are further texts with a place, of which the same learning and proof are said. `helped` tells, per
    competency, how the course helped. `dropped`: it is no narrative at all.
    """

    text: int
    places: tuple[Reference, ...] = ()
    learning: str = ""
    proof: str = ""
    course: str = ""
    helped: Mapping[Reference, str] = field(default_factory=dict)
    dropped: bool = False
    also: tuple[int, ...] = ()


def about(
    text: int,
    words: str,
    likely: tuple[Reference, ...] = (),
    placed: tuple[Reference, ...] = (),
    left: Electives = NONE_LEFT,
    also: tuple[int, ...] = (),
) -> Mapping[str, str]:
    """What the form about a text is about; `placed` are the competencies that it belongs to already.

    `left` are the electives that are not begun, `also` the ids of further texts of which the same is said.
    """
    return {
        "text": str(text),
        "beginning": narrative.beginning(words),
        "words": str(narrative.count(words)),
        "course": "yes" if narrative.tells_of_a_course(words) and not also else "",
        "likely": json.dumps(likely),
        "placed": json.dumps(placed),
        "also": json.dumps(also),
        **left.pinned(),
    }


def about_writing(reference: Reference, piece: int, left: Electives = NONE_LEFT) -> Mapping[str, str]:
    """What the form that takes new words is about; `left` as in `about`."""
    return {"set": reference[0], "number": str(reference[1]), "piece": str(piece), **left.pinned()}


async def write(talk: Talk, facts: Facts) -> Written:
    reference, piece = (facts.about["set"], int(facts.about["number"])), int(facts.about["piece"])
    if not await electives.wanted(talk, facts, (reference,)):
        return Written(reference, piece, "")
    what = f"Please write piece {piece} anew" if piece else "Please write what you know and can do, and how you learned"
    words = await talk.text(
        "words",
        f"{named(facts.competencies, reference, short=True)}.\n{what}; links may stand in it.",
        longest=narrative.LONGEST,
        lines=True,
        label="Text",
        verbatim=True,
    )
    return Written(reference, piece, words)


async def script(talk: Talk, facts: Facts) -> Narrated:
    text = int(facts.about["text"])
    places = _references(facts.about["placed"])
    if not places:
        said = await _where(talk, facts)
        if isinstance(said, str):
            return Narrated(text, dropped=said == NOT_THIS.key)
        places = await electives.wanted(talk, facts, said)
        if not places:
            return Narrated(text)
    also = tuple(json.loads(facts.about["also"]))
    them = f"Do these {len(also) + 1} texts" if also else "Does it"
    learning = await talk.choice(
        "learning",
        f"{them} tell of prior learning (from work or experience before), of new learning, or of both?",
        (PRIOR, NEW, BOTH),
        label="Learning",
        also=ALSO,
    )
    proof = await _proof(talk) if learning in ("prior", "both") else ""
    course = await _course(talk) if facts.about["course"] else ""
    helped = await _helped(talk, facts.competencies, course, places) if course else {}
    return Narrated(text, places, learning, proof, course, helped, also=also)


async def _where(talk: Talk, facts: Facts) -> tuple[Reference, ...] | str:
    likely = _references(facts.about["likely"])
    choices = (*(Choice(_key(each), named(facts.competencies, each, short=True)) for each in likely), *_others(likely))
    chosen = kinds.choice(choices)

    def read(words: str) -> tuple[Reference, ...] | str:
        try:
            key = chosen(words)
        except Unclear:
            if not any(character.isdigit() for character in words):
                raise
            return references.read(words, facts.competencies)
        return key if key in (OTHER.key, LATER.key, NOT_THIS.key) else ((key.rpartition(" ")[0], int(key.split()[-1])),)

    counted = narrative.counted(int(facts.about["words"]))
    asked: Question[tuple[Reference, ...] | str] = talk.ask(
        "where",
        f"Add these {counted} (“{facts.about['beginning']}”) to the narrative of a competency?",
        read,
        choices=choices,
        label="Competency",
        example=references.EXAMPLE,
    )
    said = await asked
    if said != OTHER.key:
        return said
    return await talk.ask(
        "other",
        "Which set and number? A set’s competencies are listed by its name after `evidence`.",
        lambda words: references.read(words, facts.competencies),
        label="Competency",
        example=references.EXAMPLE,
    )


def _others(likely: tuple[Reference, ...]) -> tuple[Choice, ...]:
    return (OTHER, LATER, NOT_THIS) if likely else (LATER, NOT_THIS)


def _text_unless(instead: Choice) -> Callable[[str], str]:
    """A short text; empty where the choice is taken instead."""
    chosen = kinds.choice((instead,))

    def read(words: str) -> str:
        try:
            chosen(words)
        except Unclear:
            return kinds.text(words, longest=LONGEST_PROOF, lines=True)
        return ""

    return read


def _proof(talk: Talk) -> Question[str]:
    return talk.ask(
        "proof",
        "What shows that you had that experience? A link, or a few words, such as “letter of my supervisor”.",
        _text_unless(PROOF_LATER),
        choices=(PROOF_LATER,),
        label="Proof of the experience",
        free=True,
        verbatim=True,
    )


def _course(talk: Talk) -> Question[str]:
    def read(words: str) -> str:
        said = kinds.text(words)
        return "" if said.lower().rstrip(".!") in NO_COURSE else said

    return talk.ask(
        "course",
        "It seems to tell of a course or a workshop. What was it called? (`no` if it was none.)",
        read,
        label="Course",
        free=True,
        verbatim=True,
    )


async def _helped(
    talk: Talk, competencies: Competencies, course: str, places: tuple[Reference, ...]
) -> Mapping[Reference, str]:
    said = await talk.form(*(_how(talk, named(competencies, each, short=True), course, each) for each in places))
    return {each: words for each, words in zip(places, said, strict=True) if words}


def _how(talk: Talk, name: str, course: str, reference: Reference) -> Question[str]:
    return talk.ask(
        f"helped.{reference[0]}.{reference[1]}",
        f"How did {course} help you with {name}?",
        _text_unless(IN_THE_TEXT),
        choices=(IN_THE_TEXT,),
        label=f"Help with {reference[0]} {reference[1]}",
        free=True,
        verbatim=True,
    )


def named(competencies: Competencies, reference: Reference, *, short: bool = False) -> str:
    """A competency as people name it, with its short form where that is wanted."""
    set_id, number = reference
    group = competencies.named(set_id)
    known = group.competency(number)
    return f"{group.name} {number}: {known.short}" if short and known else f"{group.name} {number}"


def _references(told: str) -> tuple[Reference, ...]:
    return tuple((set_id, number) for set_id, number in json.loads(told))


def _key(reference: Reference) -> str:
    return f"{reference[0]} {reference[1]}"
