"""Brings what people type into one form: quotes, spaces, and the usual abbreviations written out."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 2000

QUOTES = str.maketrans(
    {
        "\u2018": "'",
        "\u2019": "'",
        "\u02bc": "'",
        "\u0060": "'",
        "\u00b4": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": " - ",
        "\u2026": "...",
        "\u00a0": " ",
    }
)

# Only in capitals: in small letters these are other words.
CAPITALS = {
    "ILL": "interlibrary loan",
    "RA": "readers advisory",
    "CE": "continuing education",
    "IT": "information technology",
    "AD": "application deadline",
    "HR": "human resources",
    "OPAC": "online catalog",
    "CAR": "candidate achievement record",
}

# Words of chat; of time, number and work; of schools and of the program.
SHORT = dict(
    pair.split(" = ")
    for pair in re.split(
        r",\s+",
        """\
im = i am, i'm = i am, ive = i have, i've = i have, id = id, i'd = i would, ill = i will, i'll = i will,
dont = do not, don't = do not, doesnt = does not, doesn't = does not, didnt = did not, didn't = did not,
isnt = is not, isn't = is not, arent = are not, aren't = are not, cant = cannot, can't = cannot,
couldnt = could not, couldn't = could not, wont = will not, won't = will not, wouldnt = would not,
wouldn't = would not, havent = have not, haven't = have not, hasnt = has not, hasn't = has not, wasnt = was not,
wasn't = was not, shouldnt = should not, shouldn't = should not, whats = what is, what's = what is,
wheres = where is, where's = where is, whos = who is, who's = who is, hows = how is, how's = how is,
whens = when is, when's = when is, thats = that is, that's = that is, theres = there is, there's = there is,
its = it is, it's = it is, theyre = they are, they're = they are, youre = you are, you're = you are, u = you,
ur = your, r = are, y = why, wat = what, wats = what is, wot = what, hw = how, hav = have, evry = every,
y/n = yes or no, wut = what, wen = when, pls = please, plz = please, thx = thanks, thnx = thanks, tks = thanks,
ty = thank you, tysm = thank you, np = no problem, idk = i do not know, btw = by the way,
asap = as soon as possible, fyi = for your information, w/ = with, w/o = without, wo = without, b4 = before,
bc = because, cuz = because, cos = because, coz = because, tho = though, thru = through, wanna = want to,
gonna = going to, gotta = have to, lemme = let me, gimme = give me, kinda = kind of, dunno = do not know,
alot = a lot, abt = about, n = and, & = and, imo = in my opinion, atm = at the moment, rn = right now,
tbh = to be honest, ppl = people, msg = message, tmrw = tomorrow, tho' = though, hr = hour, hrs = hours, wk = week,
wks = weeks, yr = year, yrs = years, mo = month, mos = months, mth = month, mths = months, min = minimum,
mins = minutes, max = maximum, approx = approximately, pt = part time, ft = full time, p/t = part time,
f/t = full time, parttime = part time, fulltime = full time, avg = average, no. = number, nr = number, num = number,
amt = amount, qty = quantity, tel = telephone, ph = phone, addr = address, dept = department, org = organization,
orgs = organizations, assn = association, govt = government, natl = national, intl = international,
mgmt = management, mgr = manager, admin = administration, asst = assistant, dir = director, supv = supervisor,
vol = volunteer, vols = volunteers, cert = certification, certs = certifications, certif = certification,
app = application, apps = applications, appl = application, req = requirement, reqs = requirements,
rqmts = requirements, elig = eligibility, exp = experience, edu = education, diff = difference, info = information,
docs = documents, doc = document, comp = competency, comps = competencies, portf = portfolio, eval = evaluator,
evals = evaluators, prereq = prerequisite, prereqs = prerequisites, prof = professor, univ = university,
uni = university, hs = high school, cc = community college, lib = library, libs = libraries, tech = technology,
ref = reference, ill. = interlibrary loan, circ = circulation, cat = cataloging, catalog = catalog, mls = mls,
mlis = mlis, deg = degree, yo = years old, vs = versus, recert = recertification, reg = registration,
regs = regulations, sub = submit, subm = submission, tix = tickets, lta = library technical assistant,
sup = supervisor""",
    )
)

# Misspellings that are words themselves, told by what follows.
MISTAKEN = (
    (re.compile(r"\bdose (?=the|it|my|this|that|a|lssc|ala|i|one|anyone)\b", re.IGNORECASE), "does "),
    (re.compile(r"\b(how|want|need|have|like|able|where|who|when|what|going) 2 (?=[a-z])", re.IGNORECASE), r"\1 to "),
    (
        re.compile(r"\b(?<=\w )2 (?=apply|aply|become|get|renew|join|pay|submit|send|start|finish)", re.IGNORECASE),
        "to ",
    ),
)

WORD = re.compile(r"[^\s?!,;:()\"]+|[?!,;:()\"]")


def tidy(text: str) -> str:
    """At most 2,000 characters, without control signs, with plain quotes and single spaces; lines stay apart."""
    plain = unicodedata.normalize("NFC", text[: LONGEST * 2]).translate(QUOTES)
    kept = "".join(sign if sign == "\n" or not unicodedata.category(sign).startswith("C") else " " for sign in plain)
    lines = (" ".join(line.split()) for line in kept[:LONGEST].split("\n"))
    return "\n".join(line for line in lines if line)


def expand(text: str) -> str:
    """The text with abbreviations written out; a message all in capitals counts as one in small letters."""
    shouting = text.isupper() and " " in text
    for pattern, meant in MISTAKEN:
        text = pattern.sub(meant, text)
    return " ".join(_expanded(word, shouting=shouting) for word in WORD.findall(text))


def _expanded(word: str, *, shouting: bool) -> str:
    if not shouting and word in CAPITALS:
        return CAPITALS[word]
    stop = "." if word.endswith(".") and len(word) > 1 else ""
    bare = word[: -len(stop)] if stop else word
    if not shouting and bare in CAPITALS:
        return CAPITALS[bare] + stop
    return SHORT.get(bare.lower(), bare) + stop
