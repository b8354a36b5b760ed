"""Who is speaking, where they can be reached, and what they told us that later forms need not ask again."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from sqlalchemy import bindparam, delete, exists, func, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert  # its ON CONFLICT compiles for SQLite too

from storage import conversations, inbound, tables
from storage.among import Among
from storage.conversations import Conversation
from storage.database import Work
from storage.direct import Direct, Row, together
from storage.prefetch import ByKey

person = tables.of(tables.Person)
address = tables.of(tables.Address)
fact = tables.of(tables.Fact)
reminder = tables.of(tables.Reminder)
conversation = conversations.conversation


@dataclass(frozen=True)
class Speaker:
    """A person at one of their addresses, with their open conversation and its answers.

    `address_state` is claimed, proved or unreachable; `offer` (JSON) is what was last offered there outside a form,
    `misses` how often in a row they were not understood there; `new` says that they were never heard before;
    `handed_off` is the desk item whose thread their words go to, None when they talk to the assistant; `reminders`
    says that reminders are planned for them.
    """

    person_id: int
    address_id: int
    channel: str
    address: str
    address_state: str
    name: str
    offer: str
    misses: int
    new: bool
    handed_off: int | None = None
    conversation: Conversation | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    reminders: bool = False


@dataclass(frozen=True)
class Address:
    """Where a person can be reached; `state` is claimed, proved or unreachable."""

    id: int
    channel: str
    address: str
    state: str


@dataclass(frozen=True)
class Owner:
    """Whose an address is, None for a place of many people, and its state."""

    person_id: int | None
    state: str


@dataclass(frozen=True)
class Place:
    """A group or channel; its `state` is staff when nobody else reads it, otherwise public.

    `offer` (JSON) is what was last offered there.
    """

    id: int
    state: str
    offer: str = ""


IS_PLANNED = reminder.c.ended_at.is_(None)
THERE = (address.c.channel == bindparam("the_channel"), address.c.address == bindparam("the_address"))
LOCK = Direct(
    select(person.c.id)
    .join(address, address.c.person_id == person.c.id)
    .where(*THERE)
    .with_for_update(of=person, key_share=True)
)
HOLD = (
    select(person.c.id)
    .join(address, address.c.person_id == person.c.id)
    .where(*THERE)
    .with_for_update(of=person, key_share=True)
    .cte("held")
)
TAKE_AND_LOCK = Direct(
    select(select(inbound.TAKEN.c.message_id).scalar_subquery(), select(HOLD.c.id).scalar_subquery())
)
SPEAKER = Direct(
    select(address.c.person_id, address.c.id, address.c.state, person.c.name, address.c.offer, address.c.misses)
    .add_columns(person.c.handed_off, exists().where(reminder.c.person_id == person.c.id, IS_PLANNED))
    .add_columns(conversations.ANSWERED, *conversations.COLUMNS)
    .join(person, person.c.id == address.c.person_id)
    .outerjoin(conversation, (conversation.c.person_id == person.c.id) & conversations.OPEN)
    .where(*THERE)
)
FIND = select(address.c.person_id).where(*THERE)
ADDRESSES = ByKey(
    select(address.c.id, address.c.channel, address.c.address, address.c.state).order_by(address.c.id),
    address.c.person_id,
)
PLACE = select(address.c.id, address.c.state, address.c.offer).where(*THERE)
MOVE = update(address).where(address.c.id == bindparam("the_id")).values(address=bindparam("to"))
AT = select(address.c.id, address.c.channel, address.c.address, address.c.state).where(*THERE)
NAME = update(person).where(person.c.id == bindparam("the_id")).values(name=bindparam("the_name"))
OF_NAME = select(person.c.id).where(func.lower(person.c.name) == bindparam("the_name"), person.c.merged_into.is_(None))
NAMED = select(person.c.name).where(person.c.id == bindparam("the_id"))
ZONE = ByKey(select(person.c.time_zone), person.c.id)
SET_ZONE = update(person).where(person.c.id == bindparam("the_id")).values(time_zone=bindparam("zone"))
HANDED_TO = select(person.c.handed_off).where(person.c.id == bindparam("the_id"))
OWNER = select(address.c.person_id, address.c.state).where(address.c.id == bindparam("the_id"))
ANYBODY = select(person.c.id).limit(1)
CHANNEL_OF = select(address.c.channel).where(address.c.id == bindparam("the_id"))
HAND_OFF = update(person).where(person.c.id == bindparam("the_id")).values(handed_off=bindparam("item"))
HEARD = ByKey(
    select(conversation.c.address_id)
    .where(conversation.c.address_id.is_not(None))
    .order_by(conversation.c.changed_at.desc(), conversation.c.id.desc()),
    conversation.c.person_id,
)
ADD_PERSON = insert(person).returning(person.c.id)
ADOPT = (
    update(address)
    .where(address.c.id == bindparam("the_id"), address.c.person_id.is_(None))
    .values(person_id=bindparam("the_person"), state="proved", offer="", misses=0)
)
DROP_PERSON = delete(person).where(person.c.id == bindparam("the_id"))
ADD_ADDRESS = insert(address).returning(address.c.id)
ADD_FREE_ADDRESS = insert(address).on_conflict_do_nothing().returning(address.c.id)
SET_OFFER = Direct(
    update(address)
    .where(address.c.id == bindparam("the_id"))
    .values(offer=bindparam("the_offer"), misses=bindparam("the_misses"))
)
OFFER_ALL = Direct(
    update(address).where(Among(address.c.id, "ids")).values(offer=bindparam("the_offer"), misses=literal_column("0"))
)
SET_STATE = update(address).where(address.c.id == bindparam("the_id")).values(state=bindparam("the_state"))
# A claimed address stays claimed, or a message from it would later count as proof.
GIVE_UP = update(address).where(address.c.id == bindparam("the_id"), address.c.state == "proved")
GIVE_UP = GIVE_UP.values(state="unreachable")
FACTS = ByKey(select(fact.c.key, fact.c.words, fact.c.as_of), fact.c.person_id)
NEW_FACT = insert(fact)
REMEMBER = NEW_FACT.on_conflict_do_update(
    index_elements=[fact.c.person_id, fact.c.key],
    set_={"words": NEW_FACT.excluded.words, "as_of": NEW_FACT.excluded.as_of},
)
FORGET_FACT = delete(fact).where(fact.c.person_id == bindparam("the_person"), fact.c.key == bindparam("the_key"))
ZONE_ASKED = "zone asked"  # the key of a fact that is kept for good: they were asked for their time zone
FORGET_FACTS = delete(fact).where(fact.c.as_of < bindparam("day"), fact.c.key != literal_column(f"'{ZONE_ASKED}'"))


def speaker(work: Work, channel: str, address: str) -> Speaker | None:
    """Whoever has this address; until the transaction ends, no other one gets past this call for the same person."""
    return _found(work, channel, address, together(work, *_search(work, channel, address)))


def heard(work: Work, channel: str, message_id: str, address: str) -> tuple[bool, Speaker | None]:
    """Whether a message comes for the first time, and its speaker: `inbound.take` and `speaker` on one way."""
    taken, there = inbound.taken(work, channel, message_id), _there(channel, address)
    if work.connection.dialect.name != "postgresql":
        first, found = together(work, (inbound.TAKE, taken), (SPEAKER, there))
        return bool(first), _found(work, channel, address, [found])
    [[first_id, locked]], found = together(work, (TAKE_AND_LOCK, taken | there), (SPEAKER, there))
    return first_id is not None, _found(work, channel, address, [[[locked]] if locked is not None else [], found])


def _search(work: Work, channel: str, address: str) -> list[tuple[Direct, dict[str, str]]]:
    """The statements that find a speaker; on SQLite, one transaction at a time is the lock."""
    there = _there(channel, address)
    # On PostgreSQL the lock is its own statement: rows joined to one it waited for would be as they were before the
    # wait.
    if work.connection.dialect.name == "postgresql":
        return [(LOCK, there), (SPEAKER, there)]
    return [(SPEAKER, there)]


def _found(work: Work, channel: str, address: str, found: Sequence[list[Row]]) -> Speaker | None:
    *locks, rows = found
    # Nobody found is final, or somebody added between the two statements would be read without the lock.
    if not rows or (locks and not locks[0]):
        return None
    if locks and locks[0][0][0] != rows[0][0]:  # while we waited, the address was linked to another person
        return speaker(work, channel, address)
    person_id, address_id, state, name, offer, misses, handed_off, planned, answered, *form = rows[0]
    known = Speaker(
        person_id, address_id, channel, address, state, name, offer, misses, False, handed_off, reminders=bool(planned)
    )
    if form[0] is None:
        return known
    return replace(known, conversation=Conversation(*form), answers=json.loads(answered or "{}"))


def add(work: Work, channel: str, address: str, state: str = "proved", name: str = "") -> Speaker:
    """A new person at this address; whoever has it already when another transaction was quicker (then not `new`)."""
    values = {"created_at": work.now, "name": name, "time_zone": ""}
    person_id = work.connection.execute(ADD_PERSON, values).scalar_one()
    address_id = work.connection.execute(ADD_FREE_ADDRESS, _address(work, person_id, channel, address, state)).scalar()
    if address_id is not None:
        return Speaker(person_id, address_id, channel, address, state, name, "", 0, new=True)
    work.connection.execute(DROP_PERSON, {"the_id": person_id})
    adopted(work, channel, address)  # what was a place of many people may turn out to be somebody's own
    return speaker(work, channel, address) or add(work, channel, address, state, name)


def adopted(work: Work, channel: str, address: str) -> int:
    """The id of an address that a person has; somebody new when it was nobody's, or a place of many people."""
    known = at(work, channel, address)
    if known is None:
        return add(work, channel, address).address_id
    if find(work, channel, address) is None:
        values = {"created_at": work.now, "name": "", "time_zone": ""}
        person_id = work.connection.execute(ADD_PERSON, values).scalar_one()
        work.connection.execute(ADOPT, {"the_id": known.id, "the_person": person_id})
    return known.id


