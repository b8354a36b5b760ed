"""Periods and rates told once for several jobs."""

import re
from dataclasses import replace

from flows.program.hours.job import Job, ends


def shared(told: list[Job], text: str) -> list[Job]:
    """Periods and rates told once for several jobs."""
    both = re.search(r"\bboth\b", text)
    for at, job in enumerate(told):
        before = told[at - 1] if at else None
        if not job.paid_in and before is not None and before.paid_in and not before.sum:
            told[at] = _like(job, before)
        elif (
            job.rate
            and not job.pieces
            and before is not None
            and before.pieces
            and before.period_first
            and not job.sequel
        ):
            told[at] = replace(
                job,
                pieces=before.pieces,
                season=job.season or before.season,
                weeks=job.weeks or before.weeks,
                period_first=True,
            )
    for at in range(len(told) - 2, -1, -1):
        job, after = told[at], told[at + 1]
        if (
            (job.rate or job.portion)
            and not job.pieces
            and after.pieces
            and not after.sequel
            and (both or not after.has_verb)
        ):
            told[at] = replace(
                job, pieces=after.pieces, season=job.season or after.season, weeks=job.weeks or after.weeks
            )
    return _led(told)


def _led(told: list[Job]) -> list[Job]:
    """ "In 2022 and 2023 I worked 20 hours a week": the first period waits for the hours of the next."""
    for at in range(len(told) - 2, -1, -1):
        job, after = told[at], told[at + 1]
        if not job.paid_in and ends(job) and any(piece.tie == "before" for piece in after.pieces):
            pieces = [replace(piece, tie="") for piece in after.pieces if piece.length or piece.start]
            told[at : at + 2] = [replace(after, pieces=job.pieces + pieces)]
        elif not job.paid_in and job.pieces and after.paid_in:
            told[at] = replace(
                job,
                rate=after.rate,
                portion=after.portion,
                times=after.times,
                weeks=job.weeks or after.weeks,
                inherited=True,
            )
    return told


def _like(job: Job, other: Job) -> Job:
    """The job with the hours told of the other."""
    return replace(
        job,
        rate=other.rate,
        portion=other.portion,
        times=job.times or other.times,
        weeks=job.weeks or other.weeks,
        season=job.season or other.season,
        inherited=True,
    )
