"""What happens around a review, played by marked people, each story from the set that is handed in to its end."""

from collections.abc import Callable
from typing import TypeAlias

from flows.dialog.speech import Inbound
from handlers.outcomes import Seen
from tests.blindness.cast import Cast, Mailer, Watched
from tests.handlers.acting import heard_by
from tests.handlers.review.panel import NAME, SET
from tests.handlers.test_submitting import filled, look, says
from tests.handlers.world import Someone

Story: TypeAlias = Callable[[Cast], None]
OF_ONES_OWN = ("reviews", "status", "progress", "profile", "record", "my data")
ANYWHERE = ("menu", "help", "evidence", "certificate", "package", "pause", "back", "accept", "assess")
HANDED_IN = "Set handed in for review"
RELEASE = "Outcome to release"


def eva(lssc: Cast, *sets: str) -> Someone:
    return lssc.evaluator("telegram", "5550901", "Jimbrella Kwortsnapper", *sets)


def fred(lssc: Cast, *sets: str) -> Someone:
    return lssc.evaluator("email", "yolfmail@zubmail.example", "Yolfang Zubblethorpe", *sets)


def gina(lssc: Cast, *sets: str) -> Someone:
    return lssc.evaluator("slack", "UGRUNT77W", "Wuzzelina Xyphergrunt", *sets)


def hob(lssc: Cast) -> Someone:
    return lssc.evaluator("telegram", "5550904", "Krundle Jaxworthy")


def asked(lssc: Cast, readers: int = 2) -> list[Someone]:
    """The set is handed in, and two of them are asked by one tap."""
    found = [each(lssc) for each in (eva, fred, gina, hob)[:readers]]
    lssc.hands_in()
    assert "Asked: Jimbrella Kwortsnapper, Yolfang Zubblethorpe." in lssc.settles(HANDED_IN, "ask")
    return found


def reference(who: Someone) -> str:
    return who.last.split("eview R-")[1][:5]


def assesses(who: Someone, words: str) -> str:
    who.says(words)
    return who.says("confirm")


def looks_around(who: Someone) -> None:
    """What changes while a review goes on."""
    for words in ("reviews", "status", "progress"):
        who.says(words)


def everything(who: Someone) -> None:
    """What people may ask of themselves at any time."""
    for words in OF_ONES_OWN:
        who.says(words)
    if who.channel == "slack" and isinstance(who.world, Watched):
        who.world.shows_home(who)


def both_find_it_met(lssc: Cast) -> None:
    first, second = asked(lssc)
    name = f"R-{reference(first)}"
    assert "noted" in lssc.olive.says(f"note {lssc.item(HANDED_IN)} Jimbrella and Yolfang read it").lower()
    assert "is not yours to assess" in first.says(f"package {name}")
    first.says("reviews")
    first.presses("Accept")
    assert "You have accepted" in first.says(f"accept {name}")
    for words in ANYWHERE:
        lssc.candidate.says(words)
        first.says(words)
    first.says("cancel")
    first.says("assess")
    first.says("help")
    first.presses("One by one")
    for words in ("met", "not met", "back", "met", "what?", "met", "met", "met", "not met", "The link shows nothing."):
        first.says(words)
    for words in ("change 1", "met", "a", "all met", "confirm"):
        first.says(words)
    second.says("I accept")
    second.says("reviews")
    second.says("assess")
    second.says("all met")
    second.says("1")
    assert "is taken back" in first.says("take it back")
    assert "is recorded as “met”" in assesses(first, "all met")
    lssc.later(minutes=11)
    assert "is decided: the set is complete" in first.last
    assert "minutes are over" in first.says("take it back")
    assert "changes nothing any more" in first.says(f"{name}: I know who this is")
    assert lssc.candidate.last.startswith(f"{NAME} is complete")
    for each in (first, second, lssc.candidate):
        everything(each)


def they_decline_and_lapse(lssc: Cast) -> None:
    lssc.later(days=1)  # a Tuesday, or the last day would begin on a Sunday
    first, second, third, fourth = asked(lssc, 4)
    name = reference(first)
    first.presses("Decline")
    first.presses("Busy just now")
    first.says("pause until 1 June 2027")
    first.says("pause")
    first.says("pause off")
    assert "is not open any more" in first.says(f"accept R-{name}")
    third.says("not my field")
    fourth.says("yes, but only after June")
    lssc.later(days=3, hours=1)
    assert "A reminder: review" in second.last
    lssc.later(days=3)
    assert "still waits for your yes or no" in second.last
    lssc.later(days=1)
    assert "has ended" in second.last
    assert "Nothing waits for you" in second.says("accept") or "is not open" in second.last
    assert "waits for an evaluator" in lssc.candidate.last
    for each in (first, second, third, fourth, lssc.candidate):
        everything(each)


def they_differ_and_a_third_decides(lssc: Cast) -> None:
    first, second, third = asked(lssc, 3)
    chair = lssc.member("U8", "Hal", "librarian public", chair=True)
    for each, words in ((first, "all met"), (second, "all met except 1: no example")):
        each.says("accept")
        assesses(each, words)
    lssc.later(minutes=11)
    assert "A third evaluator is asked." in chair.presses("Yes")
    for each in (first, second, lssc.candidate):
        looks_around(each)
    third.presses("Accept")
    looks_around(third)
    third.presses("Assess it")
    third.presses("All are met")
    third.presses("Confirm it")
    lssc.later(minutes=11)
    assert "is decided: the set is complete" in third.last
    for each in (first, second, third, lssc.candidate):
        everything(each)


