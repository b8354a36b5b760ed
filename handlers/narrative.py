"""What a candidate told about their competencies, as it is on record: kept, read back, replaced and taken off."""

from collections.abc import Sequence

from flows import narrating
from flows.narrating import Narrated, Written
from flows.placing import Placed
from flows.program import links, narrative
from flows.program.competencies import Reference
from flows.program.figures import listed
from handlers import courtesy, evidence, local
from handlers.evidence import Collection
from handlers.exchange import Errand, Exchange
from handlers.standing import not_open
from storage import audit, narratives
from storage import evidence as record
from storage.evidence import Evidence
from storage.narratives import About, Piece

NO_NARRATIVE = (
    "All right, I keep nothing of it. A question is answered when it comes in a short message; `person` reaches the"
    " office."
)
LATER = "I keep it under “to place”; `evidence` goes on with it."
ASIDE = "I keep these {} under “to place”, too; `evidence` goes on with them."
LEAST_WITH_A_LINK = 8  # words; fewer only name the link


def kept_to_place(ex: Exchange, mine: Collection, text: str) -> Piece:
    """A long text goes on record before it is asked where it belongs; the same again is one text."""
    words = courtesy.bare(text, ex.speaker.name)
    known = next((each for each in mine.texts_to_place if each.words == words), None)
    return known or narratives.add(ex.work, mine.candidacy.id, words)


def aside(ex: Exchange, mine: Collection, text: str) -> str:
    """The same while something else is asked; the sentence that says so."""
    piece = kept_to_place(ex, mine, text)
    return ASIDE.format(narrative.counted(narrative.count(piece.words)))


def write(ex: Exchange, written: Written) -> tuple[Piece | None, str]:
    """New words for a competency go on record, as a further piece or in the place of one; and what is said."""
    if not written.words:
        return None, f"All right, {evidence.set_name(ex, written.reference[0])} is not begun."
    mine = evidence.collection(ex)
    if mine is None:
        return None, not_open(None)
    if why := mine.closed(written.reference):
        text = narratives.add(ex.work, mine.candidacy.id, written.words)
        return None, f"{_name(ex, written.reference)} {why}. {LATER}" if text else ""
    old = next((each for each in mine.narrative(*written.reference) if each.piece == written.piece), None)
    if old is None:
        piece = narratives.add(ex.work, mine.candidacy.id, written.words, written.reference)
    else:
        piece = narratives.replace(ex.work, old, written.words)
    _log(ex, mine, "wrote", piece)
    record.choose(ex.work, mine.candidacy.id, piece.set_id)
    before = "" if old is None else "The version before it is kept, too."
    return piece, " ".join(filter(None, (_kept(ex, [piece]), before, _links_placed(ex, mine, piece))))


def narrated(ex: Exchange, said: Narrated) -> tuple[str, ...]:
    """What was said of a text goes on record; the paragraphs that say so."""
    mine = evidence.collection(ex)
    text = next((each for each in mine.told if each.id == said.text), None) if mine is not None else None
    if mine is None or text is None:
        return ("That text is not on record any more, so nothing was changed.",)
    if mine.candidacy.state != "active":
        return (not_open(mine.candidacy),)
    if said.dropped:
        narratives.remove(ex.work, text.id)
        return (NO_NARRATIVE,)
    if not said.places:
        return (LATER,)
    open_ones = [each for each in said.places if not mine.closed(each)]
    refused = evidence.not_added(ex, mine, said.places)
    if not open_ones:
        return (*refused, LATER)
    before = (text.set_id, text.number)
    pieces = [_put(ex, mine, text, each, said, first=each == open_ones[0]) for each in open_ones]
    also = [each for each in mine.told if each.id in said.also and not mine.closed(_of(each))]
    pieces += [_settled(ex, mine, each, said) for each in also]
    kept = _described(ex, pieces) if before == _of(pieces[0]) else _kept(ex, pieces)
    return (" ".join([kept, *refused]), _how_to_go_on(ex, pieces[0]))


def _put(ex: Exchange, mine: Collection, text: Piece, reference: Reference, said: Narrated, *, first: bool) -> Piece:
    """The text becomes a piece of a competency, a copy of it of each further one; how a course helped is one more."""
    about = About(said.learning, said.proof, said.course)
    if first:
        piece = narratives.settle(ex.work, text, reference, about)
    else:
        piece = narratives.add(ex.work, mine.candidacy.id, text.words, reference, about)
    if reference in said.helped:
        narratives.add(ex.work, mine.candidacy.id, said.helped[reference], reference, about)
    record.choose(ex.work, mine.candidacy.id, reference[0])
    _log(ex, mine, "narrated", piece)
    return piece


def _settled(ex: Exchange, mine: Collection, text: Piece, said: Narrated) -> Piece:
    piece = narratives.settle(ex.work, text, _of(text), About(said.learning, said.proof, text.course))
    _log(ex, mine, "narrated", piece)
    return piece


def _links_placed(ex: Exchange, mine: Collection, piece: Piece) -> str:
    """The links in a text are evidence for what it tells about."""
    kept, refused = evidence.keep(ex, mine, links.find(piece.words), piece.words)
    for each in kept:
        record.place(ex.work, each.id, [_of(piece)])
    told = f"{evidence.counted(len(kept)).capitalize()} in it {'is' if len(kept) == 1 else 'are'} evidence for it."
    return " ".join(([told] if kept else []) + list(refused))


