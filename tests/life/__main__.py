"""`make simulate-life`: plays years of a program, prints everybody's diary, and fails where a reminder is at fault."""

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import timedelta

from bot.commands.progress import Bar
from storage.database import prepared
from tests.life import stories
from tests.life.checks import first_line
from tests.life.life import BEGIN, Entry, Life, house
from tests.life.people import courses, webinars

MARKS = {"says": ">", "answer": "<", "notice": "!", "reminder": "*"}


def main(words: Sequence[str] | None = None) -> int:
    told = _read(words)
    life = lived(timedelta(days=told.days), timedelta(hours=told.every), told.people)
    if not told.quiet:
        print("\n\n".join(diary(name, entries) for name, entries in life.diaries.items()))
    print(f"\n{life.ticks} ticks, {len(life.checks.sent)} reminders sent")
    found = life.checks
    for title, lines in (("NOTICES OUT OF HOURS", found.out_of_hours), ("AT FAULT", found.faults)):
        print("\n".join((f"{title}: {len(lines)}", *lines)))
    return 1 if found.faults or found.out_of_hours else 0


def lived(days: timedelta, every: timedelta, names: Sequence[str] = ()) -> Life:
    """The whole time, with these people or everybody; what is on record is kept in memory alone."""
    database = prepared("sqlite://", "simulation", upgrade=True)
    life = Life(house(database), BEGIN + days, every)
    courses(life)
    webinars(life)
    stories.begun(life, names)
    started = time.perf_counter()
    bar = Bar(begun=f"{len(life.diaries)} people.", done="Lived", last="")
    life.play(bar)
    bar.close()
    database.close()
    print(f"{time.perf_counter() - started:.0f} s")
    return life


def diary(name: str, entries: Sequence[Entry]) -> str:
    """A line for everything that was said, done or told, by the person's own clock."""
    lines = [name, "-" * len(name)]
    for each in entries:
        what = f"({each.what.removeprefix('reminder: ')}) " if each.kind in ("notice", "reminder") else ""
        lines.append(f"{each.local:%a %d %b %Y %H:%M %Z}  {MARKS[each.kind]} {what}{first_line(each.text)}")
    return "\n".join(lines)


def _read(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.life", description=__doc__)
    parser.add_argument("--days", type=int, default=5 * 365, help="how long it goes on")
    parser.add_argument("--every", type=float, default=13, help="the most hours between two ticks; 1 is hour by hour")
    parser.add_argument("--people", nargs="*", default=(), choices=[*stories.CAST], help="only these")
    parser.add_argument("--quiet", action="store_true", help="without the diaries")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
