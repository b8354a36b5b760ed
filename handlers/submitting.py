"""The commands around handing in a set: a look at it, the form, and taking it back."""

from collections.abc import Callable, Mapping

from flows import submitting
from flows.program.competencies import CompetencySet
from flows.program.figures import listed
from flows.registry import RECORD
from handlers import evidence, forms, package, submission
from handlers.evidence import Collection
from handlers.exchange import Exchange, Reply
from handlers.placing import NOT_YET

Act = Callable[[Exchange, Collection, CompetencySet], Reply]
WHICH = "Which set? For example: `{} {}`. {}"


def _named(
    word: str, act: Callable[[Exchange, Collection, CompetencySet], Reply]
) -> Callable[[Exchange, str], Reply | None]:
    """A command with the name of a set behind it; words that name none are none of its own."""

    def run(ex: Exchange, rest: str) -> Reply | None:
        mine = evidence.collection(ex)
        if mine is None:
            return Reply((NOT_YET,))
        group = ex.house.competencies.find_set(rest) if rest else _only(ex, mine)
        if group is None:
            return None if rest else Reply((_which(ex, mine, word),), matter=RECORD)
        return act(ex, mine, group)

    return run


def _at_work(ex: Exchange, mine: Collection) -> list[CompetencySet]:
    """The sets that have something on record and can be handed in."""
    return [
        group
        for group in ex.house.competencies.sets
        if mine.begun(group.id) and not submission.not_now(ex, mine, group)
    ]


def _only(ex: Exchange, mine: Collection) -> CompetencySet | None:
    at_work = _at_work(ex, mine)
    return at_work[0] if len(at_work) == 1 else None


def _which(ex: Exchange, mine: Collection, word: str) -> str:
    at_work = _at_work(ex, mine)
    if not at_work:
        return "There is no set of yours at work just now; `evidence` shows what is on record."
    return WHICH.format(word, at_work[0].name.lower(), f"At work: {listed([each.name for each in at_work])}.")


def _check(ex: Exchange, mine: Collection, group: CompetencySet) -> Reply:
    said = submission.not_now(ex, mine, group) or submission.checked(ex, mine, group)
    return Reply((said,), matter=RECORD)


def _submit(ex: Exchange, mine: Collection, group: CompetencySet) -> Reply:
    if why := submission.not_now(ex, mine, group):
        return Reply((why,), matter=RECORD)
    found = submission.look(ex, mine, group)
    if not found.ready:
        return Reply((submission.checked(ex, mine, group),), matter=RECORD)
    it = package.portfolio(mine, group)
    warned = tuple(dict.fromkeys(each.words for each in found.warnings))
    return forms.start_about(ex, "submit", submitting.about(group.id, package.size(it), warned, len(it.links)))


def _take_back(ex: Exchange, mine: Collection, group: CompetencySet) -> Reply:
    return Reply((submission.take_back(ex, mine, group),), matter=RECORD)


def _back(ex: Exchange, rest: str) -> Reply | None:
    """Without a name: the only set that is handed in."""
    mine = evidence.collection(ex)
    if mine is None or rest:
        return BACK(ex, rest)
    there = [each for each in mine.submitted.values() if each.state in ("checking", "submitted", "in review")]
    if len(there) != 1:
        names = [ex.house.competencies.named(each.set_id).name for each in there]
        return Reply((WHICH.format("take back", names[0].lower(), "") if names else "Nothing is handed in just now.",))
    return BACK(ex, ex.house.competencies.named(there[0].set_id).name)


BACK = _named("take back", _take_back)
RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {
    "check": _named("check", _check),
    "submit": _named("submit", _submit),
    "take back": _back,
}
