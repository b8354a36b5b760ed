"""The words that start things, in every channel: which word or phrase means which command."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from flows.dialog.kinds import tidy

FORMS = ("eligibility", "fees", "apply", "withdraw")
# What people change about themselves, each a form whose first answer may stand behind the word.
PERSONAL = (
    "rename", "my library", "my position", "my state", "new mail", "time zone", "preferred channel", "quiet hours",
)  # fmt: skip
OWN = ("profile", "link", "unlink", "my data", "forget me", "confirm mail", "leave program")
START = "start reminders"
REMINDING = ("reminders", "fewer", "more reminders", "wake")  # how somebody is reminded
REVIEWS = ("reviews", "accept", "decline", "assess", "package", "pause", "evaluate", "practice")  # of evaluators
RENEWALS = (
    "hours",
    "correct hours",
    "remove hours",
    "restore hours",
    "proof",
    "renew",
    "send renewal",
    "take back renewal",
)  # of holders
WEBINARS = ("webinars", "my webinars", "webinar", "join webinar", "leave webinar")
# What a holder lets the public check page of their certificate tell.
CERTIFICATE = tuple(
    f"{verb} {what} on the page" for what in ("my name", "my sets", "the dates") for verb in ("show", "hide")
)
IN_FORMS = ("back", "cancel", "restart", "change")
ANYWHERE = (
    "menu",
    "help",
    "status",
    "progress",
    "evidence",
    "guidelines",
    "remove",
    "narrative",
    "write",
    "replace",
    "describe",
    "restore",
    "choose",
    "drop",
    "check",
    "submit",
    "take back",
    "certificate",
    *CERTIFICATE,
    "record",
    "add",
    "answer",
    "remove addition",
    "share",
    "shares",
    "extend",
    "unshare",
    "courses",
    "follow courses",
    "leave courses",
    "completion form",
    "completed",
    "recognition",
    *RENEWALS,
    *WEBINARS,
    "calendar",
    *REVIEWS,
    "person",
    "resume",
    "keep waiting",
    "stop",
    START,
    *REMINDING,
    *FORMS,
    *OWN,
    *PERSONAL,
)
ABOUT_THE_RECORD = ("progress", "evidence", "guidelines", "narrative")  # these only show something
LONGEST = 200  # characters of a message that may be a command
IN_FREE_TEXT = ("back", "cancel", "restart", "help", "menu", "stop", "person", "resume")

ALIASES: Mapping[str, str] = {
    "start": "menu", "main menu": "menu", "options": "menu", "commands": "menu",
    "?": "help", "what can you do": "help",
    "go back": "back", "previous": "back", "undo": "back",
    "quit": "cancel", "exit": "cancel", "never mind": "cancel", "nevermind": "cancel", "abort": "cancel",
    "start over": "restart", "begin again": "restart", "start again": "restart",
    "unsubscribe": "stop", "stop all": "stop", "stop reminders": "stop", "stop messages": "stop",
    "remind me again": START, "my reminders": "reminders", "fewer reminders": "fewer", "less reminders": "fewer",
    "fewer messages": "fewer", "fewer mails": "fewer", "less often": "fewer", "usual reminders": "more reminders",
    "more": "more reminders",
    "reminders as usual": "more reminders", "wake up": "wake", "unsnooze": "wake", "end snooze": "wake",
    "eligible": "eligibility", "eligibility check": "eligibility", "check eligibility": "eligibility",
    "price": "fees", "quote": "fees", "costs": "fees", "fee": "fees",
    "application": "apply", "sign up": "apply", "enroll": "apply", "enrol": "apply", "register": "apply",
    "my profile": "profile", "my account": "profile", "my name is wrong": "rename",
    "correct my name": "rename", "my employer": "my library", "new employer": "my library", "my job": "my position",
    "my job title": "my position", "new email": "new mail", "new e-mail": "new mail", "new mail address": "new mail",
    "new email address": "new mail", "timezone": "time zone", "my time zone": "time zone", "my timezone": "time zone",
    "my quiet hours": "quiet hours", "my preferred channel": "preferred channel",
    "mydata": "my data", "show my data": "my data", "what do you store about me": "my data",
    "forgetme": "forget me", "delete my data": "forget me", "erase my data": "forget me",
    "leave the program": "leave program", "quit the program": "leave program", "end my candidacy": "leave program",
    "withdraw my candidacy": "leave program", "withdraw from the program": "leave program",
    "confirm my mail": "confirm mail", "confirm email": "confirm mail", "confirm my email": "confirm mail",
    "link account": "link", "link another channel": "link", "new code": "link",
    "guideline": "guidelines", "the guidelines": "guidelines", "show guidelines": "guidelines",
    "show the guidelines": "guidelines", "show me the guidelines": "guidelines",
    "my certificate": "certificate", "show my certificate": "certificate", "show certificate": "certificate",
    "become an evaluator": "evaluate", "evaluator": "evaluate", "apply as an evaluator": "evaluate",
    "apply as evaluator": "evaluate", "offer to assess": "evaluate", "volunteer as an evaluator": "evaluate",
    "my reviews": "reviews", "review": "reviews", "rate": "assess", "take back my assessment": "back",
    "take it back": "back", "my record": "record", "show my record": "record", "my whole record": "record",
    "share my record": "share", "share record": "share", "my shares": "shares", "who looked": "shares",
    "my evidence": "evidence", "show my evidence": "evidence",
    "my status": "status", "application status": "status",
    "my progress": "progress", "show my progress": "progress", "how far am i": "progress",
    "what's next": "progress", "what is next": "progress", "next step": "progress", "what's my next step": "progress",
    "what is my next step": "progress", "what should i do next": "progress",
    "show courses": "courses", "approved courses": "courses", "list courses": "courses", "find a course": "courses",
    "start courses": "follow courses", "stop courses": "leave courses",
    "my hours": "hours", "contact hours": "hours", "my contact hours": "hours", "show my hours": "hours",
    "show hours": "hours", "list my hours": "hours", "ce hours": "hours", "log": "hours", "log hours": "hours",
    "how many hours do i have": "hours", "how many contact hours do i have": "hours",
    "how many hours do i still need": "hours", "what hours have i logged": "hours", "add hours": "hours",
    "hours list": "hours", "list hours": "hours",
    "how many hours do i have left": "hours", "how many hours are missing": "hours",
    "how many hours do i need": "hours", "am i ready to renew": "renew",
    "renewal": "renew", "my renewal": "renew", "renewal status": "renew", "when do i have to renew": "renew",
    "when can i renew": "renew", "take my renewal back": "take back renewal",
    "calendar file": "calendar", "my calendar": "calendar", "my dates": "calendar", "ics": "calendar",
    "human": "person", "agent": "person", "staff": "person", "representative": "person", "operator": "person",
}  # fmt: skip

WANT = (
    r"(?:please )?(?:(?:i(?:'d| would)? (?:like|want|need|wish) to|i want|let me|let's|can i|could i|may i"
    r"|i am ready to|i'm ready to) )?"
)
SO = re.compile(r"(?:ok|okay|alright|all right|right|well|so|then)[,.!]? ")  # before a command, in a talk
# What stands around "courses" where some are looked for; whatever else is said of them is a question.
BEFORE = (
    r"(?:a|an|any|all|the|approved|on-?line|in[- ]person|mixed|hybrid|free|access|adult|readers'?|advisory"
    r"|catalog(?:u?ing)?|classification|collection|communication|teamwork|foundations|reference|information|technology"
    r"|supervision|management|youth|library|services?|and|of|in|person)"
)
BEHIND = (
    r"(?:for|in|on|near|under|below|less|up|at|max|cheaper|that (?:start|begin)|start(?:s|ing)|begin(?:s|ning)|on-?line"
    r"|in[- ]person|mixed|free)"
)
# Which webinar is meant: a code (it has a digit) or several, words that end so, or its day or matter behind it.
A_CODE = r"(?:(?=\S*\d)[a-z0-9-]{2,20}|[a-z]{2,8} \d{1,6})"
A_WEBINAR = (
    r"(?:(?:the|a|an|next|coming|webinar|one on) )*"
    rf"({A_CODE}(?:(?:,? and|,? &|,) ?{A_CODE})*|.{{3,60}}? (?:webinar|session|training|meeting)s?"
    r"|(?:webinar|session) (?:on|about|of|for) .{3,60}?)(?: please)?\??"
)
# Commands with words after them; words that turn out to be none of theirs make the whole a message like any other.
# What is not added to a record, without a colon: somebody to a list, a text to a narrative, a channel or an address.
NOT_ADDED = (
    r"(?:me|us|my name|somebody|someone)\b|.{0,40}\bnarrative\b"
    r"|.{0,40}\bto (?:the|your|a|this) (?:\w+ )?(?:list|group|team|calendar|channel|newsletter)\b"
    r"|(?:a|another|my|one more) (?:\w+ )?(?:channel|address|e?-?mail|account|phone|elective|set)\b"
)
# What may stand before a kind of reminder, and behind it.
OF_A_KIND = (
    r"(?!courses?\b|more\b|(?:reminders?|messages|all|it|that|this|now|please|me|over)(?:,? please)?$)"
    r"(?:the |my |your )?"
)
REMINDERS = r"(?:reminders?|mails?|messages|e-?mails?)"
# A kind at the end of a sentence; of anything else nothing at all is wanted any more.
ABOUT_A_KIND = (
    r"(?:remind(?:ing)?|e?-?mail(?:ing)?|messag(?:e|ing)|writ(?:e|ing)(?: to)?) me (?:about|of) (?:the |my |your )?"
    r"(applications?|deadlines?|time|pace|evidence|portfolios?|sets|reviews?|renewals?|certificates?|hours|sharing|webinars?)"
)
# Words after "check", "submit" or "withdraw" that mean a form rather than a set.
NO_FORM = (
    r"(?!(?:my |the )?(?:eligib|price|fees?\b|cost|stat|progress|e?-?mail|applic|candid|evidence)"
    r"|(?:if|whether|that|how|what)\b)"
)
WITH_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(pattern))
    for command, pattern in (
        ("remove hours", r"(?:remove|delete|take back) (?:hours?|contact hours?)()"),
        ("remove hours", r"(?:remove|delete|take back) (?:contact )?hours? (?:line |number |#)?(\d{1,4})"),
        ("restore hours", r"(?:restore|bring back) (?:contact )?hours?(?: (?:line |number |#)?(\d{1,4}))?"),
        ("correct hours", r"(?:(?:correct|fix|edit|change) )?hours? (?:line |number |#)?(\d{1,4}\b(?! ?h).*)"),
        ("correct hours", r"(?:correct|fix|edit) (?:contact )?hours?()"),
        ("proof", r"(?:add )?proof(?: (?:for|of))?(?: (?:hours?|line|number))*(?: #?(\d{1,4}\b.*))?"),
        (
            "take back renewal",
            r"(?:(?:take back|withdraw|cancel) (?:my |the )?renewal"  # `stop renewal` stops its reminders
            r"|(?:take back|withdraw|cancel|stop) (?:my |the )?(?:renewal request|request (?:for renewal|to renew)))()",
        ),
        ("rename", r"my (?:new name is(?: now)?|name is now):? (.{2,120})"),
        ("my library", r"my (?:new (?:library|employer) is(?: now)?|(?:library|employer) is now):? (.{2,150})"),
        (
            "my position",
            r"my (?:new (?:position|job|job title) is(?: now)?|(?:position|job|job title) is now):? (.{2,150})",
        ),
        ("my state", r"my (?:new state is(?: now)?|state is now):? (.{2,40})"),
        ("my state", r"i(?: have|'ve)? (?:just )?moved to (.{2,40})"),
        ("new mail", r"(?:my )?(?:new e?-?mail(?: address)?(?: is)?|e?-?mail(?: address)? is)(?: now)?:? (\S+@\S+)"),
        ("time zone", r"(?:(?:set|change) )?(?:my )?time ?zone(?: is| to|:)?(?: now)? (.{2,60})"),
        ("time zone", r"(?:i am|i'm) (?:in|on) (?:the )?(.{2,40}? time(?: ?zone)?)"),
        ("preferred channel", r"(?:my )?preferred channel(?: is|:)?(?: now)? (.{2,60})"),
        (
            "preferred channel",
            r"(?:please )?(?:write|contact|reach|message|text|notify)(?: to)? me (?:by|on|via|in|through|over) "
            r"(telegram|slack|e-?mail|mail|(?:the )?terminal)",
        ),
        ("quiet hours", r"(?:my )?quiet hours?(?: are| is|:)?(?: now)? (.{2,60})"),
        ("quiet hours", r"(?:please )?(no (?:messages|mails|reminders) (?:on|at|over|between|from) .{4,40})"),
        (
            "quiet hours",
            r"(?:please )?(?:don't|do not) (?:write|message|text|e?-?mail|disturb) (?:to )?me"
            r" ((?:on|at|over|between|from) .{4,40})",
        ),
        (
            "preferred channel",
            r"(?:please )?only (?:by |on |in |via )?(e-?mail|mail|slack|telegram)(?: from now on)?",
        ),
        ("preferred channel", r"(?:please )?(?:by )?(e-?mail|mail|slack|telegram) only(?:,? please)?"),
        ("quiet hours", r"(no) quiet hours"),
        ("stop kind", rf"(?:please )?(?:stop|no(?: more)?) {OF_A_KIND}(\w+) {REMINDERS}(?:,? please)?"),
        ("stop kind", rf"(?:please )?(?:stop|quit|don't|do not) {ABOUT_A_KIND}(?:,? please)?"),
        ("stop kind", rf"(?:please )?stop {OF_A_KIND}(\w+)(?:,? please)?"),
        ("start kind", rf"(?:please )?start {OF_A_KIND}(\w+)(?: {REMINDERS})?(?:,? please)?"),
        ("snooze", r"(?:please )?(?:remind me(?: again)? later|no reminders for now)()"),
        ("snooze", r"(?:please )?snooze(?: (?:reminders|everything|me|it|them|all))?((?: .{2,60})?)"),
        (
            "snooze",
            r"(?:please )?(?:don't remind me|do not remind me|no reminders|pause reminders|remind me again)"
            r" ((?:until|till?|before|on|after|in|next)\b.{0,60})",
        ),
        ("quiet hours", r"(messages on weekends?(?: again| are (?:fine|ok|okay))?)"),
        ("evidence", r"evidence(?: (?:for|of))? (?:the )?(.{2,60}?)\??"),
        (
            "guidelines",
            r"(?:(?:show|see) )?(?:me )?(?:the )?guidelines?(?: (?:for|of|on))? (?:the )?(.{2,60}?)(?: set)?\??",
        ),
        ("progress", r"(?:my )?progress (?:in|for|of|on|with) (?:the )?(.{4,60}?)(?: set)?"),
        ("progress", r"(?:my )?progress (.{4,60}?)"),
        ("remove addition", r"remove addition (?:number |#)?(\d{1,5})"),
        ("remove", r"remove (?:link |number |#)?(\d{1,5})"),
        ("narrative", r"(?:(?:read|show) )?(?:my )?narrative(?: (?:for|of|about))? (.{4,70}?)"),
        ("write", r"write(?: (?:for|about|on))? (.{4,70}\d.{0,9})"),
        ("replace", r"(?:replace|rewrite) (.{4,70}\d.{0,9})"),
        ("describe", r"describe (.{4,70}\d.{0,9})"),
        ("remove", r"remove (.{4,70}\d.{0,9})"),
        ("restore", r"(?:restore|bring back) (.{4,70}\d.{0,9})"),
        ("choose", r"(?:choose|take) (?:the )?(.{4,60}?) as (?:my|an) elective"),
        ("choose", r"choose (?:the )?((?!to\b|me\b|a\b|between\b)\S+(?: \S+){0,3})"),
        ("check", rf"check {NO_FORM}(?:my |the )?(.{{4,40}}?)(?: set| portfolio)?"),
        ("submit", rf"(?:submit|hand in) {NO_FORM}(?:my |the )?(.{{4,40}}?)(?: set| portfolio)?"),
        ("take back", rf"(?:take back|withdraw) {NO_FORM}(?:my |the )?(.{{4,40}}?)(?: set| portfolio)?"),
        ("record", r"(?:my )?record (all|as a file)"),
        ("accept", r"accept (?:review )?(r-[a-z0-9]{5})"),
        ("decline", r"decline (?:review )?(r-[a-z0-9]{5})"),
        ("assess", r"(?:assess|rate) (?:review )?(r-[a-z0-9]{5})"),
        ("package", r"package (?:of )?(?:review )?(r-[a-z0-9]{5})"),
        ("pause", r"pause(?: (?:me|reviews))? ?((?:until|till|for|after|off\b|is over).{0,60})"),
        ("add", rf"add(?: to my record)?(?:: ?| (?!{NOT_ADDED}))(.+)"),
        ("answer", r"answer #?(\d{1,4}\b.*)"),
        ("extend", r"extend(?: link| share)? #?(\d{1,4}\b.*)"),
        ("unshare", r"unshare(?: link)? #?(\d{1,4})"),
        ("drop", r"(?:drop|unchoose) (?:the )?((?!out\b|me\b|a\b|off\b|by\b)\S+(?: \S+){0,3})"),
        (
            "follow courses",
            r"(?:tell me|let me know|notify me)(?: (?:about|of|when))? (?:there (?:is|are) )?(?:any |a )?new courses?"
            r"(?: (?:for|in|about|on))? (.{2,60})",
        ),
        ("leave courses", r"(?:stop|no more|no)(?: news of)?(?: new)? courses(?: (?:for|in|about|on))? (.{2,60})"),
        ("completion form", r"completion form(?: (?:for|of))?:? (.{2,60})"),
        (
            "completed",
            r"(?:i(?: have|'ve)? )?(?:complete|completed|finished):?"
            r" ((?=\S*\d|f-|[a-z]{2,6} \d{2,4}\b)[a-z0-9-]{2,20}\b.{0,180})",
        ),
        ("recognition", r"recognition(?: (?:for|of))?:? (.{2,190})"),
        ("webinar", r"(?:show )?(?:me )?(?:the )?webinar ((?=\S*\d)[a-z0-9-]{2,20}|[a-z]{2,8} \d{1,6})\??"),
        (
            "join webinar",
            rf"(?:please )?(?:(?:can|could) (?:you|i) |{WANT})?(?:sign|put|book|register|enrol+)(?: me| us)?"
            rf"(?! off| out)(?: up| down| in)? (?:for |to |at |in |into )?{A_WEBINAR}",
        ),
        (
            "leave webinar",
            r"(?:please )?(?:(?:leave|cancel|quit)(?: my (?:place|seat|spot) (?:at|in|for))?"
            r"|(?:sign(?: me)? (?:off|out)|unregister(?: me)?)(?: from| of| for)?"
            rf"|i (?:can't|cannot) (?:come to|attend|make it to)) {A_WEBINAR}",
        ),
        (
            "courses",
            rf"(?:(?:show|find|list|search)(?: me)? )?((?:{BEFORE} ){{0,5}}courses?(?: {BEHIND}\b.{{0,150}})?)\??",
        ),
    )
)
CODE = re.compile(r"link[ _:]*\(?\d{3}[ -]?\d{3}\)?")
MY = r"(?:my|an|the)"
SOMEBODY = r"(?:a |an |some)?(?:person|human|human being|one|body|someone|somebody|real person|staff member)"
PHRASES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (command, re.compile(pattern + "(?: now| please)?"))
    for command, pattern in (
        ("apply", f"{WANT}(?:apply|(?:start|fill in|go on with|continue|resume) {MY} application)(?: to lssc)?"),
        (
            "evaluate",
            f"{WANT}(?:become|be|apply (?:as|to be)|volunteer as|sign up as) an? (?:lssc )?(?:portfolio )?evaluator",
        ),
        ("evaluate", f"{WANT}(?:assess|evaluate|review) portfolios(?: for lssc)?"),
        ("eligibility", f"{WANT}(?:check {MY} eligibility|check if i am eligible|do {MY} eligibility check)"),
        ("fees", f"{WANT}(?:work out|calculate|see) {MY} (?:price|fees?|costs?)"),
        ("status", f"(?:where is|where's|what is the status of|how is|show|check) {MY} application(?: status)?"),
        (
            "certificate",
            "(?:where is|where's|when (?:do|will) i get|show(?: me)?|send(?: me)?|see|get|print) my certificate"
            "(?: again)?",
        ),
        ("status", "(?:what is|what's|show) my status"),
        (
            "renew",
            f"{WANT}(?:renew|extend|ask (?:for|to) renew(?:al(?: of)?)?|request (?:the )?renewal(?: of)?)"
            "(?: (?:my|the) (?:certificate|certification|lssc))?",
        ),
        ("hours", f"{WANT}(?:log|record|enter|see|show|report) (?:my |some )?(?:contact |ce )?hours"),
        (
            "webinars",
            "(?:(?:show|list|see)(?: me)? )?(?:(?:the|all|any|upcoming|coming|next|planned|other) )*webinars?"
            "(?: dates?)?",
        ),
        (
            "webinars",
            "when (?:is|are) the (?:next|coming|upcoming) webinars?|(?:which|what) webinars are"
            " (?:there|planned|coming(?: up)?)"
            "|are there (?:any )?(?:upcoming |coming )?webinars?(?: planned| coming up| soon)?",
        ),
        (
            "my webinars",
            "(?:(?:show|list)(?: me)? )?my webinars"
            "|(?:which|what) webinars? (?:am i|have i|did i) (?:signed? up|registered?)(?: for)?",
        ),
        ("calendar", "(?:send|give|show|mail)(?: me)? (?:(?:the|my|all) )*(?:dates|calendar(?: file)?)"),
        ("withdraw", f"{WANT}withdraw(?: {MY} application)?"),
        ("person", f"{WANT}(?:talk|speak|write|chat) (?:to|with) {SOMEBODY}"),
        (
            "stop",
            r"(?:stop|quit) (?:sending|e?-?mailing|writing(?: to)?|messaging|contacting|reminding) me\b.{0,60}",
        ),
        (
            "stop",
            r"(?:unsubscribe|remove|take) (?:me|(?:my|this) (?:e-?mail )?address)(?: (?:from|off|right|at)\b.{0,60})?",
        ),
        ("stop", r"(?:unsubscribe|no more) (?:e-?)?(?:mails?|reminders|messages).{0,40}"),
    )
)
A_PERSON = re.compile(
    r"(?:please )?(?:i(?:'d| would)? (?:really )?(?:like|want|need|wish) to|i want|let me|can i|could i|may i)"
    rf" (?:talk|speak|write|chat) (?:to|with) {SOMEBODY}(?: now| please)?"
)
SENTENCE = re.compile(r"[.!?\n]+\s*")
PLEASE = re.compile(r"\bpl[sz]\b")


def wishes_a_person(words: str) -> bool:
    """Whether one of a few sentences asks for somebody of the office, whatever the others say."""
    said = words[:1000].lower().replace("’", "'")
    return any(A_PERSON.fullmatch(" ".join(each.split())) for each in SENTENCE.split(said))


def find(words: str) -> tuple[str, str] | None:
    """The command that the whole message is, and the words after it; None when it is none."""
    return _found(words[:LONGEST])


def bare(words: str) -> str:
    """A command without what stands around it: its slash, or the name of the program."""
    return tidy(words[:LONGEST]).lower().replace("’", "'").removeprefix("/").removeprefix("lssc ").rstrip(".!")


@lru_cache(maxsize=32)  # a turn asks this four times of the same words, and it costs as much as a statement
def _found(words: str) -> tuple[str, str] | None:
    said = PLEASE.sub("please", bare(words))
    if said == "change" or said.startswith("change "):
        return "change", said.removeprefix("change").strip()
    if CODE.fullmatch(said):
        return "link", said.removeprefix("link").strip(" _:")
    if found := next(((command, has[1] or "") for command, has in _with_words(said) if has), None):
        return found
    said = said.removeprefix("please ").removesuffix(" please").rstrip(",") or said
    said = ALIASES.get(said.rstrip("?") or said, said)
    if said in ANYWHERE or said in IN_FORMS:
        return said, ""
    if so := SO.match(said):
        return find(said[so.end() :])
    asked = said.rstrip("?")
    return next(((command, "") for command, pattern in PHRASES if pattern.fullmatch(asked)), None)


def _with_words(said: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    return ((command, pattern.fullmatch(said)) for command, pattern in WITH_WORDS)
