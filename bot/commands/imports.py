"""`lssc import`: takes tables of the office in, whole or not at all."""

from argparse import Namespace
from pathlib import Path

from bot import rulebook, settings
from bot.channels.email import write
from bot.trouble import CommandError


def competencies(args: Namespace) -> int:
    """Checks the official wording and keeps it where every start reads it."""
    source, kept = Path(args.file), settings.read().competencies
    if not source.exists():
        raise CommandError(f"{source} does not exist.")
    table = rulebook.official(source) or ""
    known = rulebook.worded(table, source)
    every = [each for group in known.sets for each in group.competencies]
    worded = sum(each.official is not None for each in every)
    try:
        write(kept.absolute().parent, kept.name, table.encode())
    except OSError as error:
        told = f"{kept} cannot be written: {error.strerror}. Name another file in LSSC_COMPETENCIES."
        raise CommandError(told) from None
    print(f"The official wording of {worded} of {len(every)} competencies is kept in {kept}; the next start shows it.")
    return 0
