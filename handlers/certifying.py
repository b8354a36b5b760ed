"""The office confirms an award at the desk, once: the certificate is numbered, and its holder gets it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from flows.dialog.kinds import text
from flows.dialog.speech import Drawing
from flows.dialog.unclear import Unclear
from flows.program import certificates as rules_of
from flows.program.certificates import Standing
from flows.program.figures import day_in_words, listed
from flows.program.progress import certified_on
from flows.program.renewal import Term, term
from handlers import calendars, local, roles, telling
from handlers.accounts import Refusal
from handlers.crediting import CERTIFICATE
from handlers.desk import items
from handlers.desk.kinds import DONE, Action, Kind, Outcome, plain, refusal
from handlers.exchange import Errand
from handlers.roles import Actor
from notifications import compose, notices
from notifications.drawings import CertificateSheet
from notifications.notices import Notice
from storage import applications, audit, candidacies, certificates, desk, linking, people
from storage.candidacies import Candidacy
from storage.certificates import Certificate
from storage.desk import Item

CORRECTING = "`correct certificate LSSC-2026-0001 Ann M. Example`"
THEY = "They"
ANNOUNCEMENT = "announcement"
MATTER = "certificate"
LONGEST_NAME = 100
LONGEST_REASON = 1000
UNDER_WAY = ("active", "frozen", "certified")
OCCASIONS: Mapping[int, str] = {1: "first", 100: "hundredth"}
COLUMNS = (
    "number", "name", "email", "since", "until", "awarded", "state", "reason", "sets", "shown to the public", "code",
)  # fmt: skip


def confirm(errand: Errand, actor: Actor, item: Item, _note: str) -> Outcome:
    """The award is confirmed: the certificate is numbered, and its holder gets it."""
    candidacy = _candidacy(errand, item)
    why = _not_now(errand, actor, candidacy)
    if candidacy is None or why:
        return refusal(why)
    before = certificates.of_candidacy(errand.work, candidacy.id)
    if before is not None:
        return Outcome(f"Certificate {before.number} was issued already; nothing was changed.")
    name, (set_ids, lasts) = _name(errand, item, candidacy), _earned(errand, candidacy)
    if why := _unprintable(errand, name):
        return refusal(why)
    issued = certificates.issue(errand.work, candidacy.id, name, set_ids, lasts.start, lasts.end, errand.today)
    audit.record(errand.work, actor.name, "certified", f"candidacy {candidacy.id}", {"certificate": issued.number})
    _announce(errand)
    reached = _hand_over(errand, issued)
    until = day_in_words(issued.until)
    return Outcome(
        f"Certificate {issued.number} is issued to {name}, valid until {until}. {telling.reached(reached, THEY)}"
    )


def _not_now(errand: Errand, actor: Actor, candidacy: Candidacy | None) -> str:
    """Why no certificate can be issued; empty when one can."""
    if not roles.may_certify(actor):
        return "Only the staff of the office may confirm an award."
    if candidacy is None:
        return "There is no such candidacy."
    linking.lock(errand.work, [candidacy.person_id])  # nobody credits a set, or confirms by another item, meanwhile
    if candidacy.state not in UNDER_WAY:
        return f"This candidacy is {candidacy.state}, so no certificate is issued."
    rules = errand.house.policy.on(candidacy.admitted_on)
    earned = certified_on(_complete(errand, candidacy), rules)
    return "" if earned is not None else "Not all sets that a certificate needs are complete."


def hold(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """Not yet: the candidate is told why, and the item stays."""
    reason = words[:LONGEST_REASON]
    desk.note(errand.work, item.id, "to person", actor.name, reason)
    audit.record(errand.work, actor.name, "held a certificate", f"desk item {item.id}", {})
    reached = tell(errand, item.person_id, notices.CertificateHeld(reason, errand.rules.contact_email))
    return Outcome(f"Held; #{item.id} stays at the desk. {telling.reached(reached, THEY)}", settled=False)


def rename(errand: Errand, actor: Actor, item: Item, words: str) -> Outcome:
    """Another name is printed on it."""
    try:
        name = text(words, longest=LONGEST_NAME)
    except Unclear as hint:
        return refusal(str(hint), again=True)
    if not any(character.isalpha() for character in name):
        return refusal("Please write the name in letters.", again=True)
    if why := _unprintable(errand, name):
        return refusal(why, again=True)
    details = {**json.loads(item.details), "name": name}
    desk.describe(errand.work, item.id, json.dumps(details, ensure_ascii=False))
    audit.record(errand.work, actor.name, "corrected the name of a certificate", f"desk item {item.id}", {})
    changed = desk.by_id(errand.work, item.id)
    if changed is not None:
        items.refresh(errand, changed)
    return Outcome(f"The certificate will be for {name}; `confirm` issues it.", settled=False)


def _unprintable(errand: Errand, name: str) -> str:
    """Why a name cannot be printed; empty when it can."""
    if not name:
        return "No name is known for it: `name` says which is printed."
    missing = errand.house.unprintable(name)
    return f"The certificate's letters do not have {missing}; `name` takes another spelling of it." if missing else ""


def correct(errand: Errand, actor: Actor, number: str, words: str) -> str:
    """`correct certificate NUMBER NAME`: another name is printed from now on; the number and the dates stay."""
    if not roles.may_revoke(actor):
        return Refusal("Only the program officer may correct a certificate.")
    found = certificates.by_number(errand.work, number)
    if found is None:
        return Refusal(f"There is no certificate {number[:40]}. For example: {CORRECTING}")
    try:
        name = text(words, longest=LONGEST_NAME)
    except Unclear as hint:
        return Refusal(f"{hint} For example: {CORRECTING}")
    if why := "" if any(map(str.isalpha, name)) else "Please write the name in letters.":
        return Refusal(why)
    if why := _unprintable(errand, name):
        return Refusal(why)
    if name == found.name:
        return Refusal(f"Certificate {found.number} has that name already.")
    certificates.rename(errand.work, found.id, name)
    audit.record(errand.work, actor.name, "corrected the name", f"certificate {found.number}", {})
    corrected = replace(found, name=name)
    notice = notices.CertificateCorrected(found.number, name)
    files = (sheet(errand, corrected).drawing(), *calendars.after_certificate(errand, corrected))
    told = tell(errand, found.person_id, notice, *files)
    return f"Certificate {found.number} is for {name} now. {telling.reached(told, THEY)}"


def _tells(errand: Errand, item: Item) -> Sequence[str]:
    candidacy = _candidacy(errand, item)
    if candidacy is None:
        return ["There is no such candidacy."]
    complete, rules = _complete(errand, candidacy), errand.house.policy.on(candidacy.admitted_on)
    if certified_on(complete, rules) is None:
        return ["Not all sets that a certificate needs are complete."]
    name, (set_ids, lasts) = _name(errand, item, candidacy), _earned(errand, candidacy)
    days = [f"{errand.house.competencies.named(each).name} ({day_in_words(complete[each])})" for each in set_ids]
    now = people.named(errand.work, candidacy.person_id)
    called = [f"On their record they are called {now}."] if now and now != name else []
    return [
        f"Name printed: {name or 'none is known'}",
        *called,
        f"Admitted on {day_in_words(candidacy.admitted_on)}; complete: {listed(days)}",
        f"Valid from {day_in_words(lasts.start)} until {day_in_words(lasts.end)}, once you confirm it",
    ]


def _candidacy(errand: Errand, item: Item) -> Candidacy | None:
    if item.person_id is None:
        return None
    wanted = json.loads(item.details).get("candidacy", "")
    return next((each for each in candidacies.of(errand.work, item.person_id) if str(each.id) == wanted), None)


def _complete(errand: Errand, candidacy: Candidacy) -> dict[str, date]:
    return {each.set_id: each.completed_on for each in candidacies.sets(errand.work, candidacy.id)}


def _earned(errand: Errand, candidacy: Candidacy) -> tuple[tuple[str, ...], Term]:
    """The sets that stand on the certificate, and how long it lasts: counted from the day the last one was complete."""
    complete, rules = _complete(errand, candidacy), errand.house.policy.on(candidacy.admitted_on)
    earned = certified_on(complete, rules)
    if earned is None:
        raise LookupError(candidacy.id)
    return rules_of.counted(complete, rules), term(earned, rules)


def _name(errand: Errand, item: Item, candidacy: Candidacy) -> str:
    """As the office corrected it, else as it was applied with, else as the record calls them."""
    if corrected := json.loads(item.details).get("name", ""):
        return str(corrected)
    application = applications.latest(errand.work, candidacy.person_id)
    if application is not None and application.id == candidacy.application_id:
        applied = str(json.loads(application.details).get("Name", ""))
        if applied:
            return applied
    return people.named(errand.work, candidacy.person_id)


def take(errand: Errand, actor: Actor, candidacy: Candidacy, name: str, number: str, awarded: date) -> None:
    """A certificate of before goes on record, under the number that it has; nobody is written to."""
    set_ids, lasts = _earned(errand, candidacy)
    certificates.issue(errand.work, candidacy.id, name, set_ids, lasts.start, lasts.end, awarded, number)
    audit.record(errand.work, actor.name, "took in a certificate", f"candidacy {candidacy.id}", {"certificate": number})


def _announce(errand: Errand) -> None:
    """With the first and the hundredth the office may want to say so; the draft names nobody."""
    count = certificates.how_many(errand.work)
    if count not in OCCASIONS:
        return
    draft = (
        f"The Library Support Staff Certification program has its {OCCASIONS[count]} certified member of library"
        " support staff: three required and three elective competency sets are complete, by approved courses or"
        " portfolios. Congratulations!"
    )
    items.add(errand, ANNOUNCEMENT, None, {"draft": draft, "before it is sent": "ask the holder before naming them"})


def url(errand: Errand, certificate: Certificate) -> str:
    """The public page that says whether it is valid; empty where people reach none of our pages."""
    base = errand.house.public_url
    return f"{base}/check/{rules_of.in_groups(certificate.code)}" if base else ""


def sheet(errand: Errand, certificate: Certificate) -> CertificateSheet:
    return CertificateSheet(
        number=certificate.number,
        name=certificate.name,
        since=certificate.since,
        until=certificate.until,
        sets=tuple(errand.house.competencies.named(each).name for each in certificate.set_ids),
        check_url=url(errand, certificate),
        awarded=certificate.awarded_on,
        code=rules_of.in_groups(certificate.code),
    )


def day(errand: Errand, certificate: Certificate) -> date:
    """The office's date; the last day of a certificate lasts until it is over where its holder lives, too."""
    last, today = certificate.until, errand.today
    return last if last < today and local.day(errand, certificate.person_id) <= last else today


