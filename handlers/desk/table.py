"""The table of contents of the desk: every kind of item by its name."""

from collections.abc import Mapping

from handlers import (
    adding,
    appealing,
    certifying,
    doubles,
    ending,
    forgotten,
    handoff,
    naming,
    publishing,
    revoking,
    unanswered,
)
from handlers.desk import decisions, learned, portfolios, renewals, thirds, training
from handlers.desk.kinds import Action, Kind, plain
from handlers.reminders import releasing
from handlers.review import asking, committee, deciding, leaving, questioning, selecting, willing

ANSWER = Action("answer", "Answer", handoff.answer, "What shall I tell them?", "We have received your transcript.")
CLOSE = Action("close", "End the talk", handoff.close)

KINDS: Mapping[str, Kind] = {
    **decisions.KINDS,
    **certifying.KINDS,
    **revoking.KINDS,
    **learned.KINDS,
    **renewals.KINDS,
    handoff.HAND_OFF: Kind("Wish for a person", (ANSWER, CLOSE, publishing.FROM_TALK), is_talk=True),
    unanswered.UNANSWERED: unanswered.KIND,
    publishing.DRAFT: publishing.KIND,
    asking.HANDED_IN: portfolios.KIND,
    asking.LACKING: plain("Set that lacks evaluators"),
    deciding.TO_RELEASE: deciding.RELEASE,
    asking.LATE: deciding.OVERDUE_KIND,
    committee.EMPTY_SEAT: plain("Empty seat on the review committee"),
    committee.NO_MEMBER: plain("Question that nobody of the committee can be asked"),
    asking.NO_THIRD: thirds.KIND,
    selecting.TO_TRAIN: training.KIND,
    leaving.OF_THEIR_OWN: plain("Evaluator who read their own portfolio, as became known when two records were joined"),
    appealing.APPEAL: appealing.KIND,
    questioning.QUESTION: questioning.KIND,
    willing.SILENT: plain("Evaluator who did not say whether they go on; meanwhile they are not asked"),
    ending.TIME_OVER: ending.KIND,
    naming.CHANGE: naming.KIND,
    releasing.IN_VAIN: plain("Somebody who was reminded in vain"),
    "candidacy withdrawn": plain("Candidate who left the program"),
    "script error": plain("Fault of the program"),
    "message failed": plain("Message that could not be heard"),
    "undeliverable": plain("Address that takes no messages"),
    "mail loop": plain("Many mails to one address: two robots may be writing to each other"),
    "complaint": plain("Somebody marked our mail as unwanted"),
    "address of another person": plain("Address that is on another record"),
    "wrong codes": plain("Many wrong codes: somebody may be guessing"),
    doubles.TWO_RECORDS: doubles.KIND,
    forgotten.FORGOTTEN: plain("Record deleted at the person's wish"),
    adding.ANSWERED: plain("Answer to a request for more"),
    "forget me": plain("Wish to be forgotten"),
}
