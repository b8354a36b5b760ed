"""A program with evaluators, a committee and a set that was handed in."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from flows.program.policy import load
from handlers import appealing
from handlers.exchange import Errand
from handlers.hearing import House
from handlers.outcomes import Seen
from handlers.review import asking, committee, deciding, selecting, willing
from handlers.review.selecting import Offered
from storage import people, roles
from tests.handlers.conftest import RULES
from tests.handlers.reminding import remind
from tests.handlers.test_submitting import candidate, filled, look, says
from tests.handlers.world import Someone, World

SET = "cataloging"
NAME = "Cataloging and Classification"
STEPS = (asking.watch, asking.go_on, deciding.conclude, deciding.watch, committee.watch, willing.watch, appealing.watch)


@dataclass
class Program:
    """Everybody who takes part: `candidate`, `olive` of the office, and whoever was added."""

    candidate: Someone
    olive: Someone

    @property
    def world(self) -> World:
        return self.candidate.world

    def evaluator(self, channel: str, address: str, name: str, *sets: str, workplace: str = "") -> Someone:
        """Somebody who is trained for these sets (the one of the tests, where none is named)."""
        someone = self.world.somebody(channel, address, name)
        day = date(2026, 1, 5)

        def trained(errand: Errand) -> None:
            person = people.find(errand.work, channel, address)
            assert person is not None
            people.name(errand.work, person, name)
            selecting.put(errand, person, Offered(sets or (SET,), workplace, "", ""), "selected")
            selecting.trained(errand, "the office", person, day)

        self.world.act(trained)
        return someone

    def member(self, address: str, name: str, seat: str, *, chair: bool = False) -> Someone:
        """Somebody on the committee, by Slack."""
        someone = self.world.somebody("slack", address, name)

        def seated(errand: Errand) -> None:
            person = people.find(errand.work, "slack", address)
            assert person is not None
            roles.give(errand.work, person, "committee", "the office", seat, chair=chair)

        self.world.act(seated)
        return someone

    def hands_in(self, words: str = "I did this work for years.") -> None:
        """The candidate hands the set in, its links are looked at, and the office gets it."""
        filled(self.candidate, SET, words)
        says(self.candidate, f"submit {SET}", "yes", "yes")
        look(self.candidate, Seen("https://example.org/guide", "live", "", ("A guide",)))

    def hands_in_another(self) -> None:
        """Another candidate does the same, and the same evaluators are asked."""
        other = candidate(self.world.house, "Bea Yarrow", "bea")
        other = replace(other, world=self.world)
        replace(self, candidate=other).hands_in()
        self.settles("Set handed in for review", "ask")

    def later(self, **time: float) -> None:
        """Time passes, and everything that is due then happens."""
        self.world.now += timedelta(**time)
        for step in STEPS:
            self.world.act(step)
        remind(self.world.act)

    def item(self, title: str) -> str:
        """The number of the newest desk item of that title."""
        shown = (each.text.splitlines()[0] for each in reversed(self.olive.inbox.values()))
        return next(line for line in shown if title in line).split()[0].removeprefix("#")

    def settles(self, title: str, how: str) -> str:
        return self.olive.says(f"settle {self.item(title)} {how}")


def program(house: House, *switched: tuple[str, str]) -> Program:
    """A candidate and the office; the committee has no member yet. `switched` are changes of the policy's text."""
    from handlers.desk.table import KINDS

    rules = (RULES / "policy.toml").read_text()
    for before, after in switched:
        assert before in rules
        rules = rules.replace(before, after)
    policy = load(rules) if switched else house.policy
    house = replace(house, staff=frozenset({("slack", "U1")}), kinds=KINDS, policy=policy)
    ann = candidate(house)
    return Program(ann, Someone(ann.world, "slack", "U1", "Olive"))
