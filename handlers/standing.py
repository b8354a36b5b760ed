"""Where somebody stands in the program, as applicant or as candidate, in words for themselves."""

from flows.program.figures import day_in_words, listed, number_in_words
from handlers import accounts, local
from handlers.accounts import Account
from handlers.exchange import Exchange
from storage import applications, candidacies, certificates
from storage.applications import Application
from storage.candidacies import UNDER_WAY, Candidacy


def status(ex: Exchange) -> str | None:
    """Where this person stands, as applicant or candidate; None for somebody who is neither."""
    found = applications.latest(ex.work, ex.speaker.person_id)
    candidacy = candidacies.latest(ex.work, ex.speaker.person_id)
    if candidacy is not None and (found is None or found.state == "admitted" or candidacy.state in UNDER_WAY):
        return _as_candidate(ex, candidacy, found if found and found.id == candidacy.application_id else None)
    if found is None:
        return None
    return _as_applicant(ex, accounts.of(ex, found))


def not_open(candidacy: Candidacy | None) -> str:
    """Why nothing of a candidacy is changed that is not under way."""
    if candidacy is not None and candidacy.state == "frozen":
        return "Your time is over and the office has yet to decide how it goes on, so nothing was changed."
    return "Your candidacy is not open any more, so nothing was changed."


def _as_applicant(ex: Exchange, account: Account) -> str:
    application = account.application
    times = (application.submitted_at, application.changed_at)
    day, changed = (local.day_told(ex, ex.speaker.person_id, each) for each in times)
    start, end = {
        "submitted": (f"was received on {day}.", "The decision is pending. `withdraw` takes it back."),
        "accepted": (f"of {day} was accepted on {changed}.", "You are admitted as soon as the fee is paid."),
        "returned": (
            f"of {day} came back to you on {changed}: {application.reason}",
            "`apply` opens it with everything filled in; `withdraw` takes it back.",
        ),
        "declined": (f"of {day} was declined on {changed}: {application.reason}", "`apply` starts a new one."),
        "withdrawn": (f"of {day} was withdrawn.", "`apply` starts a new one."),
    }[application.state]
    return " ".join(filter(None, (f"Your application {application.reference}", start, accounts.told(ex, account), end)))


def _as_candidate(ex: Exchange, candidacy: Candidacy, application: Application | None) -> str:
    day, until = day_in_words(candidacy.admitted_on), day_in_words(candidacy.deadline)
    needed = number_in_words(ex.house.policy.on(candidacy.admitted_on).sets_needed)
    start = {
        "active": f"You were admitted on {day} and have until {until} to complete {needed} competency sets.",
        "frozen": f"You were admitted on {day}; your time ended on {until}, and the office decides how it goes on.",
        "certified": f"You were admitted on {day}, and your {needed} competency sets are complete.",
        "withdrawn": f"You were admitted on {day} and have withdrawn. `apply` starts anew.",
        "ended": f"You were admitted on {day}; that candidacy has ended. `apply` starts anew.",
    }[candidacy.state]
    names = [ex.house.competencies.named(each.set_id).name for each in candidacies.sets(ex.work, candidacy.id)]
    held = certificates.of_candidacy(ex.work, candidacy.id)
    certificate = f"Your certificate {held.number}: `certificate`." if held is not None else ""
    complete = f"Complete so far: {listed(names)}." if names and candidacy.state != "certified" else ""
    account = accounts.of(ex, application) if application else None
    fee = accounts.told(ex, account) if account and account.balance.open else ""
    return " ".join(filter(None, (start, certificate, complete, fee)))
