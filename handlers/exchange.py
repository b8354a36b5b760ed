"""One message being heard and the reply taking shape: what every handler is given and gives back."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache, cached_property
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from faq.knowledge import Answer
from faq.knowledge import Reply as Thought
from flows.dialog.speech import Choice, Drawing, Inbound, Outbound
from flows.program import office
from flows.program.competencies import Competencies, Reference
from flows.program.policy import Policy
from flows.program.rules import Rules
from handlers import letters
from storage import outbox, people
from storage.database import Database, Work
from storage.outbox import Letter
from storage.people import Speaker

if TYPE_CHECKING:
    from handlers.desk.kinds import Kind


class NeedsThought(Exception):
    """These words must be matched against the knowledge base before this turn can be taken; nothing was changed."""

    def __init__(self, words: str) -> None:
        super().__init__()  # the words of a message belong into no log
        self.words = words


class NeedsGuesses(Exception):
    """What these words may be evidence for must be guessed before this turn can be taken; nothing was changed."""

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__()
        self.words = words


Place: TypeAlias = tuple[str, str]  # channel and address


@dataclass(frozen=True)
class House:
    """What the whole program shares; `entry` gives an answer of the knowledge base by its id.

    `staff` are the first members of the staff, `desk` is where desk items go, None when to each of the staff; `kinds`
    are the kinds of desk item by name. `bots` are our user names by channel, as each vendor told them since the start.
    `takes_mail`: whether replies to our mails are read. `unprintable` gives the letters of words that our documents
    cannot print. `public_url` is where people reach our pages,
    empty for nowhere.
    """

    database: Database
    policy: Policy
    competencies: Competencies
    entry: Callable[[str], Answer | None]
    office_zone: ZoneInfo
    staff: frozenset[Place] = frozenset()
    desk: Place | None = None
    kinds: "Mapping[str, Kind]" = field(default_factory=dict)
    bots: Mapping[str, str] = field(default_factory=dict)
    takes_mail: bool = False
    unprintable: Callable[[str], str] = lambda _words: ""
    public_url: str = ""


@dataclass(frozen=True)
class Errand:
    """Something being done in one transaction, whoever began it: a message, the office's command line, the clock.

    `told` are people (by id) who were told something of it: what waits for them may be over.
    """

    house: House
    work: Work
    queued: list[Callable[[], Letter | None]] = field(default_factory=list, kw_only=True)
    told: set[int] = field(default_factory=set, kw_only=True)

    @cached_property
    def today(self) -> date:
        """The office's date."""
        return self.day(self.work.now)

    def day(self, instant: datetime) -> date:
        """The office's date at an instant."""
        return instant.astimezone(self.house.office_zone).date()

    def opening(self, day: date) -> datetime:
        """When the office opens on a day, in UTC."""
        return datetime.combine(day, office.OPENS, self.house.office_zone).astimezone(UTC)

    @cached_property
    def rules(self) -> Rules:
        return self.house.policy.on(self.today)

    def post(self, address_id: int, message: Outbound, matter: str = "") -> None:
        """Queue a message; it is delivered at once after the commit when nothing of that address waits before it.

        `matter` names what it is about ("item:17"), so that answers to it can be told apart; mails about one matter
        are one thread.
        """
        self.queued.append(outbox.queue(self.work, address_id, self._body(address_id, message, matter), matter))

    def leave(self, messages: Iterable[tuple[int, Outbound, str]]) -> None:
        """The same for many addresses: id of the address, message and matter. The delivery is to be woken for them."""
        encoded = cache(letters.encode)  # many say the same
        bodies = [(to, encoded(self._placed(to, message, matter)), matter) for to, message, matter in messages]
        outbox.leave(self.work, bodies)

    def _body(self, address_id: int, message: Outbound, matter: str) -> str:
        return letters.encode(self._placed(address_id, message, matter))

    def _placed(self, address_id: int, message: Outbound, matter: str) -> Outbound:
        """In its thread, where it goes by mail."""
        if matter and not message.answers and people.channel_of(self.work, address_id) == "email":
            return replace(message, answers=outbox.first_of(self.work, address_id, matter))
        return message

    @property
    def posted(self) -> tuple[Letter, ...]:
        """What may be sent at once, to be asked after the commit."""
        return tuple(letter for letter in (queued() for queued in self.queued) if letter is not None)


@dataclass(frozen=True)
class Exchange(Errand):
    """One message of one person, inside its transaction."""

    message: Inbound
    speaker: Speaker
    thoughts: Mapping[str, Thought] = field(default_factory=dict)
    guesses: Mapping[str, tuple[Reference, ...]] = field(default_factory=dict)

    def guess(self, texts: Sequence[str]) -> list[tuple[Reference, ...]]:
        """The likeliest competencies for each of these texts, best first. Raises NeedsGuesses."""
        missing = [text for text in texts if text not in self.guesses]
        if missing:
            raise NeedsGuesses(missing)
        return [self.guesses[text] for text in texts]

    def think(self, words: str | None = None) -> Thought:
        """What the knowledge base makes of the message, or of words in it.

        Raises NeedsThought when that was not found out yet.
        """
        words = self.message.text if words is None else words
        found = self.thoughts.get(words)
        if found is None:
            raise NeedsThought(words)
        return found


@dataclass(frozen=True)
class Reply:
    """What is said in answer to one message: paragraphs, and choices.

    `choices` answer the open question (`conversation`, `question`); `extras`, offered beside them, lead elsewhere.
    `misses` counts the misunderstandings in a row, this one included. `replaced`: the choices are not those of the open
    question. `introduced`: these are already the first words to a stranger. `silent`: nothing is said at all.
    `matter`: what it is about, as in `Errand.post`. `drawings` are as with `Outbound`.
    """

    paragraphs: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    extras: tuple[Choice, ...] = ()
    conversation: int = 0
    question: str = ""
    misses: int = 0
    replaced: bool = False
    introduced: bool = False
    silent: bool = False
    matter: str = ""
    drawings: tuple[Drawing, ...] = ()

    @property
    def in_form(self) -> bool:
        return self.conversation != 0

    def after(self, *paragraphs: str) -> "Reply":
        """The same with `paragraphs` said before."""
        return replace(self, paragraphs=tuple(filter(None, paragraphs)) + self.paragraphs)

    def message(self) -> Outbound:
        text = "\n\n".join(filter(None, self.paragraphs))
        return Outbound(text, self.choices + self.extras, self.conversation, self.question, drawings=self.drawings)
