"""A line, or a whole mail, as a mail server sends it to us, within limits of size and patience.

Exception
└── Gone    the other side ended the connection, or said nothing for too long
"""

import asyncio

END = b"\r\n.\r\n"
LONGEST_LINE = 4096  # bytes; RFC 5321 asks for 512 and more for extensions
PIECE = 256 * 1024


class Gone(Exception):
    """The other side ended the connection, or said nothing for too long."""


class Wire:
    """`patience` is in seconds, for whatever comes next."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, patience: float) -> None:
        self._reader, self._writer, self._patience = reader, writer, patience
        self._ahead = bytearray()

    async def line(self) -> str | None:
        """The next line without its end; None for one that is longer than any command. Raises Gone."""
        cut = False
        while (end := self._ahead.find(b"\n")) < 0:
            if len(self._ahead) > LONGEST_LINE:
                cut = True
                self._ahead.clear()
            await self._more()
        line = bytes(self._ahead[:end])
        del self._ahead[: end + 1]
        return None if cut or end > LONGEST_LINE else line.removesuffix(b"\r").decode("utf-8", "surrogateescape")

    async def mail(self, largest: int) -> bytes | None:
        """What comes before the line with a dot, dots at the beginning of lines undone; None when it is too large.

        Only CR LF dot CR LF ends it: servers that took less were made to see two mails where others saw one.
        """
        data, looked, cut = bytearray(b"\r\n"), 0, False  # as if a line had ended before it
        while True:
            data += self._ahead
            self._ahead.clear()
            if (end := data.find(END, max(looked - len(END) + 1, 0))) >= 0:
                break
            if len(data) > largest + 2:
                cut = True
                del data[: -len(END)]
            looked = len(data)
            await self._more()
        self._ahead += data[end + len(END) :]
        del data[end + 2 :]
        return None if cut or len(data) > largest + 2 else bytes(data.replace(b"\r\n.", b"\r\n")[2:])

    async def say(self, *lines: str) -> None:
        self._writer.write("".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace"))
        try:
            await asyncio.wait_for(self._writer.drain(), self._patience)
        except (OSError, TimeoutError) as error:
            raise Gone from error

    async def _more(self) -> None:
        try:
            piece = await asyncio.wait_for(self._reader.read(PIECE), self._patience)
        except (OSError, TimeoutError) as error:
            raise Gone from error
        if not piece:
            raise Gone
        self._ahead += piece
