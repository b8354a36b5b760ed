"""The lives of evaluators: who takes an offer late, who never answers, who reads at once."""

from collections.abc import Iterator

from handlers.exchange import Errand
from handlers.review import selecting
from handlers.review.selecting import Offered
from storage import people
from tests.life.life import Story
from tests.life.people import Me


def trained(me: Me) -> None:
    """Somebody who assesses cataloging."""
    me.says("menu")

    def train(errand: Errand) -> None:
        people.name(errand.work, me.person, me.name)
        selecting.put(errand, me.person, Offered(("cataloging",), "", "", ""), "selected")
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
