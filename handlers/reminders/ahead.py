"""What is asked of every person who is to be reminded, read for all of them in a few statements.

Nothing depends on it but the time it takes: what is not read ahead is read when it is asked for.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from handlers.exchange import Errand
from notifications import reminders as rulebook
from storage import (
    applications,
    audiences,
    candidacies,
    conversations,
    mailboxes,
    people,
    prefetch,
    profiles,
    reminders,
    submissions,
    unwanted,
)
from storage.prefetch import Ahead, ByKey

OF_PEOPLE = (
    people.ADDRESSES, people.ZONE, profiles.OF, mailboxes.AWAY_UNTIL, unwanted.KINDS, reminders.LAST_SENT,
)  # fmt: skip
# By the id of the matter; the rules that many people hear of on one day.
OF_CANDIDACIES = (candidacies.BY_ID, candidacies.SETS, submissions.OF)
OF_MATTERS: Mapping[str, Sequence[ByKey]] = dict.fromkeys(
    ("four-years", "last-days", "behind-pace", "idle"), OF_CANDIDACIES
)


def read(errand: Errand, person_ids: Sequence[int]) -> None:
    """What nearly every reminder takes, and for each rule whether it still holds."""
    work, rules = errand.work, rulebook.rules()
    prefetch.read_ahead(work, Ahead(reminders.OF, person_ids))
    whom: defaultdict[str, set[int]] = defaultdict(set)
    matters: defaultdict[ByKey, set[int]] = defaultdict(set)
    for person_id in person_ids:
        for each in reminders.of(work, person_id):
            if each.rule in rules:
                whom[rules[each.rule].audience].add(person_id)
            for reading in OF_MATTERS.get(each.rule, ()):
                matters[reading].add(each.matter)
    prefetch.read_ahead(
        work,
        *(Ahead(each, person_ids) for each in OF_PEOPLE),
        *(Ahead(audiences.matters(each), members) for each, members in whom.items()),
        *(Ahead(each, ids) for each, ids in matters.items()),
    )
    # Where somebody lives who told no zone is found in what they said elsewhere.
    somewhere = [person_id for person_id in person_ids if not people.time_zone(work, person_id)]
    prefetch.read_ahead(
        work,
        Ahead(people.HEARD, [each for each in person_ids if len(people.ADDRESSES.rows(work, each)) > 1]),
        Ahead(people.FACTS, somewhere),
        Ahead(applications.OF, somewhere),
        Ahead(conversations.DRAFTS, somewhere, {"the_script": "apply"}),
    )