def standing(errand: Errand, certificate: Certificate) -> Standing:
    return rules_of.standing(
        revoked=certificate.revoked,
        since=certificate.since,
        until=certificate.until,
        today=day(errand, certificate),
    )


def _hand_over(errand: Errand, issued: Certificate) -> bool:
    since, until = day_in_words(issued.since), day_in_words(issued.until)
    notice, me = notices.CertificateIssued(issued.number, since, until, url(errand, issued)), issued.person_id
    dates = (*calendars.after_certificate(errand, issued), *calendars.without_what_ended(errand, me))
    return tell(errand, me, notice, sheet(errand, issued).drawing(), *dates)


def tell(errand: Errand, person_id: int | None, notice: Notice, *drawings: Drawing) -> bool:
    """Tell a holder something about their certificate; False when they cannot be reached."""
    message = compose.message(notice)
    return person_id is not None and telling.tell(
        errand, person_id, message.text, subject=message.subject, matter=MATTER, drawings=drawings
    )


def table(errand: Errand) -> tuple[tuple[str, ...], list[list[str]]]:
    """Columns and rows of all certificates, in the order in which they came on record."""
    emails = {each.candidacy.id: each.email for each in candidacies.everybody(errand.work)}
    rows = [
        [each.number, each.name, emails.get(each.candidacy_id, ""), each.since.isoformat(), each.until.isoformat(),
         each.awarded_on.isoformat(), standing(errand, each).value, each.reason, " ".join(each.set_ids),
         " ".join(each.shows), rules_of.in_groups(each.code)]
        for each in certificates.everything(errand.work)
    ]  # fmt: skip
    return COLUMNS, rows


KINDS: Mapping[str, Kind] = {
    CERTIFICATE: Kind(
        "Certificate to confirm",
        (
            Action("confirm", "Confirm and issue", confirm),
            Action("hold", "Hold it", hold, "What shall the candidate be told as the reason?", "We check a course."),
            Action("name", "Correct the name", rename, "Which name shall be printed?", "Ann M. Example"),
        ),
        _tells,
    ),
    ANNOUNCEMENT: Kind("Draft of an announcement", (DONE,), plain("").tells),
}