def placed(ex: Exchange, answer: Placed) -> tuple[tuple[str, ...], Sequence[Piece]]:
    """What links show goes on record, and the words that came with each as the beginning of a narrative.

    Beside what is said: the pieces of the text, when it is long and the only one, so that more may be asked about it.
    """
    put = evidence.place(ex, answer)
    texts = [text for link, references in put.new for text in _with_a_link(ex, link, references)]
    told = f"Your words with it begin the narrative of {_named(ex, texts)}." if texts else ""
    is_one = len({each.words for each in texts}) == 1 and narrative.count(texts[0].words) > narrative.MANY
    said = (*put.said, *filter(None, (told,)), *put.after)
    return said, texts if is_one else ()


def _with_a_link(ex: Exchange, link: Evidence, references: Sequence[Reference]) -> list[Piece]:
    """The words that came with a link, as a piece of the narrative of what it shows, where they are not one yet."""
    if narrative.count(link.said) < LEAST_WITH_A_LINK:
        return []
    there = {_of(each) for each in narratives.of(ex.work, link.candidacy_id) if each.words == link.said}
    return [narratives.add(ex.work, link.candidacy_id, link.said, each) for each in references if each not in there]


def _named(ex: Errand, pieces: Sequence[Piece]) -> str:
    return evidence.named(ex, list(dict.fromkeys(map(_of, pieces))))


def read_back(ex: Errand, mine: Collection, reference: Reference) -> str:
    """All that is told about a competency, and how to change it."""
    name, pieces = narrating.named(ex.house.competencies, reference, short=True), mine.narrative(*reference)
    short = _name(ex, reference).lower()
    if not pieces:
        return f"{name}\nNothing is told about it yet: `write {short}` begins."
    told = [f"{_headed(ex, mine, each)}\n{each.words}" for each in pieces]
    how = (
        f"`write {short}` adds a piece. With the number of a piece behind it, such as `{short} piece"
        f" {pieces[-1].piece}`: `replace` takes it anew, `describe` says what learning it tells of, `remove` takes it"
        " off, and `restore` brings back what was there before."
    )
    return "\n\n".join([name, *told, how])


def remove(ex: Exchange, mine: Collection, piece: Piece) -> str:
    narratives.remove(ex.work, piece.id)
    _log(ex, mine, "removed", piece)
    back = f"`restore {_name(ex, _of(piece)).lower()} piece {piece.piece}` brings it back."
    return f"{_titled(ex, piece)} ({narrative.counted(narrative.count(piece.words))}) is taken off. {back}"


def restore(ex: Exchange, mine: Collection, reference: Reference, number: int) -> str:
    """The version before the one that counts, or the piece that was removed, counts again."""
    all_of_it = narratives.versions(ex.work, mine.candidacy.id, *reference, number)
    now = next((each for each in all_of_it if each.state == "current"), None)
    before = [each for each in all_of_it if now is None or each.version < now.version]
    if not before:
        there = f"{_name(ex, reference)}, piece {number}"
        return f"There is nothing earlier of {there}." if now is not None else f"There is no {there}."
    narratives.bring_back(ex.work, now, before[0])
    _log(ex, mine, "restored", before[0])
    day = local.day_told(ex, mine.candidacy.person_id, before[0].at)
    return f"{_titled(ex, before[0])} reads again as on {day}: “{narrative.beginning(before[0].words)}”"


def _kept(ex: Errand, pieces: Sequence[Piece]) -> str:
    return f"On record: {narrative.counted(narrative.count(pieces[0].words))} for {_there(ex, pieces)}."


def _described(ex: Errand, pieces: Sequence[Piece]) -> str:
    told = [narrating.KINDS[pieces[0].learning], f"proof: {pieces[0].proof}" if pieces[0].proof else ""]
    return f"Noted for {_there(ex, pieces)}: {'; '.join(filter(None, told))}."


def _there(ex: Errand, pieces: Sequence[Piece]) -> str:
    """Technology 2 to 8 (piece 2) and Technology 9 (piece 3)."""
    numbers = dict.fromkeys(each.piece for each in pieces)
    return listed([f"{_named(ex, [each for each in pieces if each.piece == n])} (piece {n})" for n in numbers])


def _how_to_go_on(ex: Errand, piece: Piece) -> str:
    name = _name(ex, _of(piece)).lower()
    return f"`narrative {name}` reads it back, `write {name}` adds to it."


def _headed(ex: Errand, mine: Collection, piece: Piece) -> str:
    """Piece 2 (version 3 of 3 May 2026; prior learning; proof: letter of my supervisor)."""
    told = [
        f"version {piece.version} of {local.day_told(ex, mine.candidacy.person_id, piece.at)}",
        narrating.KINDS.get(piece.learning, "learning not said yet"),
        f"proof: {piece.proof}" if piece.proof else "",
        f"course: {piece.course}" if piece.course else "",
    ]
    return f"Piece {piece.piece} ({'; '.join(filter(None, told))}):"


def _titled(ex: Errand, piece: Piece) -> str:
    return f"{_name(ex, _of(piece))}, piece {piece.piece},"


def _of(piece: Piece) -> Reference:
    return piece.set_id, piece.number


def _name(ex: Errand, reference: Reference) -> str:
    return narrating.named(ex.house.competencies, reference)


def _log(ex: Exchange, mine: Collection, what: str, piece: Piece) -> None:
    details = {"for": f"{piece.set_id} {piece.number}", "piece": piece.piece, "version": piece.version}
    audit.record(ex.work, f"person {ex.speaker.person_id}", what, f"candidacy {mine.candidacy.id}", details)