def not_met_and_revised(lssc: Cast) -> None:
    first, second, third = asked(lssc, 3)
    for each, words in ((first, "all met except 2 and 5: 2: no example; 5: too short"), (second, "not met: 5: old")):
        each.says("accept")
        assesses(each, words)
    lssc.later(minutes=11)
    looks_around(lssc.candidate)
    assert "is to be revised" in lssc.olive.says(f"settle {lssc.item(RELEASE)} revise 2, 5 by 15 March 2027")
    assert "5: Too short. Old." in lssc.candidate.last
    for words in (
        "check cataloging",
        "progress",
        "write cataloging 2",
        "More of it, with all that I did there.",
        "new",
    ):
        lssc.candidate.says(words)
    says(lssc.candidate, f"submit {SET}", "yes", "yes")
    look(lssc.candidate, Seen("https://example.org/guide", "live", "", ("A guide",)))
    lssc.settles(HANDED_IN, "choose Wuzzelina Xyphergrunt, Jimbrella Kwortsnapper")
    assert "after a revision" in third.last
    assert "round 2" in third.says("accept")
    first.says("accept")
    for each in (first, third):
        assesses(each, "none met: still nothing here")
    lssc.later(minutes=11)
    lssc.settles(RELEASE, "course")
    assert "did not find" in lssc.candidate.last
    for each in (first, second, third, lssc.candidate):
        everything(each)


def one_knows_the_candidate(lssc: Cast) -> None:
    first, second, third = asked(lssc, 3)
    first.says("accept")
    second.says("accept")
    second.says("assess")
    second.says("one by one")
    assert "never ask you about this candidate again" in second.says("I know who this is")
    second.says("confirm")
    third.presses("Accept")
    assert "thank you for telling me" in third.says("I cannot after all")
    first.says("This is a colleague: conflict of interest")
    for each in (first, second, third, lssc.candidate):
        everything(each)


def it_is_taken_back(lssc: Cast) -> None:
    first, second = asked(lssc)
    lssc.candidate.says("take back cataloging")
    assert first.last.endswith("Thank you for being there for it.")
    assert second.last.endswith("Thank you for being there for it.")
    for each in (first, second, lssc.candidate):
        everything(each)


def one_is_late(lssc: Cast) -> None:
    first, second, _ = asked(lssc, 3)
    first.says("accept")
    second.says("accept")
    assesses(second, "all met")
    lssc.later(days=23)
    assert "is due on" in first.last
    first.says("need 10 more days")
    assert "extended once already" in first.says("more time")
    first.says("assess")
    first.says("all met")
    lssc.later(days=10, hours=1)
    lssc.later(days=9)  # the day after is a Sunday
    assert "was due on" in first.last
    lssc.later(days=2)
    assert "the next is asked" in lssc.settles("Review that is late", "next")
    assert "is not needed any more" in first.last
    assert "not yours to assess any more" in first.says("confirm")
    for each in (first, second, lssc.candidate):
        everything(each)


def two_sets_at_once(lssc: Cast) -> None:
    first, second = eva(lssc, SET, "technology"), fred(lssc, SET, "technology")
    lssc.hands_in()
    lssc.settles(HANDED_IN, "ask")
    filled(lssc.candidate, "technology")
    says(lssc.candidate, "submit technology", "yes", "yes")
    look(lssc.candidate, Seen("https://example.org/guide", "live", "", ("A guide",)))
    lssc.settles(HANDED_IN, "ask")
    first.says("reviews")
    assert "Which one do you mean?" in first.says("accept")
    first.says("1")
    assert "Which one do you mean?" in first.says("I accept") or "Thank you" in first.last
    second.says("accept")
    first.says("assess")
    for each in (first, second, lssc.candidate):
        everything(each)


def somebody_is_forgotten(lssc: Cast) -> None:
    first, second, third = asked(lssc, 3)
    first.says("accept")
    second.says("accept")
    first.says("assess")
    lssc.remember()
    second.says("forget me")
    second.presses("Yes, delete everything")
    second.presses("Yes, forget me")
    looks_around(second)
    lssc.later(days=31)
    lssc.later(days=4)
    lssc.candidate.says("forget me")
    lssc.remember()
    lssc.candidate.presses("Yes, delete everything")
    lssc.candidate.presses("Yes, forget me")
    first.says("confirm")
    first.says("all met")
    lssc.later(days=40)
    for each in (first, third, second, lssc.candidate):
        everything(each)
        each.says("reviews")
        each.says("package")
        each.says("accept")


def others_are_refused(lssc: Cast) -> None:
    first, second, third = asked(lssc, 3)
    name = f"R-{reference(first)}"
    third.says(f"accept {name}")
    third.says("accept R-ZZZZZ")
    mallory = Someone(lssc.world, "telegram", "666", "Mallory")
    forger = Mailer(lssc.world, "email", second.address, "Mallory", trust="claimed")
    for key in ("review:accept:2", "review:package:2", "review:fly:2", "review:knows:2", "review:accept:99"):
        mallory.presses_choice(key)
        first.presses_choice(key.replace("accept", "take back"))
    for words in (f"accept {name}", f"package {name}", f"assess {name}", "reviews", "all met"):
        mallory.says(words)
        mallory.says(words, place="-100777")
        forger.says(words)
    assert any(each.to == ("telegram", "-100777") for each in lssc.sent)
    unsure = Inbound("1", "telegram", first.address, f"accept {name}", trust="claimed")
    heard_by(lssc.world.house, unsure, lssc.world.now)
    lssc.world.deliver()
    assert "cannot be sure that this" in first.last
    first.says("back")
    for each in (mallory, first, second, third):
        everything(each)


STORIES = (
    both_find_it_met, they_decline_and_lapse, they_differ_and_a_third_decides, not_met_and_revised,
    one_knows_the_candidate, it_is_taken_back, one_is_late, two_sets_at_once, somebody_is_forgotten, others_are_refused,
)  # fmt: skip
