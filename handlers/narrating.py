"""Long texts in a candidate's messages: kept, then asked where they belong; and the commands around narratives."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flows import narrating
from flows.dialog.unclear import Unclear
from flows.program import links, references
from flows.program import narrative as texts
from flows.program.competencies import Reference
from flows.program.preflight import PRIOR
from flows.registry import RECORD
from handlers import evidence, forms, narrative
from handlers.evidence import Collection
from handlers.exchange import Exchange, Reply
from handlers.placing import NOT_YET, belongs_to_an_answer
from storage.narratives import Piece

WHERE = re.compile(r"(.{2,60}?)(?:,? (?:piece|text|part|no\.?|#) ?(\d{1,3}))?")
WHICH = "Which competency? Its set and number, such as `{} technology 4`."
WHICH_PIECE = "{0} has {1} pieces; please name one of them as well, such as “piece 1”."
NO_PIECE = "There is no such piece for {}; `narrative {}` shows what there is."


def shown(ex: Exchange) -> Reply | None:
    """What is said to a long text of a candidate, which is on record from now on; None for all other messages.

    Inside another form it waits, unless the form asks for words: then it is the answer.
    """
    mine = _at_work(ex) if _is_long(ex) and not belongs_to_an_answer(ex) else None
    here = ex.speaker.conversation
    if mine is None:
        return None
    if here is not None:
        return forms.beside(ex, Reply((narrative.aside(ex, mine, ex.message.text),)))
    return asked(ex, mine, narrative.kept_to_place(ex, mine, ex.message.text))


def shows(ex: Exchange) -> bool:
    """Whether a message is a text that is offered as narrative."""
    return _is_long(ex) and ex.speaker.conversation is None and _at_work(ex) is not None


def asked(ex: Exchange, mine: Collection, text: Piece) -> Reply:
    """The form that asks where a text belongs, with the likeliest competencies that are open."""
    [guessed] = ex.guess([text.words])
    likely = tuple(each for each in guessed if not mine.closed(each))
    about = narrating.about(text.id, text.words, likely, left=evidence.electives_left(ex, mine))
    return forms.start_about(ex, "narrate", about)


def _is_long(ex: Exchange) -> bool:
    """Whether a message is more than an answer or a question, and holds no link, which would be asked about first.

    Outside a thread about the record, a long message that asks something is a question.
    """
    words = ex.message.text
    if ex.message.pressed is not None or texts.count(words) <= texts.MANY or links.find(words):
        return False
    about_the_record = ex.message.mail is not None and ex.message.mail.matter == RECORD
    return about_the_record or "?" not in words


def _at_work(ex: Exchange) -> Collection | None:
    mine = evidence.collection(ex)
    return mine if mine is not None and mine.candidacy.state == "active" else None


@dataclass(frozen=True)
class Named:
    """What a command names: competencies, the first of them, and a piece of its narrative (0 when none is named)."""

    mine: Collection
    every: tuple[Reference, ...]
    piece: int

    @property
    def where(self) -> Reference:
        return self.every[0]

    def found(self, ex: Exchange) -> Piece | Reply:
        """The piece that is meant: the only one, where none is named."""
        pieces = self.mine.narrative(*self.where)
        number = self.piece or (pieces[0].piece if len(pieces) == 1 else 0)
        found = next((each for each in pieces if each.piece == number), None)
        name = narrating.named(ex.house.competencies, self.where)
        if found is not None:
            return found
        if not self.piece and pieces:
            return Reply((WHICH_PIECE.format(name, len(pieces)),), matter=RECORD)
        return Reply((NO_PIECE.format(name, name.lower()),), matter=RECORD)


Act: TypeAlias = Callable[[Exchange, Named], Reply]


def _command(word: str, act: Act, *, changes: bool = True) -> Callable[[Exchange, str], Reply | None]:
    """A command with the name of a competency behind it; words that name none are none of its own."""

    def run(ex: Exchange, rest: str) -> Reply | None:
        mine = evidence.collection(ex)
        if mine is None:
            return Reply((NOT_YET,))
        if not rest:
            return Reply((WHICH.format(word),), matter=RECORD)
        match = WHERE.fullmatch(rest)
        try:
            where = references.read(match[1] if match else rest, ex.house.competencies)
        except Unclear as hint:
            is_ours = re.search(r"\d", rest) or ex.house.competencies.find_set(rest)
            return Reply((str(hint),), matter=RECORD) if is_ours else None
        if changes and (why := mine.closed(where[0])):
            return Reply((f"{narrating.named(ex.house.competencies, where[0])} {why}.",), matter=RECORD)
        return act(ex, Named(mine, where, int(match[2] or 0) if match else 0))

    return run


def _narrative(ex: Exchange, rest: str) -> Reply | None:
    """A narrative in full; for a set, and for none, what there is in short."""
    mine = evidence.collection(ex)
    if mine is not None and not rest:
        return Reply((evidence.overview(ex, mine),), matter=RECORD)
    return for_set(ex, rest) or READ(ex, rest)


def for_set(ex: Exchange, rest: str) -> Reply | None:
    """What is on record for each competency of the set that the words name; None where they name none."""
    mine, group = evidence.collection(ex), ex.house.competencies.find_set(rest) if rest else None
    return Reply((evidence.of_set(mine, group),), matter=RECORD) if mine is not None and group is not None else None


def _read_back(ex: Exchange, named: Named) -> Reply:
    return Reply((narrative.read_back(ex, named.mine, named.where),), matter=RECORD)


def _write(ex: Exchange, named: Named) -> Reply:
    return forms.start_about(
        ex, "write", narrating.about_writing(named.where, 0, evidence.electives_left(ex, named.mine))
    )


def _replace(ex: Exchange, named: Named) -> Reply:
    piece = named.found(ex)
    if isinstance(piece, Reply):
        return piece
    return forms.start_about(ex, "write", narrating.about_writing(named.where, piece.piece))


def _describe(ex: Exchange, named: Named) -> Reply:
    """What learning a piece tells of, and what proves it, is asked anew; without its number, of all that lack it."""
    texts = () if named.piece else _lacking(named)
    if len(texts) > 1:
        first, also = texts[0], tuple(each.id for each in texts[1:])
        placed = ((first.set_id, first.number),)
        return forms.start_about(ex, "narrate", narrating.about(first.id, first.words, placed=placed, also=also))
    piece = texts[0] if texts else named.found(ex)
    if isinstance(piece, Reply):
        return piece
    placed = ((piece.set_id, piece.number),)
    return forms.start_about(ex, "narrate", narrating.about(piece.id, piece.words, placed=placed))


def _lacking(named: Named) -> Sequence[Piece]:
    """The pieces of which no learning is said yet; where there are none, those whose prior learning has no proof."""
    open_ones = [each for each in named.every if not named.mine.closed(each)]
    pieces = [piece for each in open_ones for piece in named.mine.narrative(*each)]
    unsaid = [each for each in pieces if not each.learning]
    return unsaid or [each for each in pieces if each.learning in PRIOR and not each.proof]


def _remove(ex: Exchange, named: Named) -> Reply:
    piece = named.found(ex)
    return piece if isinstance(piece, Reply) else Reply((narrative.remove(ex, named.mine, piece),), matter=RECORD)


def _restore(ex: Exchange, named: Named) -> Reply:
    return Reply((narrative.restore(ex, named.mine, named.where, named.piece or 1),), matter=RECORD)


READ = _command("narrative", _read_back, changes=False)
RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "narrative": _narrative,
    "write": _command("write", _write),
    "replace": _command("replace", _replace),
    "describe": _command("describe", _describe),
    "remove": _command("remove", _remove),
    "restore": _command("restore", _restore),
}
