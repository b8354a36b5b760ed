"""Guidelines for evidence: candidate and evaluator read the same dated version, which the office sets."""

import re
from collections.abc import Callable, Mapping, Sequence

from flows.dialog.unclear import Unclear
from flows.program import guiding
from flows.program.competencies import Competencies
from flows.program.figures import listed
from flows.program.guiding import Guide
from flows.registry import RECORD
from handlers import intake, roles
from handlers.accounts import Refusal
from handlers.exchange import Errand, Exchange, Reply
from handlers.intake import Progress, Taken
from handlers.roles import Actor
from storage import audit, guidelines
from storage.guidelines import GENERAL, Guideline

SETTING = re.compile(
    r"/?(?:lssc )?(?:set )?guidelines?(?:[ \t]+(?:for|of))?(?:[ \t]+(?:the[ \t]+)?([^:\n]{1,60}?))?[ \t]*:(?!//)(.*)",
    re.IGNORECASE | re.DOTALL,
)
DATED = re.compile(r"(.*?)[ ,]*(\d{4}-\d{2}-\d{2})(?: \((\d{1,3})\))?")
NONE_YET = "The office has not given guidelines {} yet. `person` asks somebody there."
HOW_TO_SET = "For example: `guidelines technology: https://example.org/technology` or `guidelines general:` and a text."
NOT_STAFF = Refusal("Only the staff may do that.")


def named(competencies: Competencies, guideline: Guideline) -> str:
    """What a version is called: "Technology, 2026-11-01"; a second one of the same day has its number."""
    group = competencies.find_set(guideline.set_id) if guideline.set_id else None
    name = group.name if group else guideline.set_id or "All sets"
    return f"{name}, {guideline.since.isoformat()}" + (f" ({guideline.edition})" if guideline.edition > 1 else "")


def version(errand: Errand, set_id: str) -> str:
    """The name of the version that holds for a set now; empty while the office has given none."""
    found = guidelines.current(errand.work, set_id)
    return named(errand.house.competencies, found) if found else ""


def shown(ex: Exchange, rest: str) -> Reply | None:
    """`guidelines`, `guidelines SET`, or a version by its name; None for words that name no set."""
    if not rest:
        return Reply(_overview(ex), matter=RECORD)
    dated = DATED.fullmatch(rest)
    which = (dated[1] if dated else rest).strip()
    group = ex.house.competencies.find_set(which)
    if group is None and which not in ("general", "all sets", "all"):
        return None
    set_id = group.id if group else GENERAL
    found = _version(ex, set_id, dated) if dated else guidelines.current(ex.work, set_id)
    if found is None and dated:
        return Reply((f"There is no version of {dated[2]}. {_versions(ex, set_id)}",), matter=RECORD)
    name = f"for {group.name}" if group else "for all sets"
    return Reply((_full(ex, found, set_id) if found else NONE_YET.format(name),), matter=RECORD)


def _version(ex: Exchange, set_id: str, dated: re.Match[str]) -> Guideline | None:
    every = [each for each in guidelines.versions(ex.work, set_id) if each.since.isoformat() == dated[2]]
    return next((each for each in every if not dated[3] or each.edition == int(dated[3])), None)


def _versions(ex: Exchange, set_id: str) -> str:
    every = [named(ex.house.competencies, each) for each in guidelines.versions(ex.work, set_id)]
    return f"There is: {'; '.join(every)}." if every else "There is none."


def _full(ex: Exchange, guideline: Guideline, set_id: str) -> str:
    """The words of a version under its name; those for all sets are said to be that."""
    note = " (for all sets; there are none of this set alone)" if set_id and not guideline.set_id else ""
    return f"Guidelines: {named(ex.house.competencies, guideline)}{note}\n{guideline.words}"


def _overview(ex: Exchange) -> tuple[str, ...]:
    """The general ones in full, and which sets have their own."""
    newest = _newest(guidelines.everything(ex.work))
    general = newest.pop(GENERAL, None)
    own = [named(ex.house.competencies, each) for each in newest.values()]
    if general is None and not own:
        return (NONE_YET.format("for evidence"),)
    sets = f"Of their own: {'; '.join(own)}. `guidelines` with the name of a set shows them." if own else ""
    return (_full(ex, general, GENERAL) if general else NONE_YET.format("for all sets"), sets)


def _newest(every: Sequence[Guideline]) -> dict[str, Guideline]:
    newest: dict[str, Guideline] = {}
    for each in every:
        newest.setdefault(each.set_id, each)
    return newest


def typed(ex: Exchange, said: str) -> Reply | None:
    """`guidelines SET: text or link` of the staff; None when it is something else, or somebody else's words."""
    match = SETTING.fullmatch(said.strip())
    actor = roles.speaking(ex) if match else None
    if match is None or actor is None or not roles.may_use_desk(actor):
        return None
    which = (match[1] or "").strip()
    group = ex.house.competencies.find_set(which)
    if group is None and which.lower() not in ("", "general", "all sets", "all"):
        every = listed([each.name for each in ex.house.competencies.sets if each.kind != "unassigned"])
        return Reply((f"There is no set “{which}”. There are {every}, and `general` for all.",))
    return Reply((put(ex, actor, group.id if group else GENERAL, match[2]),))


def put(errand: Errand, actor: Actor, set_id: str, words: str) -> str:
    """A new version from today on; the same words again change nothing."""
    if not roles.may_publish(actor):
        return NOT_STAFF
    try:
        kind, said = guiding.read(words)
    except Unclear as hint:
        return Refusal(f"{hint} {HOW_TO_SET}")
    before = next(iter(guidelines.versions(errand.work, set_id)), None)
    if before is not None and before.words == said:
        return f"These are the guidelines already: {named(errand.house.competencies, before)}."
    added = _added(errand, actor, Guide(0, set_id, errand.today, kind, said))
    earlier = f" {named(errand.house.competencies, before)} is kept." if before else ""
    return f"These are the guidelines now: {named(errand.house.competencies, added)}.{earlier}"


def _added(errand: Errand, actor: Actor, guide: Guide) -> Guideline:
    added = guidelines.add(errand.work, guide.set_id, guide.since, guide.kind, guide.words, actor.name)
    audit.record(errand.work, actor.name, "guidelines set", f"guideline {added.id}", {"set": guide.set_id})
    return added


def take(errand: Errand, actor: Actor, guides: Sequence[Guide], on_progress: Progress) -> Taken | Refusal:
    """Take a table in; a version that is on record stays as it is."""
    if not roles.may_publish(actor):
        return NOT_STAFF
    known = {(each.set_id, each.since, each.words) for each in guidelines.everything(errand.work)}

    def put(each: Guide) -> str:
        if (key := (each.set_id, each.since, each.words)) in known:
            return "same"
        known.add(key)
        _added(errand, actor, each)
        return "new"

    return intake.each_of(guides, put, on_progress)


def table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """All versions in the columns of the import, the oldest of each set first."""
    every = sorted(guidelines.everything(errand.work), key=lambda each: (each.set_id, each.since, each.edition))
    return guiding.COLUMNS, [[each.set_id or guiding.GENERAL, each.since.isoformat(), each.words] for each in every]


RUN: Mapping[str, Callable[[Exchange, str], Reply | None]] = {"guidelines": shown}
