"""From the marked text to jobs: which rate belongs to which period when a statement tells of several."""

import re

from flows.program.hours.items import Break, Notes, Piece, Portion, Rate, Season, Sum, Times, Weeks
from flows.program.hours.job import SEQUEL, Job, ends
from flows.program.hours.sharing import shared

_TOKEN = re.compile(r"«[a-z]\d+»|[a-z']+|[.;!?\n]|[,()&+]|/[a-z0-9]+")
_STRONG = frozenset(".;!?\n")
_JOINTS = frozenset(
    [
        ",",
        "&",
        "+",
        "and",
        "plus",
        "also",
        "then",
        "but",
        "while",
        "besides",
        "however",
        "whereas",
        "now",
        "currently",
        "later",
        "afterwards",
        "next",
    ]
)
_CHANGES = SEQUEL - {"then", "now", "currently", "later", "afterwards", "next"}


def jobs(text: str, notes: Notes) -> list[Job]:
    """The jobs a marked text tells of, in its order."""
    clauses = _clauses(text, notes)
    told: list[Job] = []
    for at, clause in enumerate(clauses):
        after = clauses[at + 1] if at + 1 < len(clauses) else None
        if told and _bounded(told[-1], clause):
            told[-1].pieces, told[-1].sum = _stretch(told[-1], clause), told[-1].sum or clause.sum
        elif told and _belongs(told[-1], clause, after):
            told[-1] = _merged(told[-1], clause)
        else:
            told.append(clause)
    return shared([_settled(job) for job in told], text)


def _bounded(job: Job, clause: Job) -> bool:
    """ "275 hours in 2023 and 2024": both years together bound the sum."""
    summed = (job.sum and not clause.paid_in) or (clause.sum and not job.paid_in)
    single = len(job.pieces) == len(clause.pieces) == 1 and job.pieces[0].within and clause.pieces[0].within
    return bool(summed and single and not job.rate and not clause.rate and clause.joint <= {"and", "&", ","})


def _stretch(job: Job, clause: Job) -> list[Piece]:
    dates = [piece.within for piece in job.pieces + clause.pieces if piece.within]
    return [Piece(start=min(dates, key=lambda d: d.first), end=max(dates, key=lambda d: d.last))]


def _clauses(text: str, notes: Notes) -> list[Job]:
    clauses = [Job()]
    joint: set[str] = set()
    for token in _TOKEN.findall(text):
        clause = clauses[-1]
        if token.startswith("«"):
            if joint and (
                clause.paid_in or clause.pieces or clause.weeks or clause.season or clause.times or clause.breaks
            ):
                clause = Job()
                clauses.append(clause)
            if joint:
                clause.joint = clause.joint | joint
                joint = set()
            clauses[-1:] = _with(clause, notes, token)
        elif token in _STRONG or token in _JOINTS or token in SEQUEL:
            joint.add(token)
            clause.words += f" {token}" if token.isalpha() else ""
        else:
            clause.words += f" {token}"
    return [clause for clause in clauses if clause != Job(words=clause.words, joint=clause.joint)]


def _with(clause: Job, notes: Notes, marker: str) -> list[Job]:
    """The clause with the item, or the clause and a new one when it has such an item already."""
    item = notes.get(marker)
    fresh = Job(joint=frozenset({"with"}))
    match item:
        case Rate() | Portion() | Sum():
            return _with_hours(clause, item, fresh)
        case Times():
            clause.times = clause.times or item
        case Weeks():
            clause.weeks = item
        case Season():
            clause.season = _named(clause.season, item)
        case Break():
            clause.breaks.append(item)
        case Piece():
            if clause.pieces and not _fit(clause.pieces, item):
                fresh.pieces = [item]
                return [clause, fresh]
            clause.period_first = clause.period_first or not clause.paid_in
            clause.pieces.append(item)
    return [clause]


def _with_hours(clause: Job, item: Rate | Portion | Sum, fresh: Job) -> list[Job]:
    if clause.rate and clause.rate.soft and not clause.rate.share and isinstance(item, Rate | Portion):
        clause.rate = None
    if isinstance(item, Sum) and item.again and clause.rate:
        clause.sum = item
        return [clause]
    target = fresh if clause.paid_in else clause
    if isinstance(item, Rate):
        target.rate = item
    elif isinstance(item, Portion):
        target.portion = item
    else:
        target.sum = item
    return [clause, target] if target is fresh else [clause]


def _fit(pieces: list[Piece], new: Piece) -> bool:
    """The new piece tells what the others leave open: an end for a start, a length within a year."""
    for old in pieces:
        ends = bool(old.end or old.now) and bool(new.end or new.now)
        starts = bool(old.start) and bool(new.start)
        lengths = bool(old.length) and bool(new.length)
        if ends or starts or lengths or (old.within and not new.length) or (new.within and not old.length):
            return False
        if "before" in (new.tie, old.tie) and any(piece.end or piece.within for piece in (old, new)):
            return False
    return True


def _belongs(job: Job, clause: Job, after: Job | None) -> bool:
    if clause.paid_in:
        return _refines(job, clause) or (
            not job.paid_in and (not clause.pieces or not job.pieces or _all_fit(job, clause))
        )
    if not clause.pieces:
        return True
    if clause.sequel and job.pieces and after is not None and after.paid_in:
        return False
    if job.pieces and job.paid_in and after is not None and after.paid_in and not after.pieces and not ends(clause):
        return False
    return _all_fit(job, clause)


def _refines(job: Job, clause: Job) -> bool:
    """ "full time, 37.5 hours a week" and "20 hours a week, so about 1,000 hours" tell of one job."""
    if clause.sum and clause.sum.again and job.rate and not clause.rate:
        return True
    if (
        not (job.rate and job.rate.soft and clause.rate and not clause.rate.soft)
        or clause.sequel
        or "and" in clause.joint
    ):
        return False
    return not (clause.pieces and job.pieces)


def _all_fit(job: Job, clause: Job) -> bool:
    return all(_fit(job.pieces, piece) for piece in clause.pieces)


def _merged(job: Job, clause: Job) -> Job:
    return Job(
        rate=clause.rate or job.rate,
        portion=clause.portion or job.portion,
        times=job.times or clause.times,
        sum=clause.sum or job.sum,
        weeks=job.weeks or clause.weeks,
        season=_named(clause.season, job.season),
        pieces=job.pieces + clause.pieces,
        breaks=job.breaks + clause.breaks,
        joint=job.joint,
        words=f"{job.words} {clause.words}",
        period_first=job.period_first or (bool(job.pieces) and not job.paid_in),
    )


def _named(one: Season | None, other: Season | None) -> Season | None:
    """The season that names its years, if one does."""
    return one if one and (one.years or not other) else other


def _settled(job: Job) -> Job:
    """A length in weeks beside a school year is the weeks of that year; "each of 36 weeks"."""
    lengths = [piece for piece in job.pieces if piece.length and piece.length.unit == "w" and not piece.within]
    if job.season and not job.weeks and lengths and (job.season.years or len(job.pieces) > len(lengths)):
        job.weeks = Weeks(lengths[0].length.count if lengths[0].length else 0)
        job.pieces.remove(lengths[0])
    if job.joint & _CHANGES:
        job.pieces = [Piece(start=p.within) if p.within and not p.length else p for p in job.pieces]
    return job
