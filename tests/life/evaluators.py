"""The lives of evaluators: who takes an offer late, who never answers, who reads at once."""

from collections.abc import Callable, Iterator

from handlers.exchange import Errand
from handlers.review import selecting
from handlers.review.selecting import Offered
from storage import people, roles
from tests.life.life import Story
from tests.life.people import Me


def trained(me: Me, set_id: str = "cataloging") -> None:
    """Somebody who assesses a set."""
    me.volunteers = True
    me.says("menu")

    def train(errand: Errand) -> None:
        people.name(errand.work, me.person, me.name)
        selecting.put(errand, me.person, Offered((set_id,), "", "", ""), "selected")
        selecting.trained(errand, "the office", me.person, errand.today)

    me.life.errand(train)


def asked(me: Me) -> Iterator[str]:
    """The reviews that wait for an answer of theirs, by reference."""
    for reader in me.life.rows("review_reader"):
        if reader["person_id"] == me.person and reader["seat"] == "asked":
            yield next(str(row["reference"]) for row in me.life.rows("review") if row["id"] == reader["review_id"])


def answers_late(me: Me) -> Story:
    """Takes an offer a day before it lapses, and is a day late with the review."""
    trained(me)
    while True:
        yield me.after(1, 12)
        for reference in [*asked(me)]:
            yield me.after(6, 9)
            me.says(f"accept {reference}")
            yield me.after(31, 20)
            me.says(f"all met. {reference}", "confirm")


def never_answers(me: Me) -> Story:
    trained(me)
    yield me.after(1)


def answers_at_once(me: Me) -> Story:
    """Reads within a week, a little after the day on which it was asked."""
    trained(me)
    while True:
        yield me.after(1, 19)
        for reference in [*asked(me)]:
            me.says(f"accept {reference}")
            yield me.after(7, 19)
            me.says(f"all met. {reference}", "confirm")


def declines(me: Me) -> Story:
    trained(me, "reference")
    while True:
        yield me.after(1, 18)
        for reference in [*asked(me)]:
            me.says(f"decline {reference}", "no time")


def never_delivers(me: Me) -> Story:
    """Accepts and falls silent, until the office asks the next."""
    trained(me, "reference")
    while True:
        yield me.after(1, 13)
        for reference in [*asked(me)]:
            me.says(f"accept {reference}")
            yield me.after(40, 10)
            me.settled("next", kind="review late")
            me.heard("is not needed any more")


def gives_it_back(me: Me) -> Story:
    """Accepts, and cannot after all, on the morning of a word about it."""
    trained(me, "reference")
    while True:
        yield me.after(1, 15)
        for reference in [*asked(me)]:
            me.says(f"accept {reference}")
            yield me.after(23, 7)
            me.says(f"cannot {reference}")


def reads(set_id: str, words: str, *, days: int = 14, hour: int = 12, begins: int = 0) -> Callable[[Me], Story]:
    """Takes an offer the next day at four, and says this of the set so many days later at that hour."""

    def story(me: Me) -> Story:
        yield me.after(begins, 10)
        trained(me, set_id)
        while True:
            yield me.after(1, 16)
            for reference in [*asked(me)]:
                me.says(f"accept {reference}")
                yield me.after(days, hour)
                me.says(f"{words}. {reference}", "confirm")

    return story


WANTING = "all met except 3: nothing of it is shown"
finds_it_wanting = reads("reference", WANTING)
one_of_two = reads("youth", "all met", days=9)
the_other = reads("youth", WANTING, days=11, hour=22)  # the committee is asked in the night, because they differ
the_third = reads("youth", "all met", days=20, begins=40)


def chairs(me: Me) -> Story:
    """On the committee; answers a question after the second reminder."""
    me.volunteers = True
    me.says("menu")
    seat = "librarian from a public library"
    me.life.errand(lambda errand: roles.give(errand.work, me.person, "committee", "the office", seat, chair=True))
    while True:
        yield me.after(1, 7)
        if any(each["state"] == "open" for each in me.life.rows("ballot")):
            yield me.after(20, 7)
            me.heard("A reminder of a question to the committee: whether a third evaluator is asked", times=2)
            me.expects("A third evaluator is asked", "yes")
