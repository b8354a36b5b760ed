"""The lives of evaluators: who takes an offer late, who never answers, who reads at once."""

from collections.abc import Callable, Iterator

from handlers.exchange import Errand
from handlers.review import selecting
from handlers.review.selecting import Offered
from storage import people, roles
from tests.life.life import Story
from tests.life.people import Me, Tale

Act = Callable[[Me, str], object]  # with a review, by reference


def trained(me: Me, set_id: str) -> None:
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


def evaluator(set_id: str, hour: int, *turns: tuple[int, int, Act], begins: int = 0) -> Tale:
    """Somebody trained after so many days, who looks at that hour whether a review is asked of them.

    With each they do this and then that, so many days later at an hour; in no days it is at once.
    """

    def story(me: Me) -> Story:
        if begins:
            yield me.after(begins)
        trained(me, set_id)
        while True:
            yield me.after(1, hour)
            for reference in [*asked(me)]:
                for days, then, act in turns:
                    if days:
                        yield me.after(days, then)
                    act(me, reference)

    return story


def says(*words: str) -> Act:
    return lambda me, reference: me.says(*(each.format(reference) for each in words))


def gives_way(me: Me, _reference: str) -> None:
    """The office asks the next one."""
    me.settled("next", kind="review late")
    me.heard("is not needed any more")


AT_ONCE = (0, 0, says("accept {}"))
MET = says("all met. {}", "confirm")
WANTING = says("all met except 3: nothing of it is shown. {}", "confirm")

# A day before the offer lapses, and a day late with the review.
answers_late = evaluator("cataloging", 12, (6, 9, says("accept {}")), (31, 20, MET))
never_answers = evaluator("cataloging", 12)
answers_at_once = evaluator("cataloging", 19, AT_ONCE, (7, 19, MET))  # a little after the day on which it was asked
declines = evaluator("reference", 18, (0, 0, says("decline {}", "no time")))
never_delivers = evaluator("reference", 13, AT_ONCE, (40, 10, gives_way))
gives_it_back = evaluator("reference", 15, AT_ONCE, (23, 7, says("cannot {}")))  # on the morning of a word about it
finds_it_wanting = evaluator("reference", 16, AT_ONCE, (14, 12, WANTING))
one_of_two = evaluator("youth", 16, AT_ONCE, (9, 12, MET))
the_other = evaluator("youth", 16, AT_ONCE, (11, 22, WANTING))  # the committee is asked in the night: they differ
the_third = evaluator("youth", 16, AT_ONCE, (20, 12, MET), begins=40)


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
