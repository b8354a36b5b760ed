"""Decides whether our own mail server vouches for a sender: DMARC passed, or DKIM by the sender's own domain."""

from dataclasses import dataclass, field

from bot.channels.email.reading.mime import Mail
from bot.channels.email.reading.phrases import words
from bot.channels.email.reading.words import addresses

LONGEST = 8_192
RESULTS = 60
# Second labels that registries sell names under (co.uk, com.au); two labels ending so belong to nobody.
REGISTRIES = frozenset(
    words(
        "ac co com edu gov gob gouv go govt gv id info int lib ltd me mil mod ne net nhs nic nom or org pol sch school"
    )
)
# Below a state of the United States nobody owns these (RFC 1480): columbus.lib.oh.us is one owner's.
US_LOCALITIES = frozenset(words("k12 lib cc tec state ci co town village gen mus cog fed dst"))


@dataclass(frozen=True)
class Result:
    """One method's result within the header: "dkim", "pass", {"header.d": "example.org"}."""

    method: str
    result: str
    properties: dict[str, str] = field(default_factory=dict)


def is_believed(mail: Mail, authserv_id: str, from_address: str) -> bool:
    """Whether our own server (`authserv_id`, as it names itself in Authentication-Results, RFC 8601) vouches for it.

    Only the topmost header counts, and only when it is our server's: a server writes above what came in. Microsoft 365
    names no server there, so that anybody can write the same; it is not believed. Nor is a mail with several senders.
    """
    domain = _only_sender(mail, from_address)
    own_id = authserv_id.strip().lower()
    if not domain or not own_id:
        return False
    results = _results(mail.headers.raw("authentication-results"), own_id)
    dmarc = [result for result in results if result.method == "dmarc"]
    if dmarc:
        return len(dmarc) == 1 and _passed(dmarc[0]) and dmarc[0].properties.get("header.from", "") == domain
    return any(
        _passed(result) and belong_together(_signer(result), domain) for result in results if result.method == "dkim"
    )


def belong_together(signer: str, domain: str) -> bool:
    """Whether two domains have one owner as far as their names show: the same, or one below the other.

    Two below a third are not enough: anybody can have a name below a hosting company's.
    """
    if signer == domain:
        return _is_owned(domain)
    upper, lower = sorted((signer, domain), key=len)
    return lower.endswith(f".{upper}") and _is_owned(upper)


def _is_owned(domain: str) -> bool:
    labels = domain.split(".")
    if len(labels) < 2 or not all(labels):
        return False
    if labels[-1] == "us" and len(labels[-2]) == 2 and len(labels) <= 3:
        return len(labels) == 3 and labels[0] not in US_LOCALITIES
    short = len(labels[-1]) == 2 and (labels[-2] in REGISTRIES or len(labels[-2]) <= 2)
    return len(labels) > 2 or not short


def _only_sender(mail: Mail, from_address: str) -> str:
    """The domain of the one sender, in lower case, or "" where there are several, none, or an address as a name."""
    mailboxes = addresses(mail.headers.raw("from"))
    wanted = from_address.strip().lower()
    if len(mail.headers.all("from")) != 1 or len(mailboxes) != 1 or "@" in mailboxes[0].name:
        return ""
    return wanted.rpartition("@")[2] if wanted and mailboxes[0].address.lower() == wanted else ""


def _passed(result: Result) -> bool:
    return result.result == "pass"


def _signer(result: Result) -> str:
    """The domain that signed: header.d, else that of header.i."""
    return result.properties.get("header.d") or result.properties.get("header.i", "").rpartition("@")[2]


def _results(value: str, own_id: str) -> tuple[Result, ...]:
    """The results of a header of ours; none when it is another's or is not well formed."""
    tokens = _tokens(value[:LONGEST])
    if tokens is None or not tokens:
        return ()
    statements = _statements(tokens)
    head = statements[0]
    # "mx.example.org" or "mx.example.org 1", the version; a server that names none begins with a result.
    if not head or head[0].lower() != own_id or any("=" in token for token in head) or len(head) > 2:
        return ()
    return tuple(result for statement in statements[1 : RESULTS + 1] if (result := _result(statement)) is not None)


def _result(statement: list[str]) -> Result | None:
    if not statement:
        return None
    method, equals, result = statement[0].partition("=")
    if not equals:
        return None
    pairs = [token.partition("=") for token in statement[1:]]
    properties: dict[str, str] = {}
    for name, sign, value in pairs:
        if sign and name.lower() in properties:
            return None
        properties[name.lower()] = value.lower().rstrip(".")
    return Result(method.partition("/")[0].lower(), result.lower(), properties)


def _statements(tokens: list[str]) -> list[list[str]]:
    statements: list[list[str]] = [[]]
    for word in tokens:
        if word == ";":
            statements.append([])
        else:
            statements[-1].append(word)
    return statements


def _tokens(value: str) -> list[str] | None:
    """Words and ";", without comments and quotation marks; None where a quotation or a bracket does not close."""
    tokens: list[str] = []
    word: list[str] = []
    place, depth = 0, 0
    while place < len(value):
        character = value[place]
        if character == "\\" and depth:
            place += 1
        elif character in "()":
            depth += 1 if character == "(" else -1
            if depth < 0:
                return None
            _end(word, tokens)
        elif depth == 0 and character == '"':
            closing = value.find('"', place + 1)
            if closing < 0:
                return None
            word.append(value[place + 1 : closing].replace(";", " "))
            place = closing
        elif depth == 0 and character in " \t\r\n;":
            _end(word, tokens)
            tokens += [";"] if character == ";" else []
        elif depth == 0:
            word.append(character)
        place += 1
    _end(word, tokens)
    return None if depth else tokens


def _end(word: list[str], tokens: list[str]) -> None:
    if word:
        tokens.append("".join(word))
        word.clear()
