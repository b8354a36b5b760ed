"""A line of an application that is not decided yet, told anew: the office sees it where the item is shown."""

import json
from dataclasses import replace

from handlers import accounts
from handlers.exchange import Errand
from storage import applications


def amend(errand: Errand, person_id: int, label: str, key: str, words: str) -> bool:
    """The line `label`, which the question `key` asked for; False when no application of this person is in work."""
    found = applications.latest(errand.work, person_id)
    locked = applications.locked(errand.work, found.reference) if found is not None else None
    if locked is None or locked.state not in applications.IN_WORK:
        return False
    details, answers = json.loads(locked.details) | {label: words}, json.loads(locked.answers or "{}")
    if key in answers:
        answers[key] = (words, errand.today.isoformat())
    told = json.dumps(answers, ensure_ascii=False) if answers else locked.answers
    changed = replace(locked, details=json.dumps(details, ensure_ascii=False), answers=told)
    applications.save(errand.work, changed)
    accounts.retell(errand, changed, accounts.items(errand, changed))
    return True