def add_address(work: Work, person_id: int, channel: str, address: str, state: str) -> int:
    """The id of one more address of a person; IntegrityError when somebody has it already."""
    values = _address(work, person_id, channel, address, state)
    return int(work.connection.execute(ADD_ADDRESS, values).scalar_one())


def set_offer(work: Work, address_id: int, offer: str, misses: int) -> None:
    SET_OFFER.later(work, {"the_id": address_id, "the_offer": offer, "the_misses": misses})


def set_offers(work: Work, offers: Mapping[int, str]) -> None:
    """The same for many, by the id of the address, with no misses; many are offered the same."""
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for address_id, offer in offers.items():
        alike[offer].append(address_id)
    for offer, ids in alike.items():
        OFFER_ALL.later(work, {"ids": ids, "the_offer": offer})


def mark_unreachable(work: Work, address_id: int) -> None:
    """A proved address cannot be written to; one that is only claimed stays so."""
    work.connection.execute(GIVE_UP, {"the_id": address_id})


def mark_proved(work: Work, address_id: int) -> None:
    """Somebody showed that they read what is sent to this address."""
    work.connection.execute(SET_STATE, {"the_id": address_id, "the_state": "proved"})


def owner(work: Work, address_id: int) -> Owner | None:
    """Whose the address of this id is; None when there is none."""
    row = work.connection.execute(OWNER, {"the_id": address_id}).first()
    return Owner(*row) if row is not None else None


