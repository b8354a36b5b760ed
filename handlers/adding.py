"""Free additions to a record, and what the office asks a candidate for: put to them, shown, and answered."""

from handlers import telling
from handlers.desk import items
from handlers.exchange import Errand, Exchange
from handlers.standing import not_open
from storage import additions, audit, candidacies
from storage.candidacies import Candidacy

ANSWERED = "answered request"  # the kind of desk item that an answer makes
MOST = 200
MOST_SHOWN = 80  # characters of an addition in a list
NOTHING_ASKED = "Nothing is asked of you at the moment."
FULL = f"Your record has {MOST} additions, which is all it can take; `remove addition` with a number makes room."


def add(ex: Exchange, mine: Candidacy, words: str) -> str:
    """What is there already is not added again."""
    if mine.state not in ("active", "certified"):
        return not_open(mine)
    present = additions.of(ex.work, mine.id)
    known = next((each for each in present if each.content == words), None)
    if known is None and len(present) >= MOST:
        return FULL
    added = known or additions.add(ex.work, mine.id, words)
    if known is None:
        _audit(ex, mine, "added", {"addition": added.number})
    again = " already" if known is not None else ""
    return f"That is on your record{again}, as addition {added.number}. `remove addition {added.number}` takes it back."


def remove(ex: Exchange, mine: Candidacy, number: int) -> str:
    found = next((each for each in additions.of(ex.work, mine.id) if each.number == number), None)
    if found is None:
        return f"There is no addition with the number {number}; `record` lists what there is."
    additions.remove(ex.work, found.id)
    _audit(ex, mine, "removed", {"addition": number})
    return f"Addition {number} (“{_short(found.content)}”) is removed."


def listed(errand: Errand, mine: Candidacy) -> list[str]:
    return [f"  {each.number}. {_short(each.content)}" for each in additions.of(errand.work, mine.id)]


def to_do(errand: Errand, mine: Candidacy) -> list[str]:
    """A line for each wish that is still open."""
    waiting = [each for each in additions.requests(errand.work, mine.id) if each.answered_at is None]
    return [f"To do: {each.words} (`answer {each.number}` with your words or a link)" for each in waiting]


def ask(errand: Errand, actor: str, candidacy_id: int, words: str) -> str | None:
    """Put a wish for more to a candidate; a sentence for the office, None when there is no such candidacy."""
    asked = additions.ask(errand.work, candidacy_id, words, actor)
    if asked is None:
        return None
    candidacy = candidacies.by_id(errand.work, candidacy_id)
    audit.record(errand.work, actor, "asked for more", f"candidacy {candidacy_id}", {"request": asked.number})
    how = f"`answer {asked.number}` with your words or a link answers it."
    told = f"The LSSC office asks you for something: {words}\n\n{how}"
    reached = telling.tell(errand, candidacy.person_id, told, subject="The office asks for more", matter="record")
    return f"Request {asked.number} to candidate {candidacy_id} is on record. {telling.reached(reached)}"


def answer(ex: Exchange, mine: Candidacy, number: int, words: str) -> str:
    """The answer settles the wish, and reaches the desk."""
    found = next((each for each in additions.requests(ex.work, mine.id) if each.number == number), None)
    if found is None:
        return f"There is no request with the number {number}; `record` lists what is asked of you."
    if found.answered_at is not None:
        return f"Request {number} is answered already. `add` adds more to your record."
    additions.answer(ex.work, found.id, words)
    _audit(ex, mine, "answered", {"request": number})
    details = {"candidate": str(mine.id), "asked": found.words, "by": found.asked_by, "answer": words}
    items.ask(ex, ANSWERED, details)
    return "Thank you: your answer is on record and with the LSSC office."


def _short(content: str) -> str:
    line = " ".join(content.split())
    return line if len(line) <= MOST_SHOWN else f"{line[: MOST_SHOWN - 3]}..."


def _audit(ex: Exchange, mine: Candidacy, what: str, details: dict[str, object]) -> None:
    audit.record(ex.work, f"person {ex.speaker.person_id}", what, f"candidacy {mine.id}", details)
