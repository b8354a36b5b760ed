"""The lives that are simulated, one of each ending: what each person does, and when by their own clock."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from flows.program.moving import Past
from handlers import moving
from handlers.outcomes import Seen
from tests.life.evaluators import answers_at_once, answers_late, never_answers
from tests.life.life import Life, Story
from tests.life.people import AT_THE_OFFICE, Me, course_of

DAY = timedelta(days=1)
REQUIRED = ("foundations", "technology", "communication")
SIX = (*REQUIRED, "access", "youth", "reference")


def admitted(me: Me, *, accepted: int = 3, paid: int = 1) -> Story:
    """The usual beginning: an application, its acceptance and its payment early in the morning, so many days later."""
    yield me.after(0, 18)
    me.applies()
    yield me.after(accepted, 11)
    me.is_accepted()
    yield me.after(paid, 7)
    me.pays()


def complete(me: Me, set_id: str) -> Story:
    """A set by portfolio, found met by the office three weeks later."""
    me.by_portfolio(set_id)
    yield me.after(2, 11)
    me.settled("begin", kind="portfolio")
    yield me.after(21, 15)
    me.settled("met", kind="portfolio")


def in_good_time(me: Me) -> Story:
    """A link that does not open, a set to revise, a record that is shared; certified after two and a half years."""
    yield from admitted(me)
    for number, set_id in enumerate(SIX):
        yield me.after(110, 19)
        if number == 1:
            me.writes(set_id)
            me.hands_in(set_id)
            me.is_looked_at(*(Seen(link, "dead", "It is gone.") for link in links(me, set_id)))
            yield me.after(9, 12)  # after the first word about it
            me.says(f"the notes again: https://notes.test.org/{set_id}/again", f"{set_id} 1 to 13")
            me.says(f"remove {len(links(me, '')) - 1}", "yes")
            me.hands_in(set_id)
            me.is_looked_at()
            yield me.after(14, 15)
            me.settled("met", kind="portfolio")
        elif number == 2:
            me.by_portfolio(set_id)
            yield me.after(20, 16)
            me.settled("revise", "1: Please show one record.", kind="portfolio")
            yield me.after(70, 20)  # after two words about it
            me.says(
                f"write {set_id} 1", "I add the record of a talk with a reader, from its beginning to its end.", "new"
            )
            me.hands_in(set_id)
            me.is_looked_at()
            yield me.after(12, 15)
            me.settled("met", kind="portfolio")
        elif number == 3:
            me.by_course(set_id, course_of(me.life, set_id))
            me.says("share", "Dana Reed", "all", f"{me.today + timedelta(days=30):%d %B %Y}")
        else:
            yield from complete(me, set_id)
    yield me.after(2, 10)
    me.settled("confirm", kind="certificate")


def in_the_last_days(me: Me) -> Story:
    """Five sets in three and a half years, the sixth handed in on the evening of the last day."""
    yield from admitted(me)
    for set_id in SIX[:5]:
        yield me.after(240, 20)
        me.by_course(set_id, course_of(me.life, set_id))
    yield me.on(deadline(me) - 20 * DAY, 21)
    me.writes(SIX[5])
    yield me.on(deadline(me), 22, 30)
    me.hands_in(SIX[5])
    me.is_looked_at()
    yield me.after(25, 10)
    me.settled("met", kind="portfolio")
    yield me.after(2, 10)
    me.settled("confirm", kind="certificate")


def extended(me: Me) -> Story:
    """Four sets when the time is over; half a year more, and then certified."""
    yield from admitted(me)
    for set_id in SIX[:4]:
        yield me.after(300, 17)
        me.by_course(set_id, course_of(me.life, set_id))
    yield me.on(deadline(me) + 6 * DAY, 10)
    until = deadline(me) + 180 * DAY
    me.settled("extend", f"until {until:%d %B %Y}, because of an illness", kind="time over")
    for set_id in SIX[4:]:
        yield me.after(50, 17)
        me.by_course(set_id, course_of(me.life, set_id))
    yield me.after(2, 10)
    me.settled("confirm", kind="certificate")


def time_over(me: Me) -> Story:
    """A link that never finds its place, two sets, and the end."""
    yield from admitted(me)
    yield me.after(60, 12)
    me.says("Here is my plan: https://plans.test.org/one", "later")
    yield me.after(100, 12)
    me.says("https://plans.test.org/one", f"{SIX[0]} 1")
    for set_id in SIX[3:5]:
        yield me.after(200, 12)
        me.by_course(set_id, course_of(me.life, set_id))
    yield me.on(deadline(me) + 10 * DAY, 10)
    me.settled("end", "The four years are over.", kind="time over")


def withdraws(me: Me) -> Story:
    """Leaves in the second year, with a set begun."""
    yield from admitted(me)
    yield me.after(200, 12)
    me.writes("technology")
    yield me.after(200, 12)
    me.expects("has ended, as you wished", "leave program", "yes", "yes")


def never_finishes_applying(me: Me) -> Story:
    yield me.after(1, 20, 45)
    me.begins_to_apply(6)


def never_pays(me: Me) -> Story:
    """Neither the address is confirmed nor the fee paid; the office takes long to decide."""
    yield me.after(0, 20)
    me.applies(confirms=False)
    yield me.after(30, 15)
    me.is_accepted()


def in_the_morning(me: Me) -> Story:
    """Does each thing in the morning before the reminder of it."""
    yield from admitted(me, paid=7)
    yield me.after(30, 12)
    me.writes("cataloging")
    me.hands_in("cataloging")
    me.is_looked_at(Seen(links(me, "cataloging")[0], "dead", "It is gone."))
    yield me.after(7, 7)
    me.hands_in("cataloging")
    me.is_looked_at()
    yield me.after(10, 15)
    me.settled("revise", "1: Please show one record.", kind="portfolio")
    yield me.after(14, 7)
    me.says("write cataloging 1", "I add the record of a talk with a reader, from its beginning to its end.", "new")
    me.hands_in("cataloging")
    me.is_looked_at()
    yield me.after(10, 15)
    me.settled("met", kind="portfolio")


def has_the_hours_later(me: Me) -> Story:
    """Too few hours so far; once there are enough, they apply."""
    yield me.after(1, 9)
    me.says("eligibility", "1", "1", "20 hours a week since January 2026", "1")
    day = next((row["words"] for row in me.life.rows("fact") if row["key"] == "qualifies"), None)
    assert day is not None
    yield me.on(date.fromisoformat(str(day)) + 2 * DAY, 12)
    me.says("apply")


def holder(me: Me) -> Story:
    """Certified before the assistant was there; through the whole term, to its end."""
    me.says("menu")
    since = date(2025, 6, 2)
    done = dict.fromkeys(SIX, (since, "imported"))
    before = Past(2, me.name, me.mail, date(2023, 1, 9), date(2027, 1, 9), "certified", done, "LSSC-2025-0001", since)
    me.life.errand(lambda errand: moving.take_people(errand, AT_THE_OFFICE, [before]))
    yield me.after(1)


def wants_fewer(me: Me) -> Story:
    """Links and sets lie about, and fewer words about them are wanted."""
    yield from admitted(me)
    yield me.after(30, 12)
    me.wants_fewer()
    me.writes("communication")
    me.says("Another one: https://plans.test.org/two", "later")


def snoozes(me: Me) -> Story:
    """Several reminders fall into the months in which reminders wait; the newest of each come together in the end."""
    yield from admitted(me)
    yield me.after(20, 12)
    me.writes("reference")
    yield me.after(20, 12)
    me.says("My plan: https://plans.test.org/three", "later")
    me.snoozes_until(me.today + timedelta(days=80))


def stops_a_kind(me: Me) -> Story:
    """No word of the pace or of the time left any more, but for the last days."""
    yield from admitted(me)
    yield me.after(100, 12)
    me.stops_kind("deadlines")
    me.writes("access")


MOVES = (
    ("Pacific/Honolulu", "Honolulu"), ("America/Adak", "Adak"), ("Asia/Kolkata", "Kolkata"),
    ("America/St_Johns", "Newfoundland"), ("Asia/Kathmandu", "Nepal"), ("Pacific/Honolulu", "Honolulu"),
)  # fmt: skip


def moves_about(me: Me) -> Story:
    """Half a year here and half a year there, the last move being on the eve of a reminder."""
    yield from admitted(me)
    for zone, words in MOVES[:-1]:
        yield me.after(200, 12)
        me.moves_to(zone, words)
        me.writes("youth")
    yield me.on(deadline(me) - 15 * DAY, 23)
    me.moves_to(*MOVES[-1])


def deadline(me: Me) -> date:
    found = next(row["deadline"] for row in me.life.rows("candidacy") if row["person_id"] == me.person)
    assert isinstance(found, date)
    return found


def links(me: Me, set_id: str) -> list[str]:
    return [str(row["content"]) for row in me.life.rows("evidence") if f"/{set_id}" in str(row["content"])]


def is_read(me: Me) -> Story:
    """Hands cataloging in, which two evaluators read."""
    yield from admitted(me)
    yield me.after(16, 17)
    me.by_portfolio("cataloging")
    yield me.after(1, 10)
    me.settled("ask", kind="portfolio")


Tale = Callable[[Me], Story]
# Name, state, zone, channel and story.
CAST: Mapping[str, tuple[str, str, str, Tale]] = {
    "Pia Quill": ("New York", "America/New_York", "telegram", in_good_time),
    "Leilani Kealoha": ("Hawaii", "Pacific/Honolulu", "telegram", in_the_last_days),
    "Otto Birch": ("Illinois", "America/Chicago", "telegram", extended),
    "Emil Frost": ("Alaska", "America/Anchorage", "telegram", time_over),
    "Wanda Stone": ("Colorado", "America/Denver", "telegram", withdraws),
    "Nora Vale": ("Arizona", "America/Phoenix", "telegram", never_finishes_applying),
    "Paul Marsh": ("Oregon", "America/Los_Angeles", "telegram", never_pays),
    "Yara Moon": ("Indiana", "America/Indiana/Indianapolis", "telegram", in_the_morning),
    "Quentin Hale": ("Ohio", "America/New_York", "telegram", has_the_hours_later),
    "Hilda Moss": ("Illinois", "America/Chicago", "email", holder),
    "Fay Wren": ("Illinois", "America/Chicago", "telegram", wants_fewer),
    "Sam Thorn": ("Illinois", "America/Chicago", "telegram", snoozes),
    "Stan Reed": ("California", "America/Los_Angeles", "telegram", stops_a_kind),
    "Mona Vane": ("Illinois", "America/Chicago", "telegram", moves_about),
    "Rita Lark": ("Ohio", "America/New_York", "telegram", is_read),
    "Eva Crane": ("Illinois", "America/Chicago", "telegram", answers_late),
    "Fred Dove": ("Illinois", "America/Chicago", "telegram", never_answers),
    "Gina Swift": ("Illinois", "America/Chicago", "telegram", answers_at_once),
}


def begun(life: Life, names: Iterable[str] = ()) -> None:
    """These people (everybody, where none is named) begin."""
    for number, (name, (state, zone, channel, tale)) in enumerate(CAST.items()):
        if not names or name in names:
            address = f"{name.split()[0].lower()}@branch.test.org" if channel == "email" else f"{100 + number}"
            me = Me(life, name, address, state, zone, channel)
            life.begin(me, tale(me))
