"""What is still missing before a competency set can go to its evaluators, and what would tell them who wrote it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flows.program.blindness import Finding, Identity, find, in_link
from flows.program.competencies import CompetencySet
from flows.program.figures import listed, ranged

PRIOR = ("prior", "both")
OPENS = ("live", "unsure", "")  # what a look at a link may have found without being in the way; "": not looked at yet


@dataclass(frozen=True)
class Told:
    """A piece of a narrative; `learning` is prior, new, both, or not said yet."""

    words: str
    learning: str = ""
    proof: str = ""
    course: str = ""


@dataclass(frozen=True)
class Link:
    """A link by its number on record; `state` is what the last look at it found, "" before the first."""

    number: int
    url: str
    state: str = ""


@dataclass(frozen=True)
class Part:
    """What there is for one competency."""

    number: int
    narrative: tuple[Told, ...] = ()
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Portfolio:
    """What would be handed in for a set: its competencies, or those that a revision asks for."""

    group: CompetencySet
    parts: tuple[Part, ...]

    @property
    def links(self) -> tuple[Link, ...]:
        """Each link once, by its number."""
        found = {link.number: link for part in self.parts for link in part.links}
        return tuple(found[number] for number in sorted(found))

    @property
    def words(self) -> int:
        return sum(len(piece.words.split()) for part in self.parts for piece in part.narrative)


@dataclass(frozen=True)
class Preflight:
    """What a look found: what is `missing`, in sentences, what is to be taken out (`blocking`), and what only warns."""

    missing: tuple[str, ...] = ()
    blocking: tuple[Finding, ...] = ()
    warnings: tuple[Finding, ...] = field(default=())

    @property
    def ready(self) -> bool:
        return not (self.missing or self.blocking)


def look(portfolio: Portfolio, identity: Identity, passed: Sequence[str] = ()) -> Preflight:
    """Look at everything; words in `passed` are those of which the candidate said that they are not about them.

    Sources: briefing, appendix C 3 and 4 (narrative and evidence for each competency; the review is blind).
    """
    found = tuple(findings(portfolio, identity))
    told = {each.lower() for each in passed}
    return Preflight(
        tuple(_missing(portfolio)),
        tuple(each for each in found if each.blocking),
        tuple(each for each in found if not each.blocking and each.words.lower() not in told),
    )


def findings(portfolio: Portfolio, identity: Identity) -> Iterator[Finding]:
    """What texts and links tell of the candidate, by competency; each words once."""
    known: set[tuple[str, str]] = set()
    for each in _all_findings(portfolio, identity):
        key = each.words.lower(), each.where if each.blocking else ""
        if key not in known:
            known.add(key)
            yield each


def _all_findings(portfolio: Portfolio, identity: Identity) -> Iterator[Finding]:
    for part in portfolio.parts:
        where = f"{portfolio.group.name} {part.number}"
        for piece in part.narrative:
            yield from find("\n".join((piece.words, piece.proof, piece.course)), identity, where)
    for link in portfolio.links:
        yield from in_link(link.url, identity, f"Link {link.number}")


def _missing(portfolio: Portfolio) -> Iterator[str]:
    name, parts = portfolio.group.name.lower(), portfolio.parts
    gaps = (
        ("Nothing yet for {1}: send a link, or begin with `write {0} {2}`.", _empty),
        ("No narrative yet for {1}: `write {0} {2}` begins.", _no_narrative),
        ("No evidence yet for {1}: send a link that shows it.", _no_evidence),
        ("What learning it tells of is not said yet for {1}: `describe {0} {1}`.", _not_described),
        ("Prior learning without proof of the experience for {1}: `describe {0} {1}` asks for it.", _no_proof),
    )
    for wording, is_so in gaps:
        if numbers := [part.number for part in parts if is_so(part)]:
            yield wording.format(name, ranged(numbers), numbers[0])
    if closed := [str(link.number) for link in portfolio.links if link.state not in OPENS]:
        many = len(closed) > 1
        what = f"Links {listed(closed)} do" if many else f"Link {closed[0]} does"
        again = "send them again once they open" if many else "send it again once it opens"
        yield f"{what} not open for everybody: `evidence` says why; {again}."


def _empty(part: Part) -> bool:
    return not (part.narrative or part.links)


def _no_narrative(part: Part) -> bool:
    return bool(part.links) and not part.narrative


def _no_evidence(part: Part) -> bool:
    return bool(part.narrative) and not part.links


def _not_described(part: Part) -> bool:
    return any(not piece.learning for piece in part.narrative)


def _no_proof(part: Part) -> bool:
    """Whether it tells of prior learning, and no piece says what proves the experience."""
    prior = any(piece.learning in PRIOR for piece in part.narrative)
    return prior and not any(piece.proof for piece in part.narrative)