def at(work: Work, channel: str, address: str) -> Address | None:
    """The address of that name, or the place, when it is on record."""
    row = work.connection.execute(AT, _there(channel, address)).first()
    return Address(*row) if row is not None else None


def mark_reachable(work: Work, address_id: int, state: Literal["claimed", "proved"] = "proved") -> None:
    """Somebody wrote from an address that was given up, or lets us write there again."""
    work.connection.execute(SET_STATE, {"the_id": address_id, "the_state": state})


def move(work: Work, address_id: int, to: str) -> int:
    """Give an address another name, because its vendor did; its id, or that of the one that has this name already."""
    channel = channel_of(work, address_id)
    taken = work.connection.execute(PLACE, _there(channel, to)).first()
    if taken is not None:
        return int(taken.id)
    work.connection.execute(MOVE, {"the_id": address_id, "to": to})
    return address_id


def addresses(work: Work, person_id: int) -> list[Address]:
    """Every address of a person, oldest first."""
    return [Address(*row) for row in ADDRESSES.rows(work, person_id)]


def last_heard_at(work: Work, person_id: int) -> int | None:
    """The id of the address where the person last filled in a form; None when they never did."""
    row = HEARD.first(work, person_id)
    return int(row[0]) if row is not None else None


def find(work: Work, channel: str, address: str) -> int | None:
    """The id of the person at this address."""
    return work.connection.execute(FIND, _there(channel, address)).scalar()


