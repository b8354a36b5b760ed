"""The lives of applicants and candidates, one of each ending: what each does, and when by their own clock."""

from collections.abc import Iterable
from datetime import date, timedelta

from handlers.outcomes import Seen
from tests.life.life import Story
from tests.life.people import SIX, Me, Tale

DAY = timedelta(days=1)


def accepted(me: Me, days: int = 3) -> Story:
    """An application, and its acceptance so many days later."""
    yield me.after(0, 18)
    me.applies()
    yield me.after(days, 11)
    me.is_accepted()


def admitted(me: Me, *, paid: int = 1) -> Story:
    """The usual beginning: accepted, and paid early in the morning, so many days later."""
    yield from accepted(me)
    yield me.after(paid, 7)
    me.pays()


def found_met(me: Me, days: int) -> Story:
    yield me.after(days, 15)
    me.settled("met", kind="portfolio")


def complete(me: Me, set_id: str) -> Story:
    """A set by portfolio, found met by the office three weeks later."""
    me.by_portfolio(set_id)
    yield me.after(2, 11)
    me.settled("begin", kind="portfolio")
    yield from found_met(me, 21)


def revised(me: Me, set_id: str, days: int, hour: int) -> Story:
    """The office asks for more, which is handed in so many days later."""
    me.settled("revise", "1: Please show one record.", kind="portfolio")
    yield me.after(days, hour)
    me.says(f"write {set_id} 1", "I add the record of a talk with a reader, from its beginning to its end.", "new")
    me.hands_in(set_id)


def by_courses(me: Me, set_ids: Iterable[str], days: int, hour: int) -> Story:
    """One after the other, so many days apart."""
    for set_id in set_ids:
        yield me.after(days, hour)
        me.by_course(set_id)


def certified(me: Me) -> Story:
    yield me.after(2, 10)
    me.settled("confirm", kind="certificate")


def with_a_dead_link(me: Me, set_id: str) -> Story:
    me.writes(set_id)
    me.hands_in(set_id, *(Seen(link, "dead", "It is gone.") for link in links(me, set_id)))
    yield me.after(9, 12)  # after the first word about it
    me.says(f"the notes again: https://notes.test.org/{set_id}/again", f"{set_id} 1 to 13")
    me.expects("is removed", f"remove {numbers(me, set_id)[0]}")
    me.hands_in(set_id)
    yield from found_met(me, 14)


def with_a_revision(me: Me, set_id: str) -> Story:
    me.by_portfolio(set_id)
    yield me.after(20, 16)
    yield from revised(me, set_id, 70, 20)  # after two words about it
    yield from found_met(me, 12)


def with_the_record_shared(me: Me, set_id: str) -> Story:
    me.by_course(set_id)
    me.says("share", "Dana Reed", "all", f"{me.today + timedelta(days=30):%d %B %Y}")
    me.expects("Link 2", "share", "Lee Ross", "all", f"{me.today + timedelta(days=2):%d %B %Y}")
    yield from ()


def in_good_time(me: Me) -> Story:
    """A link that does not open, a set to revise, a record that is shared; certified after two and a half years."""
    yield from admitted(me)
    ways = (complete, with_a_dead_link, with_a_revision, with_the_record_shared, complete, complete)
    for set_id, way in zip(SIX, ways, strict=True):
        yield me.after(110, 19)
        yield from way(me, set_id)
    yield from certified(me)


def in_the_last_days(me: Me) -> Story:
    """Five sets in three and a half years, the sixth handed in on the evening of the last day."""
    yield from admitted(me)
    yield from by_courses(me, SIX[:5], 240, 20)
    yield me.on(deadline(me) - 20 * DAY, 21)
    me.writes(SIX[5])
    yield me.on(deadline(me), 22, 30)
    me.hands_in(SIX[5])
    yield from found_met(me, 25)
    yield from certified(me)


def extended(me: Me) -> Story:
    """Four sets when the time is over; half a year more, and then certified."""
    yield from admitted(me)
    yield from by_courses(me, SIX[:4], 300, 17)
    yield me.on(deadline(me) + 6 * DAY, 10)
    until = deadline(me) + 180 * DAY
    me.settled("extend", f"until {until:%d %B %Y}, because of an illness", kind="time over")
    yield from by_courses(me, SIX[4:], 50, 17)
    yield from certified(me)


def time_over(me: Me) -> Story:
    """A link that never finds its place, two sets, and the end."""
    yield from admitted(me)
    yield me.after(60, 12)
    me.says("Here is my plan: https://plans.test.org/one", "later")
    yield me.after(100, 12)
    me.says("https://plans.test.org/one", f"{SIX[0]} 1")
    yield from by_courses(me, SIX[3:5], 200, 12)
    yield me.on(deadline(me) + 10 * DAY, 10)
    me.settled("end", "The four years are over.", kind="time over")


