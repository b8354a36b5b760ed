"""The lines that come of HTML while it is walked through."""

from bot.channels.email.reading.containers import Container
from bot.channels.email.reading.lines import ATTRIBUTION_MARK, CUT_MARK, RULE_MARK, SIGNATURE_MARK

_DEEPEST = 9
_STACK = 20
_HREF_WIDTH = 2000


class Page:
    """Lines so far, the line being written, and what stands around it: quotations, lists, a link."""

    def __init__(self) -> None:
        self.pre = 0
        self._lines: list[str] = []
        self._pieces: list[str] = []
        self._inside: list[tuple[Container, str, int]] = []
        self._lists: list[int] = []
        self._number = ""
        self._prefix = ""
        self._link: tuple[str, int] | None = None

    @property
    def count(self) -> int:
        return len(self._lines)

    def finished(self) -> str:
        self.end_link()
        self.block()
        return "\n".join(self._lines)

    def write(self, text: str) -> None:
        if self.pre and "\n" in text:
            first, *rest = text.split("\n")
            self._pieces.append(first)
            for piece in rest:
                self.newline()
                self._pieces.append(piece)
        else:
            self._pieces.append(text)

    def newline(self) -> None:
        """Ends the line, also an empty one."""
        self._put(self._taken())

    def block(self) -> None:
        """Ends the line, if one was begun; of a line that holds only fixed spaces a blank one remains."""
        if not self._pieces:
            return
        fixed = "\xa0" in "".join(self._pieces)
        line = self._taken()
        if line:
            self._put(line)
        elif fixed:
            self.gap()

    def gap(self) -> None:
        """Sees to it that the line above is blank."""
        if self._lines and self._lines[-1].strip("> "):
            self._put("")

    def rule(self) -> None:
        self._lines.append(self._prefix if self._prefix.startswith(">") else RULE_MARK)

    def _taken(self) -> str:
        whole = "".join(self._pieces)
        if self._number and not whole.isspace() and whole:
            whole, self._number = self._number + whole, ""
        self._pieces = []
        if self._link:
            self._link = (self._link[0], 0)
        return whole.rstrip() if self.pre else " ".join(whole.split())

    def _put(self, line: str) -> None:
        self._lines.append(self._prefix + line if line or self._prefix.startswith(">") else "")

    def enter(self, kind: Container, name: str, count: int) -> None:
        """Something begins that a mail program marked, as the tag of that name so many are open of."""
        self.block()
        if kind is Container.CUT:
            self._lines.append(self._prefix if self._prefix.startswith(">") else CUT_MARK)
        elif len(self._inside) < _STACK:
            self._inside.append((kind, name, count))
            self._prefix = self._marks()

    def leave(self, name: str, count: int) -> None:
        """A tag of that name ends; with it, what began with it."""
        place = len(self._inside)
        while place and self._inside[place - 1][1] != name:
            place -= 1
        if place and self._inside[place - 1][2] >= count:
            self.block()
            del self._inside[place - 1 :]
            self._prefix = self._marks()

    def _marks(self) -> str:
        kinds = [kind for kind, _, _ in self._inside]
        level = min(kinds.count(Container.QUOTE), _DEEPEST)
        if level:
            return ">" * level + " "
        if Container.ATTRIBUTION in kinds:
            return ATTRIBUTION_MARK
        return SIGNATURE_MARK if Container.SIGNATURE in kinds else ""

    def begin_list(self, *, ordered: bool, start: str) -> None:
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        if len(self._lists) < _STACK:
            self._lists.append(first if ordered else -1)

    def end_list(self) -> None:
        if self._lists:
            self._lists.pop()

    def item(self) -> None:
        """A number matters: it says which question is answered."""
        number = self._lists[-1] if self._lists else -1
        self._number = "- " if number < 0 else f"{number}. "
        if number >= 0:
            self._lists[-1] = number + 1

    def begin_link(self, target: str) -> None:
        self.end_link()
        if target[:4].lower() == "http" and len(target) <= _HREF_WIDTH:
            self._link = (target, len(self._pieces))

    def end_link(self) -> None:
        """Writes the link's address beside its words, unless they are the address, or it has none."""
        if not self._link:
            return
        target, place = self._link
        self._link = None
        label = " ".join("".join(self._pieces[place:]).split())
        if label and _essence(label) != _essence(target):
            self._pieces.append(f" <{target}>")

    def picture(self, alternative: str) -> None:
        """Of pictures only emoji are text."""
        if (
            alternative
            and len(alternative) <= 8
            and not any(letter.isalnum() or letter.isspace() for letter in alternative)
        ):
            self._pieces.append(alternative)


def _essence(address: str) -> str:
    return address.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