def facts(work: Work, person_id: int, since: date) -> dict[str, tuple[str, date]]:
    """What the person told us on or after `since`: words and day by key."""
    return {key: (words, as_of) for key, words, as_of in FACTS.rows(work, person_id) if as_of >= since}


def remember(work: Work, person_id: int, facts: Mapping[str, str], as_of: date) -> None:
    """Store words under their keys, over what stood there."""
    rows = [{"person_id": person_id, "key": key, "words": words, "as_of": as_of} for key, words in facts.items()]
    if rows:
        work.connection.execute(REMEMBER, rows)


def forget_facts(work: Work, person_id: int, keys: Iterable[str]) -> None:
    """Forget what a person told us under these keys."""
    rows = [{"the_person": person_id, "the_key": key} for key in keys]
    if rows:
        work.connection.execute(FORGET_FACT, rows)


def forget_facts_before(work: Work, day: date) -> int:
    """Forget what was said before `day`, but what is kept for good; how many facts."""
    return work.connection.execute(FORGET_FACTS, {"day": day}).rowcount


def place(work: Work, channel: str, address: str) -> Place:
    """A group or channel of many people, which is nobody's address; put on record as public when it is new."""
    there = _there(channel, address)
    row = work.connection.execute(PLACE, there).first()
    if row is not None:
        return Place(*row)
    work.connection.execute(ADD_FREE_ADDRESS, _address(work, None, channel, address, "public"))
    return Place(*work.connection.execute(PLACE, there).one())


def set_place(work: Work, place_id: int, state: Literal["public", "staff"]) -> None:
    """Whether only staff read what is said in a place."""
    work.connection.execute(SET_STATE, {"the_id": place_id, "the_state": state})


def name(work: Work, person_id: int, name: str) -> None:
    work.connection.execute(NAME, {"the_id": person_id, "the_name": name})


def anybody(work: Work) -> bool:
    """Whether a single person is on record."""
    return work.connection.execute(ANYBODY).first() is not None


def time_zone(work: Work, person_id: int) -> str:
    """The name of a person's time zone (IANA); empty when they told none."""
    [row] = ZONE.rows(work, person_id)
    return str(row[0])


def set_time_zone(work: Work, person_id: int, zone: str) -> None:
    """`zone` is a name of IANA; empty for none."""
    work.connection.execute(SET_ZONE, {"the_id": person_id, "zone": zone})


def by_name(work: Work, name: str) -> list[int]:
    """Everybody of that name, in any letters, by id."""
    return list(work.connection.execute(OF_NAME, {"the_name": name.lower()}).scalars())


def named(work: Work, person_id: int) -> str:
    """A person's name; "" when it is not known."""
    return work.connection.execute(NAMED, {"the_id": person_id}).scalar() or ""


def channel_of(work: Work, address_id: int) -> str:
    return str(work.connection.execute(CHANNEL_OF, {"the_id": address_id}).scalar_one())


def hand_off(work: Work, person_id: int, item_id: int | None) -> None:
    """From now on the person's words go to the thread of this desk item; None: to the assistant."""
    work.connection.execute(HAND_OFF, {"the_id": person_id, "item": item_id})


def handed_to(work: Work, person_id: int) -> int | None:
    """The desk item whose thread the person's words go to."""
    found: int | None = work.connection.execute(HANDED_TO, {"the_id": person_id}).scalar()
    return found


def spelled(channel: str, address: str) -> str:
    """An address as it is kept: that of a mailbox in lower case, as people write it either way."""
    return address.lower() if channel == "email" else address


def _there(channel: str, address: str) -> dict[str, str]:
    return {"the_channel": channel, "the_address": spelled(channel, address)}


def _address(work: Work, person_id: int | None, channel: str, address: str, state: str) -> dict[str, object]:
    where = {"person_id": person_id, "channel": channel, "address": spelled(channel, address)}
    counts = {"misses": 0, "bounces": 0, "revoked": 0}
    return where | counts | {"state": state, "offer": "", "created_at": work.now}
