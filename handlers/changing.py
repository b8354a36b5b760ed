"""The commands by which people change what is on record about them and how they are written to."""

import re
from collections.abc import Callable, Mapping

from flows import profile as scripts
from flows.dialog.kinds import tidy
from flows.dialog.unclear import Unclear
from flows.profile import What
from flows.program import quiet, zones
from flows.program.states import find_state
from handlers import changed, forms, offers, whereabouts
from handlers.addressing import named, titled
from handlers.exchange import Exchange, Reply
from handlers.profile import not_theirs
from storage import people, profiles

Act = Callable[[Exchange, str], Reply | None]

ONE_ONLY = (
    "I can write to you by one confirmed address only: {}. `link` adds another channel, `new mail` a mail address."
)
NO_SUCH = "There is no confirmed address of yours by {}. `link` adds another channel, `new mail` a mail address."
CHANNELS: Mapping[str, str] = {"mail": "email", "e-mail": "email", "the terminal": "terminal"}
# Outside a form "change" means what is on record.
CHANGES: Mapping[str, str] = {
    "name": "rename", "library": "my library", "employer": "my library", "position": "my position",
    "job": "my position", "state": "my state", "mail": "new mail", "email": "new mail", "mail address": "new mail",
    "email address": "new mail", "time zone": "time zone", "timezone": "time zone", "quiet hours": "quiet hours",
    "preferred channel": "preferred channel", "channel": "preferred channel",
}  # fmt: skip
CHANGE = re.compile(rf"(?:my )?({'|'.join(sorted(CHANGES, key=len, reverse=True))})(?: to:? (.+))?")


def otherwise(ex: Exchange, rest: str) -> Reply | None:
    """`change my name to Ann Lee` where no form is open; None for what is not on record."""
    match = CHANGE.fullmatch(rest)
    return RUN[CHANGES[match[1]]](ex, match[2] or "") if match else None


def _rename(ex: Exchange, rest: str) -> Reply | None:
    return forms.start_answered(ex, "rename", {}, written(ex, rest))


def _told(name: str, what: What) -> Act:
    def run(ex: Exchange, rest: str) -> Reply | None:
        now = scripts.about(changed.on_record(ex, ex.speaker.person_id, what))
        return forms.start_answered(ex, name, now, written(ex, rest))

    return run


def _state(ex: Exchange, rest: str) -> Reply | None:
    """Whoever moved to what is no state tells something else."""
    if rest and find_state(rest) is None:
        return None
    return _told("my state", "state")(ex, rest)


def _new_mail(ex: Exchange, rest: str) -> Reply | None:
    return forms.start_answered(ex, "new mail", {}, written(ex, rest))


def _time_zone(ex: Exchange, rest: str) -> Reply | None:
    """A question about time zones is none of this."""
    if "?" in ex.message.text and rest:
        return None
    return forms.start_answered(ex, "time zone", {}, rest)


def zone_chosen(ex: Exchange, zone: str) -> Reply:
    """A choice below the question for the time zone, however old it is."""
    return RUN["time zone"](ex, "" if zone == whereabouts.OTHER else zone) or Reply()


def zone_told(ex: Exchange) -> Reply | None:
    """The answer to that question in words, right below it; None for words that name no zone."""
    if not any(key.startswith(f"{whereabouts.CHOICE}:") for key in offers.keys(ex.speaker.offer)):
        return None
    try:
        zones.read(ex.message.text, ex.today.year)
    except Unclear:
        return None
    return RUN["time zone"](ex, ex.message.text)


def _preferred(ex: Exchange, rest: str) -> Reply | None:
    """Among the proved addresses; a channel with several has them offered."""
    proved = [each for each in people.addresses(ex.work, ex.speaker.person_id) if each.state == "proved"]
    wished = CHANNELS.get(rest, rest)
    fitting = [each for each in proved if wished in ("", each.channel, each.address.lower())]
    if wished and wished != scripts.LAST_USED.key and not fitting:
        return Reply((NO_SUCH.format(named(wished)),))
    if len(proved) == 1:
        return Reply((ONE_ONLY.format(titled(ex, proved[0])),))
    offered = {f"a{each.id}": titled(ex, each) for each in fitting or proved}
    words = next(iter(offered)) if wished and len(fitting) == 1 else rest if wished == scripts.LAST_USED.key else ""
    return forms.start_answered(ex, "preferred channel", offered, words)


def _quiet(ex: Exchange, rest: str) -> Reply | None:
    """Words that only look like quiet hours ("don't write to me in capitals") are none."""
    kept = profiles.of(ex.work, ex.speaker.person_id).quiet
    if rest and not ex.message.text.lower().lstrip("/ ").startswith(("quiet", "my quiet", "change", "lssc")):
        try:
            quiet.told(rest, quiet.of(kept))
        except quiet.Waking:
            pass  # it is asked back
        except Unclear:
            return None
    return forms.start_answered(ex, "quiet hours", {scripts.NOW: kept}, rest)


def written(ex: Exchange, rest: str) -> str:
    """The words behind a command as they were written, not in lower case."""
    found = re.search(re.escape(rest), tidy(ex.message.text).replace("’", "'"), re.IGNORECASE)
    return tidy(ex.message.text)[found.start() : found.end()] if found else rest


def _by_the_person(act: Act) -> Act:
    """Nothing of a record is said where others read it; a message whose sender may be forged changes nothing."""

    def run(ex: Exchange, rest: str) -> Reply | None:
        return not_theirs(ex) or act(ex, rest)

    return run


RUN: Mapping[str, Act] = {
    name: _by_the_person(act)
    for name, act in (
        ("rename", _rename),
        ("my library", _told("my library", "library")),
        ("my position", _told("my position", "position")),
        ("my state", _state),
        ("new mail", _new_mail),
        ("time zone", _time_zone),
        ("preferred channel", _preferred),
        ("quiet hours", _quiet),
    )
}
