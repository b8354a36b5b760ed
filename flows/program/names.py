"""Whether a person's name stands in a text, in whatever order and spelling people write names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flows.program.folding import Folded, Token, bare, fold
from flows.program.ordinary import COMMON, WORDS

_TITLES = "mr mrs ms miss mx dr prof rev jr sr ii iii iv phd edd mls mlis esq"
_PARTICLES = "van von der den de del della di da dos du la le al el bin ibn"
TITLES, PARTICLES = frozenset(_TITLES.split()), frozenset(_PARTICLES.split())
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
BETWEEN = re.compile(r"[\s\-‐‑‒–—_.·+*~]{0,80}")
COMMA = re.compile(r"[\s*_\"]{0,40},[\s+*_\"]{0,40}")
NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")  # scripts that put no spaces between words
FARTHEST = 5  # words from the one end of a name to the other
UNKNOWN = 2  # middle names that we were not told
RUN_TOGETHER = 7  # letters, from which two names run together are no part of another word


@dataclass(frozen=True)
class Name:
    """One spelling of a name, folded: its first name, what may end it, and what may stand between."""

    first: str
    families: frozenset[str]
    middles: frozenset[str]

    @property
    def joined(self) -> frozenset[str]:
        """First and family name run together, as in addresses."""
        return frozenset(each for end in self.families for each in (self.first + end, end + self.first))

    @property
    def is_ordinary(self) -> bool:
        return self.first in WORDS and all(end in WORDS for end in self.families)


@dataclass(frozen=True)
class Hit:
    """Where a name stands: `whole`, or one word of it; `sure` unless it may well be something else."""

    start: int
    end: int
    whole: bool
    sure: bool


def read(names: Sequence[str]) -> tuple[Name, ...]:
    """Each name in the spellings it has; "Last, First" is understood, titles are left out."""
    spelled = (each for name in names for each in dict.fromkeys((name, name.translate(UMLAUTS))))
    return tuple(dict.fromkeys(name for each in spelled if (name := _name(each)) is not None))


def _name(written: str) -> Name | None:
    family, comma, given = written.partition(",")
    if comma and given.strip(" .").lower() not in TITLES:
        written = f"{given} {family}"
    parts = [part for word in written.split() if (part := _words(word)) and part[0] not in TITLES]
    if not parts:
        return None
    if len(parts) == 1:
        return Name("", frozenset(["".join(parts[0])]), frozenset())
    first, last = parts[0][0], parts[-1]
    middles = frozenset(word for part in parts for word in part) - {first}
    return Name(first, frozenset(last) - PARTICLES or frozenset(last), middles)


def _words(written: str) -> list[str]:
    return [token.word for token in fold(written).tokens()]


def hits(text: Folded, names: Sequence[Name], *, in_link: bool) -> Iterator[Hit]:
    """Every place where one of the names stands, once for each place. `in_link`: nobody minds capitals there."""
    tokens = text.tokens()
    end = -1
    for here, token in enumerate(tokens):
        if token.start < end:
            continue
        found = next((hit for name in names if (hit := _whole(text, tokens, here, name, in_link))), None)
        found = found or next((hit for name in names if (hit := _single(token, name))), None)
        if found is not None:
            yield found
            end = found.end
    yield from _letter_by_letter(text, tokens, names)
    yield from _without_spaces(text, names)


def _whole(text: Folded, tokens: list[Token], here: int, name: Name, in_link: bool) -> Hit | None:
    token = tokens[here]
    if not name.first:
        return None
    if _is_run_together(text, token, name, in_link):
        return Hit(token.start, token.end, whole=True, sure=True)
    starts_family = token.word in name.families
    if token.word != name.first and not starts_family and token.word != name.first[0]:
        return None
    ways = (_forward, _backward) if token.word == name.first and starts_family else None
    for way in ways or ((_backward,) if starts_family else (_forward,)):
        other = way(text, tokens, here, name)
        if other is not None and (sure := _is_sure(token, tokens[other], in_link)) is not None:
            return Hit(token.start, tokens[other].end, whole=True, sure=sure)
    return None


def _is_run_together(text: Folded, token: Token, name: Name, in_link: bool) -> bool:
    """As "annpage1985" in any text; as "apage" only in links and before the @ of an address."""
    word = token.word.strip("0123456789")
    is_account = text.text[token.end : token.end + 1] == "@" or text.text[max(0, token.start - 1) : token.start] == "~"
    for joined in name.joined:
        if word == joined and (len(joined) >= RUN_TOGETHER or is_account):
            return True
        if len(joined) >= RUN_TOGETHER and not name.is_ordinary and joined in word:
            return True
    return len(word) >= 5 and any(
        word == name.first[0] + end and (is_account or (in_link and end not in WORDS)) for end in name.families
    )


def _forward(text: Folded, tokens: list[Token], here: int, name: Name) -> int | None:
    """First name or its initial, middle names, family name."""
    unknown = 0
    for there in range(here + 1, min(here + 1 + FARTHEST, len(tokens))):
        before, token = tokens[there - 1], tokens[there]
        between = text.text[before.end : token.start]
        if not _is_close(between, before):
            return None
        if token.word in name.families:
            return _last(text, tokens, there, name) if _is_name(text, tokens, here, there, between) else None
        if token.word in name.middles or len(token.word) == 1:
            continue
        unknown += 1
        if not token.capital or unknown > UNKNOWN or len(tokens[here].word) == 1:
            return None
    return None


def _last(text: Folded, tokens: list[Token], there: int, name: Name) -> int:
    """The other half of a double family name, where it follows."""
    follows = there + 1 < len(tokens) and tokens[there + 1].word in name.families - {tokens[there].word}
    return there + 1 if follows and text.text[tokens[there].end : tokens[there + 1].start] in ("-", " ") else there


def _is_close(between: str, before: Token) -> bool:
    """Whether two words may be of one name: no sentence ends between them, but an initial may have its period."""
    if BETWEEN.fullmatch(between) is None or between.count("\n") > 2:
        return False
    ends = between.startswith(".") and between[1:2].isspace()
    return not ends or len(before.word) == 1 or before.word in TITLES


def _is_name(text: Folded, tokens: list[Token], here: int, there: int, between: str) -> bool:
    """Not "a page", nor "... to Ann" above "Page 4"."""
    first, last = tokens[here], tokens[there]
    if last.word not in WORDS:
        return len(first.word) > 1 or first.capital
    if len(first.word) == 1 and not (first.capital and last.capital and ("." in between or first.word not in "ai")):
        return False
    is_numbered = there + 1 < len(tokens) and tokens[there + 1].word.isdecimal()
    is_near = text.text[last.end : last.end + 2].startswith(" ")
    return not (is_numbered and is_near and ("\n" in between or len(first.word) == 1))


def _backward(text: Folded, tokens: list[Token], here: int, name: Name) -> int | None:
    """Family name, then the first name; before its initial only with a comma."""
    for there in range(here + 1, min(here + 1 + FARTHEST, len(tokens))):
        before, token = tokens[there - 1], tokens[there]
        between = text.text[before.end : token.start]
        comma = COMMA.fullmatch(between) is not None
        if not comma and not _is_close(between, before):
            return None
        if token.word == name.first:
            is_named = comma or tokens[here].capital or tokens[here].word not in WORDS
            return there if is_named else None
        if comma and token.word == name.first[0] and token.capital and tokens[here].capital:
            is_initial = text.text[token.end : token.end + 1] == "." or token.end == len(text.text)
            return there if is_initial or tokens[here].word not in WORDS else None
        if token.word not in name.middles:
            return None
    return None


def _is_sure(start: Token, end: Token, in_link: bool) -> bool | None:
    """Whether both are meant as names; None when a word is just that, as in "I will page through"."""
    both = (start, end)
    rare = [token for token in both if token.word not in WORDS]
    plain = [token for token in both if token.word in WORDS and not token.capital]
    if not plain:
        return True
    if not rare:
        return False if in_link else None
    return True if in_link or not rare[0].capital else None


def _single(token: Token, name: Name) -> Hit | None:
    """One word of a name. A rare family name is as good as the whole; a first name or a common one is not."""
    if token.word not in name.families and token.word != name.first:
        return None
    if token.word in WORDS and not token.capital:
        return None
    is_rare = token.word not in WORDS | COMMON and token.word in name.families
    return Hit(token.start, token.end, whole=not name.first and is_rare, sure=is_rare)


def _letter_by_letter(text: Folded, tokens: list[Token], names: Sequence[Name]) -> Iterator[Hit]:
    """As in "A n n  P a g e"."""
    run: list[Token] = []
    for token in (*tokens, Token("", len(text.text) + 9, len(text.text) + 9, capital=False)):
        if len(token.word) == 1 and (not run or token.start - run[-1].end <= 4):
            run.append(token)
            continue
        said = "".join(each.word for each in run)
        if len(said) >= 5 and any(joined in said for name in names if name.first for joined in name.joined):
            yield Hit(run[0].start, run[-1].end, whole=True, sure=True)
        run = []


def _without_spaces(text: Folded, names: Sequence[Name]) -> Iterator[Hit]:
    for name in names:
        for written in name.joined if name.first else name.families:
            if NO_SPACES.search(written) and len(written) > 1:
                for match in re.finditer(re.escape(written), text.text):
                    yield Hit(match.start(), match.end(), whole=True, sure=True)


def phrase(written: str) -> tuple[str, ...]:
    """The words of a name of several words, such as an employer's, folded."""
    return tuple(bare(each) for each in _words(written))