def withdraws(me: Me) -> Story:
    """Leaves in the second year, with a set begun."""
    yield from admitted(me)
    yield me.after(200, 12)
    me.writes("technology")
    yield me.after(200, 12)
    me.expects("has ended, as you wished", "leave program", "yes", "yes")
    yield me.after(150, 12)
    me.applies(confirms=False)
    yield me.after(5, 11)
    me.is_accepted()
    me.pays()


def declined(me: Me) -> Story:
    """Just before the word that it takes longer."""
    yield me.after(0, 18)
    me.applies()
    yield me.after(14, 7)
    me.is_declined("The position requires an MLIS.")
    me.heard("The position requires an MLIS.")


def sent_back(me: Me) -> Story:
    """The application comes back, and is taken back after all."""
    yield me.after(0, 18)
    me.applies()
    yield me.after(3, 10)
    me.is_sent_back("Please tell us your hours of 2025.")
    yield me.after(40, 10)
    me.expects("is withdrawn", "withdraw", "yes")


def takes_it_back(me: Me) -> Story:
    """Accepted, and then not wanted any more, on the morning of the first word about the fee."""
    yield from accepted(me)
    yield me.after(7, 7)
    me.expects("is withdrawn", "withdraw", "yes")


def cancels_the_form(me: Me) -> Story:
    yield me.after(1, 19)
    me.begins_to_apply(4)
    yield me.after(2, 7)
    me.says("cancel")


def is_forgotten(me: Me) -> Story:
    """Wants to be forgotten on the morning of the first word about their pace."""
    yield from admitted(me)
    yield me.after(100, 12)
    me.writes("technology")
    yield me.on(date(2027, 7, 30), 7)
    me.says("forget me", "yes", "yes")


def comes_by_two_ways(me: Me) -> Story:
    """A set begun in one channel, and a link in the other; both are one record from the next day on."""
    yield from admitted(me)
    yield me.after(20, 12)
    me.writes("access")
    yield me.after(1, 12)
    me.joins("slack", "U88")
    yield me.after(1, 12)
    me.says("My plan: https://plans.test.org/four", "later")


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
    me.hands_in("cataloging", Seen(links(me, "cataloging")[0], "dead", "It is gone."))
    yield me.after(7, 7)
    me.hands_in("cataloging")
    yield me.after(10, 15)
    yield from revised(me, "cataloging", 14, 7)
    yield from found_met(me, 10)


def has_the_hours_later(me: Me) -> Story:
    """Too few hours so far; once there are enough, they apply."""
    yield me.after(1, 9)
    me.says("eligibility", "1", "1", "20 hours a week since January 2026", "1")
    day = next((row["words"] for row in me.life.rows("fact") if row["key"] == "qualifies"), None)
    assert day is not None
    yield me.on(date.fromisoformat(str(day)) + 2 * DAY, 12)
    me.says("apply")


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
        yield me.after(1, 2)  # where they just were it is another day
        me.writes("youth")
    yield me.on(deadline(me) - 15 * DAY, 23)
    me.moves_to(*MOVES[-1])


def deadline(me: Me) -> date:
    found = next(row["deadline"] for row in me.life.rows("candidacy") if row["person_id"] == me.person)
    assert isinstance(found, date)
    return found


def links(me: Me, set_id: str) -> list[str]:
    return [str(row["content"]) for row in sent_for(me, set_id)]


def numbers(me: Me, set_id: str) -> list[int]:
    return [int(str(row["number"])) for row in sent_for(me, set_id)]


def sent_for(me: Me, set_id: str) -> list[dict[str, object]]:
    mine = {row["id"] for row in me.life.rows("candidacy") if row["person_id"] == me.person}
    sent = [row for row in me.life.rows("evidence") if row["candidacy_id"] in mine]
    return [row for row in sent if f"/{set_id}" in str(row["content"])]


def read(set_id: str, days: int, hour: int) -> Tale:
    """Hands a set in so many days after the admission, which evaluators are asked to read."""

    def story(me: Me) -> Story:
        yield from admitted(me)
        yield me.after(days, hour)
        me.by_portfolio(set_id)
        yield me.after(1, 10)
        me.settled("ask", kind="portfolio")

    return story


is_read = read("cataloging", 16, 17)  # by two
is_read_in_vain = read("reference", 30, 17)  # one declines, one never delivers, and one gives it back
is_read_by_three = read("youth", 24, 12)  # two think differently; the committee has a third asked
