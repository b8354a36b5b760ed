"""Recognises a question about the competencies themselves, such as "which one covers interlibrary loan?"."""

from __future__ import annotations

import re

from faq.normalise import tidy

LONGEST = 300
NAMED = r"(?:(?:competency|competencies|competence|competences)(?: sets?)?|sets?|numbers?|parts?)"
WHICH = rf"(?:which|what) (?:\w+ )?{NAMED}"
ABOUT = (
    r"(?:(?:is|are|would be) (?:about|for|on)|(?:would )?(?:covers?|includes?|match(?:es)?|fits?|mentions?|handles?)"
    r"|deals? with|talks? about|has to do with|have to do with|asks? for)"
)
UNDER = (
    r"(?:belong|fit|go|count|fall|show|match|cover|prove|demonstrate)(?: (?:to|in|into|under|for|as|toward|towards))?"
)
OF = rf"(?:about|for|on|covering|dealing with|(?:that|which) {ABOUT})"
QUESTIONS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{WHICH}|which (?:ones?|of (?:them|these|the \w+))|what one) {ABOUT} (?P<subject>.+)",
        rf"{WHICH} (?:is|are|would be) (?P<subject>.+?) (?:for|about|under|in|part of)",
        rf"(?:(?:to|under|in|for) )?{WHICH} (?:does|do|would|should|could|can) (?P<subject>.+?) {UNDER}",
        rf"where (?:does|do|would|should|could) (?P<subject>.+?) {UNDER}",
        r"where (?:do|would|should|can|could) (?:i|we|you) (?:put|place|file|add|use|count) (?P<subject>.+)",
        rf"(?:is|are) there (?:a|an|any) {NAMED} {OF} (?P<subject>.+)",
        rf"(?:(?:find|show|search|list|look up|give)(?: me)? )?(?:(?:the|a|any|all) )?{NAMED} {OF} (?P<subject>.+)",
    )
)
BEFORE = re.compile(
    r"^(?:(?:hi|hello|hey|please|so|and|but|ok|okay|also|can you tell me|tell me)\b[\s,!]*)+", re.IGNORECASE
)
# Words that name nothing: "where does it belong?" asks about what was said before.
NOTHING = frozenset(
    {"a", "an", "the", "this", "that", "these", "those", "it", "they", "them", "i", "you", "he", "she", "we", "me"}
)


def subject(question: str) -> str | None:
    """What the question asks for ("interlibrary loan"); None for a message that is no such question."""
    bare = BEFORE.sub("", " ".join(tidy(question).split())).rstrip(" ?!.")
    if len(bare) > LONGEST:
        return None
    found = (pattern.fullmatch(bare) for pattern in QUESTIONS)
    return next((told for each in found if each and (told := _told(each["subject"]))), None)


def _told(words: str) -> str | None:
    told = words.strip(" ,.;:\"'")
    return told if set(re.findall(r"\w+", told.lower())) - NOTHING else None
