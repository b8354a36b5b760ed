"""The table of contents: every form by its name."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flows import (
    application,
    assessing,
    assistance,
    background,
    dating,
    desk,
    eligibility,
    fees,
    narrating,
    placing,
    profile,
    sharing,
    submitting,
    survey,
    volunteering,
)
from flows.dialog.play import Script

RECORD = "record"  # what all messages about a candidate's own record are about


@dataclass(frozen=True)
class Form:
    """A conversation that fills something in: its script, and what people call it ("your application").

    `reuses` names the answers (or `prefix*`) of earlier forms that are filled in, not asked again; `catches_up` those
    that are filled in only when the form is gone on with, because they were told meanwhile. `farewell` is said when the
    form is cancelled; its draft is kept unless `keeps_draft` is False. `declines` tells of words whether they leave a
    form that nobody needs to fill in; a list of its questions then counts as answered with "skip". `matter` is what its
    mails are about, so that answers to them are known by it.
    """

    name: str
    title: str
    invitation: str
    script: Script
    reuses: tuple[str, ...] = ()
    catches_up: tuple[str, ...] = ()
    farewell: str = "Cancelled."
    keeps_draft: bool = True
    declines: Callable[[str], bool] | None = None
    matter: str = ""


FORMS: Mapping[str, Form] = {
    form.name: form
    for form in (
        Form(
            "eligibility",
            "the eligibility check",
            "Check my eligibility",
            eligibility.script,
            catches_up=background.CHECKED,
        ),
        Form("fees", "the price calculation", "Work out my price", fees.script, reuses=("member", "state")),
        Form(
            "apply",
            "your application",
            "Apply",
            application.script,
            reuses=background.KEPT,
            farewell="Cancelled; nothing was sent.",
        ),
        Form(
            "withdraw",
            "the withdrawal",
            "Withdraw my application",
            application.withdrawal,
            farewell="Cancelled; your application stays as it is.",
            keeps_draft=False,
        ),
        Form(
            "rename",
            "the correction of your name",
            "Correct my name",
            profile.rename,
            farewell="All right, your name stays as it is.",
            keeps_draft=False,
        ),
        *(
            Form(name, title, invitation, script, farewell=f"All right, {stays} as it is.", keeps_draft=False)
            for name, title, invitation, script, stays in (
                ("my library", "the change of your library", "My library", profile.library, "your library stays"),
                ("my position", "the change of your position", "My position", profile.position, "your position stays"),
                ("my state", "the change of your state", "My state", profile.state, "your state stays"),
                ("new mail", "the change of your mail address", "New mail address", profile.new_mail, "all stays"),
                ("time zone", "your time zone", "Time zone", profile.time_zone, "your time zone stays"),
                ("preferred channel", "your preferred channel", "Preferred channel", profile.preferred, "all stays"),
                ("quiet hours", "your quiet hours", "Quiet hours", profile.quiet_hours, "all stays"),
            )
        ),
        Form(
            "survey",
            "the voluntary questions",
            "Answer the voluntary questions",
            survey.script,
            farewell="All right, we leave these questions out; nothing of them is kept.",
            keeps_draft=False,
            declines=survey.declines,
        ),
        Form(
            "place",
            "the question what your links show",
            "",
            placing.script,
            farewell="All right; your links are kept, and `evidence` goes on with them.",
            keeps_draft=False,
            matter=RECORD,
        ),
        Form(
            "narrate",
            "the question about your text",
            "",
            narrating.script,
            farewell="All right; your text is kept as it is.",
            keeps_draft=False,
            matter=RECORD,
        ),
        Form(
            "submit",
            "the handing in",
            "",
            submitting.script,
            farewell="All right, nothing is handed in; everything stays as it is.",
            keeps_draft=False,
            matter=RECORD,
        ),
        Form("assess", "your assessment", "", assessing.script, farewell="All right, nothing is recorded yet."),
        Form("practice", "the practice portfolio", "", assessing.practice, farewell="All right, nothing is rated yet."),
        Form(
            "evaluate",
            "your offer to assess",
            "Offer to assess portfolios",
            volunteering.script,
            reuses=("name",),
            farewell="Cancelled; nothing went to the committee.",
        ),
        Form("write", "the writing of your narrative", "", narrating.write, keeps_draft=False, matter=RECORD),
        Form(
            "share",
            "the sharing of your record",
            "",
            sharing.script,
            farewell="Cancelled; nothing is shared.",
            keeps_draft=False,
            matter=RECORD,
        ),
        Form(
            dating.FORM,
            "the question for the day of your hours",
            "",
            dating.script,
            farewell="All right, what has no day is not logged.",
            keeps_draft=False,
            matter="hours",
        ),
        Form("desk", "the desk item", "", desk.script, farewell="Cancelled; nothing was changed.", keeps_draft=False),
        Form(
            "award",
            "the award",
            "",
            assistance.script,
            farewell="Cancelled; nothing was put on record.",
            keeps_draft=False,
        ),
    )
}
