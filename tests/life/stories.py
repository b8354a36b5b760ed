"""The lives that are simulated, one of each ending: what each person does, and when by their own clock."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from handlers.outcomes import Seen
from tests.life.evaluators import (
    answers_at_once,
    answers_late,
    chairs,
    declines,
    finds_it_wanting,
    gives_it_back,
    never_answers,
    never_delivers,
    one_of_two,
    the_other,
    the_third,
)
from tests.life.life import Life, Story
from tests.life.people import SIX, Me, course_of

DAY = timedelta(days=1)


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
            me.expects("is removed", f"remove {numbers(me, set_id)[0]}")
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
            me.expects("Link 2", "share", "Lee Ross", "all", f"{me.today + timedelta(days=2):%d %B %Y}")
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
    yield me.after(0, 18)
    me.applies()
    yield me.after(3, 11)
    me.is_accepted()
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


def lapses(me: Me) -> Story:
    """Certified before the assistant was there; through the whole term, to its end."""
    me.was_certified(date(2025, 6, 2), "LSSC-2025-0001")
    yield me.after(1)


def lapses_after_grace(me: Me) -> Story:
    """By the later policy there are two months more, which pass too."""
    me.was_certified(date(2026, 3, 10), "LSSC-2026-0001")
    yield me.after(100, 12)
    me.logs(10, me.today - 5 * DAY)


def renews_in_grace(me: Me) -> Story:
    """The last hours are put on record after the end, of a day before it."""
    me.was_certified(date(2026, 3, 12), "LSSC-2026-0002")
    yield me.on(date(2030, 4, 2), 12)
    me.logs(32, date(2029, 6, 3), "technology")
    me.asks_for_renewal()
    yield me.after(9, 15)
    me.settled("renew", kind="renewal")


def renews_in_time(me: Me) -> Story:
    """Ahead of an even pace from the beginning; asks a month before the first word of the end, and lives on."""
    me.was_certified(date(2023, 5, 1), "LSSC-2023-0001")
    for hours in (24, 8):
        yield me.after(30, 12)
        me.logs(hours, me.today - 3 * DAY)
    yield me.on(date(2027, 4, 20), 12)
    me.asks_for_renewal()
    yield me.on(date(2027, 6, 4), 15)  # it was with the office on the day of the first word of the end
    me.settled("renew", kind="renewal")


def is_revoked(me: Me) -> Story:
    """Half a year before the end; made valid again after a month."""
    me.was_certified(date(2024, 2, 1), "LSSC-2024-0001")
    yield me.on(date(2028, 7, 20), 12)
    me.life.office("revoke LSSC-2024-0001 The last course was not approved.")
    me.settled("revoke", kind="certificate to revoke")
    yield me.on(date(2028, 9, 20), 12)
    me.life.office("reinstate LSSC-2024-0001 The course was approved after all.")
    me.settled("reinstate", kind="certificate to reinstate")
    yield me.on(date(2028, 12, 20), 12)
    me.life.office("revoke LSSC-2024-0001 It was not, in the end.")
    me.settled("revoke", kind="certificate to revoke")


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


def is_read(me: Me) -> Story:
    """Hands cataloging in, which two evaluators read."""
    yield from admitted(me)
    yield me.after(16, 17)
    me.by_portfolio("cataloging")
    yield me.after(1, 10)
    me.settled("ask", kind="portfolio")


def is_read_in_vain(me: Me) -> Story:
    """Hands reference in, which one declines, one never delivers, and one gives back."""
    yield from admitted(me)
    yield me.after(30, 17)
    me.by_portfolio("reference")
    yield me.after(1, 10)
    me.settled("ask", kind="portfolio")


def is_read_by_three(me: Me) -> Story:
    """Hands youth services in, of which two readers think differently; the committee has a third asked."""
    yield from admitted(me)
    yield me.after(24, 12)
    me.by_portfolio("youth")
    yield me.after(1, 10)
    me.settled("ask", kind="portfolio")


# --- Webinars --------------------------------------------------------------------------------------------------------

PLACE = "You are signed up for"
CAME, MISSED = ("Vera Nash", "Zoe Dell"), "You were signed up for the webinar"


def comes(me: Me) -> Story:
    """Hears a week, a day and an hour before. The office marks who came, and moves the next one by a day."""
    yield me.after(1, 9)
    me.expects(PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 18), 10)
    there = ", ".join(each for each in CAME if each in me.life.diaries)
    assert "came to" in me.life.office(f"attended WEB-1 {there}")
    me.heard(MISSED, times=0)
    yield me.on(date(2027, 1, 6), 15)
    assert "is moved" in me.life.office("move webinar WEB-2 to 15 January 2027 9:30 am")


def misses_it(me: Me) -> Story:
    """Is told of the next one, signs up for it, and is told that it is moved.

    The application that they begin is reminded of in the morning before the last day, so that the word of the webinar
    in the afternoon waits.
    """
    yield me.after(1, 10)
    me.says("time zone Denver")
    me.expects(PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 14), 12)
    me.begins_to_apply(3)
    yield me.on(date(2026, 12, 18), 7)
    me.says("cancel")
    yield me.on(date(2026, 12, 19), 10)
    if CAME[0] in me.life.diaries:
        me.heard(MISSED)
        me.heard("The next one of its kind: Developing portfolios (WEB-2)")
    me.expects(PLACE, "sign up WEB-2")
    yield me.on(date(2027, 1, 20), 10)
    me.heard("is moved to Friday 15 January 2027, 8:30 am", times=int(CAME[0] in me.life.diaries))


def leaves(me: Me) -> Story:
    """Gives the place back after the first word of it."""
    yield me.after(1, 11)
    me.expects(PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 12), 10)
    me.expects("You are not signed up", "leave webinar WEB-1")


def moves_up(me: Me) -> Story:
    """Gets the place that becomes free; the next one begins when it is night where they live."""
    yield me.after(2, 12)
    is_full = len({"Vera Nash", "Will Orr", "Xena Pike"} & set(me.life.diaries)) == 3
    me.says("time zone Honolulu")
    me.expects("number 1 on the waiting list" if is_full else PLACE, "sign up WEB-1")
    yield me.on(date(2026, 12, 17), 16)
    me.heard("A place became free: you are signed up", times=int(is_full))
    me.expects(PLACE, "sign up WEB-2")
    yield me.on(date(2027, 2, 1), 16)
    me.heard(MISSED, times=0)


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
    "Hilda Moss": ("Illinois", "America/Chicago", "email", lapses),
    "Lars Penn": ("Illinois", "America/Chicago", "email", lapses_after_grace),
    "Grace Lund": ("Illinois", "America/Chicago", "email", renews_in_grace),
    "Rena Holt": ("Illinois", "America/Chicago", "email", renews_in_time),
    "Ruth Vance": ("Illinois", "America/Chicago", "email", is_revoked),
    "Fay Wren": ("Illinois", "America/Chicago", "telegram", wants_fewer),
    "Sam Thorn": ("Illinois", "America/Chicago", "telegram", snoozes),
    "Stan Reed": ("California", "America/Los_Angeles", "telegram", stops_a_kind),
    "Mona Vane": ("Illinois", "America/Chicago", "telegram", moves_about),
    "Rita Lark": ("Ohio", "America/New_York", "telegram", is_read),
    "Rolf Finch": ("Ohio", "America/New_York", "telegram", is_read_in_vain),
    "Tess Ward": ("Ohio", "America/New_York", "telegram", is_read_by_three),
    "Dora Lane": ("Texas", "America/Chicago", "telegram", declined),
    "Rhea Cole": ("Georgia", "America/New_York", "telegram", sent_back),
    "Wade Ford": ("Utah", "America/Denver", "telegram", takes_it_back),
    "Kurt Penn": ("Ohio", "America/New_York", "telegram", cancels_the_form),
    "Fern Hill": ("Iowa", "America/Chicago", "telegram", is_forgotten),
    "Lina Two": ("Ohio", "America/New_York", "telegram", comes_by_two_ways),
    "Vera Nash": ("Illinois", "America/Chicago", "telegram", comes),
    "Will Orr": ("Colorado", "America/Denver", "telegram", misses_it),
    "Xena Pike": ("Illinois", "America/Chicago", "telegram", leaves),
    "Zoe Dell": ("Hawaii", "Pacific/Honolulu", "telegram", moves_up),
    "Eva Crane": ("Illinois", "America/Chicago", "telegram", answers_late),
    "Fred Dove": ("Illinois", "America/Chicago", "telegram", never_answers),
    "Gina Swift": ("Illinois", "America/Chicago", "telegram", answers_at_once),
    "Dean Moor": ("Illinois", "America/Chicago", "telegram", declines),
    "Nell Gray": ("Illinois", "America/Chicago", "telegram", never_delivers),
    "Ines Brook": ("Illinois", "America/Chicago", "telegram", gives_it_back),
    "Gus Hart": ("Illinois", "America/Chicago", "telegram", finds_it_wanting),
    "Uma Field": ("Illinois", "America/Chicago", "telegram", one_of_two),
    "Vic Stone": ("Illinois", "America/Chicago", "telegram", the_other),
    "Wim Dale": ("Illinois", "America/Chicago", "telegram", the_third),
    "Cora Bell": ("Illinois", "America/Chicago", "slack", chairs),
}


def begun(life: Life, names: Iterable[str] = ()) -> None:
    """These people (everybody, where none is named) begin."""
    for number, (name, (state, zone, channel, tale)) in enumerate(CAST.items()):
        if not names or name in names:
            address = f"{name.split()[0].lower()}@branch.test.org" if channel == "email" else f"{100 + number}"
            me = Me(life, name, address, state, zone, channel)
            life.begin(me, tale(me))
