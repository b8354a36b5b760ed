"""Takes one mail to the house: a person's is heard, what came back is noted, and robots are left alone."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.app import App
from bot.channels.email.perceiving import Perceived, Setup, perceive
from bot.channels.email.reading.kinds import Ours
from bot.channels.email.return_paths import BOUNCES, Returned
from bot.channels.email.taking import Taken
from bot.channels.email.vendor import headed
from bot.settings import Settings
from flows.dialog.speech import Envelope, Inbound
from handlers import mailing, stopping
from handlers.exchange import Errand
from handlers.mailing import CHANNEL, Whose
from storage import inbound

MOST_BEFORE = 18  # mails of a thread that are remembered, beside the first


class Intake:
    """`take` returns once all that a mail changed is committed; raises when it must come again."""

    def __init__(self, app: App, setup: Setup) -> None:
        self._app, self._setup = app, setup
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="mail")
        self._acts: Mapping[str, Callable[[Perceived], Awaitable[Taken]]] = {
            "human": self._human,
            "bounce": self._bounce,
            "complaint": self._complaint,
            "auto": self._automatic,
        }

    async def take(self, raw: bytes, recipient: str = "") -> Taken:
        """`recipient` is the envelope's, where it is known."""
        today = self._app.clock().astimezone(self._app.settings.office_timezone).date()
        read = partial(perceive, raw, recipient, self._setup, today)
        seen = await asyncio.get_running_loop().run_in_executor(self._threads, read)
        act = self._acts.get(seen.kind)
        return await act(seen) if act is not None else "ignored"

    async def _human(self, seen: Perceived) -> Taken:
        if not seen.sender:
            return "failed"
        if seen.returned is not None and seen.returned.purpose == "unsubscribe":
            return await self._stops(seen.id, seen.returned)
        whose = await self._app.errand(lambda errand: _placed(errand, seen))
        if whose is None:
            return "ignored"
        await self._app.hear(_message(seen, whose))
        return "processed"

    async def _stops(self, message_id: str, back: Returned) -> Taken:
        def stop(errand: Errand) -> None:
            if inbound.take(errand.work, CHANNEL, message_id):
                mailing.wants_no_more(errand, back.token.address_id, back.token.letter_id, back.kind)

        await self._app.errand(stop)
        return "processed"

    async def _bounce(self, seen: Perceived) -> Taken:
        """Only one that came to a return path of ours is believed: anybody can write what looks like a bounce."""
        back, found = seen.returned, seen.bounce
        if back is None or back.purpose != "bounce" or found is None or found.status.startswith("2."):
            return "ignored"

        def note(errand: Errand) -> None:
            if inbound.take(errand.work, CHANNEL, seen.id):
                mailing.bounced(errand, back.token.address_id, back.token.letter_id, found.status, hard=found.hard)

        await self._app.errand(note)
        return "processed"

    async def _complaint(self, seen: Perceived) -> Taken:
        """A mail program's wish to unsubscribe comes to the address for it; anybody could write another one."""
        back = seen.returned
        if back is None or back.purpose != "unsubscribe" or not seen.unsubscribes:
            return "ignored"
        return await self._stops(seen.id, back)

    async def _automatic(self, seen: Perceived) -> Taken:
        back, until = seen.returned, seen.until
        if back is None or not seen.away or until is None:
            return "ignored"

        def note(errand: Errand) -> None:
            if inbound.take(errand.work, CHANNEL, seen.id):
                mailing.away(errand, back.token.address_id, back.token.letter_id, until)

        await self._app.errand(note)
        return "ignored"


def setup(settings: Settings) -> Setup:
    """Raises SettingsError for a sender that cannot be used, OSError when there is no key."""
    head = headed(settings)
    paths = head.return_paths()
    addresses = {head.sender.bare, *(f"{local}@{paths.domain}" for local in (paths.local, BOUNCES))}
    ours = Ours(frozenset(each.lower() for each in addresses), head.sender.domain.lower(), BOUNCES, frozenset())
    return Setup(paths, ours, settings.mail_authserv_id or "", tuple(stopping.KINDS))


def _placed(errand: Errand, seen: Perceived) -> Whose | None:
    """Whose mail it is; None for one that is left alone."""
    whose, back = Whose(), seen.returned
    if back is not None and back.purpose == "reply":
        whose = mailing.whose(errand, seen.sender, back.token.address_id, back.token.letter_id)
    before = [each for each in (seen.answers, *seen.references) if each]
    others = () if whose.signed else seen.others  # an answer to us is ours, also with staff in Cc
    if mailing.is_between_people(errand, seen.id, seen.sender, others, before):
        return None
    if mailing.is_enough(errand, seen.sender):
        return None
    mailing.came_through(errand, seen.sender)
    return whose


def _message(seen: Perceived, whose: Whose) -> Inbound:
    envelope = Envelope(
        subject=seen.subject,
        matter=whose.matter,
        letter=whose.letter,
        signed=whose.signed,
        foreign=whose.foreign,
        others=bool(seen.others),
        thread=(*seen.references[:1], *seen.references[1:][-MOST_BEFORE:]),
        unsure=seen.said.uncertain and bool(seen.said.new_text.strip()),
        files=seen.files,
        refused=seen.refused,
    )
    return Inbound(
        id=seen.id,
        channel=CHANNEL,
        address=seen.sender,
        text=seen.words,
        trust="proved" if whose.signed or seen.believed else "claimed",
        style="mail",
        name=seen.name,
        answers=seen.answers,
        mail=envelope,
    )
