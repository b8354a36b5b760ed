"""Mail addresses within a line of running text."""

LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+/=?^_`{|}~.-")
DOMAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_")
LONGEST_LOCAL = 64
LONGEST_DOMAIN = 255
LINE = 400
MANY = 20


def addresses(line: str) -> tuple[str, ...]:
    """The addresses of a line in their order, at most 20, as they are written there."""
    line = line[:LINE]
    found: list[str] = []
    at = line.find("@")
    while at >= 0 and len(found) < MANY:
        if address := _around(line, at):
            found.append(address)
        at = line.find("@", at + 1)
    return tuple(found)


def address(line: str) -> str:
    """The first address of a line, or ""."""
    return next(iter(addresses(line)), "")


def _around(line: str, at: int) -> str:
    start = _start(line, at)
    end = at + 1
    while end < len(line) and end - at <= LONGEST_DOMAIN and _in_domain(line[end]):
        end += 1
    local, domain = line[start:at].lstrip("'`*.-"), line[at + 1 : end].strip(".-_")
    return f"{local}@{domain}" if local and "." in domain else ""


def _start(line: str, at: int) -> int:
    if at >= 2 and line[at - 1] == '"' and (opening := line.rfind('"', max(0, at - LONGEST_LOCAL), at - 1)) >= 0:
        return opening
    start = at
    while start > 0 and at - start < LONGEST_LOCAL and (line[start - 1] in LOCAL or line[start - 1] > "\x7f"):
        start -= 1
    return start


def _in_domain(character: str) -> bool:
    return character in DOMAIN or (character > "\x7f" and character.isalnum())


def sender(value: str) -> str:
    """The address of a "From" in lower case: within the last <>, so that one shown as a name does not count."""
    value = value[: 4 * LINE]
    return (address(value.rpartition("<")[2]) if "<" in value else address(value)).lower()
