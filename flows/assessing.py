"""An evaluator assesses a package: in one line, or one competency after the other; confirmed by its summary."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flows.dialog import kinds
from flows.dialog.question import Correction
from flows.dialog.speech import Choice
from flows.dialog.summary import Line, confirm
from flows.dialog.talk import Talk
from flows.dialog.unclear import Unclear
from flows.facts import Facts
from flows.program import assessing, reviews
from flows.program.assessing import Found
from flows.program.reviews import Assessment, Rating

ALL_MET = Choice("all met", "All are met")
ONE_BY_ONE = Choice("one by one", "One by one")
WHOLE = ("whole", "rating.*", "comment.*")  # what is asked again when the assessment as a whole is corrected
LONGEST_COMMENT = 4000
LABELS: Mapping[Rating, str] = {Rating.MET: "Met", Rating.PARTIALLY: "Partially met", Rating.NOT_MET: "Not met"}


@dataclass(frozen=True)
class Assessed:
    """One evaluator's confirmed assessment of a review: its word, and a rating with a comment by competency."""

    review: int
    word: Assessment
    ratings: Found


def about(review: int, reference: str, name: str, wordings: Mapping[int, str]) -> Mapping[str, str]:
    """What the form is about; `wordings` are the short forms of the competencies that are to be assessed."""
    return {
        "review": str(review),
        "reference": reference,
        "name": name,
        "wordings": json.dumps(list(wordings.items()), ensure_ascii=False),
    }


@dataclass(frozen=True)
class Practiced:
    """The practice portfolio of the training, rated."""

    ratings: Found


async def practice(talk: Talk, facts: Facts) -> Practiced:
    """The same form, about a portfolio that is nobody's."""
    return Practiced((await script(talk, facts)).ratings)


async def script(talk: Talk, facts: Facts) -> Assessed:
    wordings = {int(number): words for number, words in json.loads(facts.about["wordings"])}
    offered = reviews.ratings_offered(facts.rules)
    found = await _whole(talk, facts, wordings, offered)
    if found is None:
        found = {number: (await _one(talk, number, wordings[number], offered), "") for number in wordings}
    told = dict(found)
    for number, (rating, comment) in found.items():
        if rating is not Rating.MET and not comment:
            told[number] = (rating, await _comment(talk, number, wordings[number], rating))
    word = reviews.assess([rating for rating, _ in told.values()], facts.rules)
    await _confirmed(talk, told, word)
    return Assessed(int(facts.about["review"]), word, told)


async def _whole(talk: Talk, facts: Facts, wordings: Mapping[int, str], offered: Sequence[Rating]) -> Found | None:
    """The assessment in one line; None when it is given one by one."""

    def read(words: str) -> Found | None:
        said = words.strip().lower().rstrip(".!")
        if said in ("2", ONE_BY_ONE.key, ONE_BY_ONE.label.lower()):
            return None
        whole = ALL_MET.key if said in ("1", ALL_MET.label.lower()) else words
        return assessing.read(whole, tuple(wordings), offered)

    listed = "\n".join(f"{number}. {words}" for number, words in wordings.items())
    return await talk.ask(
        "whole",
        f"Review {facts.about['reference']}, {facts.about['name']}:\n{listed}\n"
        f"Are they met? One line does, such as “{assessing.EXAMPLE}”.",
        read,
        choices=(ALL_MET, ONE_BY_ONE),
        label="Assessment",
        example=assessing.EXAMPLE,
        verbatim=True,
    )


async def _one(talk: Talk, number: int, wording: str, offered: Sequence[Rating]) -> Rating:
    choices = tuple(Choice(each.value, LABELS[each]) for each in offered)
    pick = kinds.choice(choices, ALSO)

    def read(words: str) -> Rating | Correction:
        try:
            return Rating(pick(words))
        except Unclear:
            if whole := _anew(words):
                return whole
            raise

    key, example = f"rating.{number}", choices[0].label
    return await talk.ask(key, f"{number}. {wording}", read, choices=choices, label=str(number), example=example)


def _anew(words: str) -> Correction | None:
    """An assessment in one line takes the place of all that was said before it."""
    return Correction(WHOLE, words) if assessing.looks_like_one(words) else None


ALSO: Mapping[str, str] = {
    **dict.fromkeys(("yes", "y", "ok"), Rating.MET.value),
    **dict.fromkeys(("no", "n", "unmet"), Rating.NOT_MET.value),
    **dict.fromkeys(("partly", "partially", "partial"), Rating.PARTIALLY.value),
}


async def _comment(talk: Talk, number: int, wording: str, rating: Rating) -> str:
    return await talk.text(
        f"comment.{number}",
        f"{number}. {wording}: {rating.value}. What is missing, or would show it? The candidate gets this without your"
        " name.",
        longest=LONGEST_COMMENT,
        lines=True,
        label=f"Comment on {number}",
        verbatim=True,
    )


async def _confirmed(talk: Talk, told: Found, word: Assessment) -> None:
    """The summary, of which any line can be corrected."""
    met = sum(rating is Rating.MET for rating, _ in told.values())
    lines = [Line("Assessment", f"{word.value}; {met} of {len(told)} competencies are met", WHOLE)]
    for number, (rating, comment) in told.items():
        if rating is not Rating.MET:
            own = (f"comment.{number}",)
            keys = own if own[0] in talk.asked else WHOLE
            lines.append(Line(f"Competency {number}", f"{rating.value}: {comment}", keys))
    await confirm(
        talk, "summary", "Please check your assessment; with your yes it is final.", lines, "Confirm it", anew=_anew
    )
