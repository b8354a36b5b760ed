"""People who use Telegram: what they write, send and press becomes updates for the bot."""

import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.vendors.telegram import ME, Chat, Shown, Telegram, about_chat

COMMAND = re.compile(r"/\w+(?:@\w+)?")
MENTION = re.compile(r"@\w+")
NUMBERS = count(500_001)
FILE = {"file_id": "f", "file_unique_id": "u"}
PICTURE = FILE | {"width": 10, "height": 10}
CONTENTS: dict[str, dict[str, Any]] = {
    "photo": {"photo": [PICTURE]},
    "file": {"document": FILE | {"file_name": "transcript.pdf"}},
    "voice": {"voice": FILE | {"duration": 3}},
    "video": {"video": PICTURE | {"duration": 3}},
    "sticker": {"sticker": PICTURE | {"type": "regular", "is_animated": False, "is_video": False}},
    "location": {"location": {"latitude": 39.7, "longitude": -104.9}},
    "contact": {"contact": {"phone_number": "+1 555", "first_name": "Bob"}},
    "other": {"dice": {"emoji": "🎲", "value": 4}},
}


@dataclass
class Person:
    """Somebody with an account; `here` is where they write: the private chat, or a group."""

    telegram: Telegram
    id: int = 77
    name: str = "Ann"
    here: Chat = field(init=False)

    def __post_init__(self) -> None:
        self.here = self.telegram.chat(self.id)

    def moved_to(self, chat: Chat) -> "Person":
        other = Person(self.telegram, self.id, self.name)
        other.here = chat
        return other

    @property
    def me(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name}

    async def says(self, text: str, answering: Shown | None = None) -> int:
        """The number of the update."""
        return await self.telegram.put(message=self.message(answering, text=text, entities=entities(text)))

    async def sends(self, words: str = "", **content: Any) -> int:
        """Something that is no words; `words` stand below it."""
        caption = {"caption": words, "caption_entities": entities(words)} if words else {}
        return await self.telegram.put(message=self.message(None, **content, **caption))

    async def edits(self, text: str) -> int:
        return await self.telegram.put(edited_message=self.message(None, text=text, edit_date=1_700_000_100))

    async def presses(self, message: Shown, label: str) -> int:
        data = next(each["callback_data"] for each in message.buttons if label_fits(each["text"], label))
        return await self.presses_data(data, message)

    async def presses_data(self, data: str, message: Shown | None) -> int:
        """Also what no button ever carried."""
        query = f"{next(NUMBERS)}"
        self.telegram.asked(query)
        press: dict[str, Any] = {"id": query, "from": self.me, "chat_instance": "1", "data": data}
        if message is not None:
            press["message"] = self.telegram.seen(message)
        return await self.telegram.put(callback_query=press)

    async def blocks(self, status: str = "kicked") -> int:
        self.telegram.chats[self.id].blocked = "bot was blocked by the user" if status == "kicked" else ""
        member = {"user": ME, "status": status} | ({"until_date": 0} if status == "kicked" else {})
        change = {"chat": about_chat(self.here), "from": self.me, "date": 1_700_000_000, "new_chat_member": member}
        before = {"user": ME, "status": "member"}
        return await self.telegram.put(my_chat_member=change | {"old_chat_member": before})

    def message(self, answering: Shown | None, **content: Any) -> dict[str, Any]:
        about = {"message_id": next(NUMBERS), "date": 1_700_000_000, "from": self.me, "chat": about_chat(self.here)}
        earlier = {"reply_to_message": self.telegram.seen(answering)} if answering is not None else {}
        return about | earlier | content


def entities(text: str) -> list[dict[str, Any]]:
    found = [("bot_command", each) for each in COMMAND.finditer(text) if each.start() == 0]
    found += [
        ("mention", each) for each in MENTION.finditer(text) if each.start() == 0 or text[each.start() - 1] == " "
    ]
    return [
        {"type": kind, "offset": len(text[: each.start()].encode("utf-16-le")) // 2, "length": len(each[0])}
        for kind, each in found
    ]


def label_fits(shown: str, label: str) -> bool:
    """Whether a button may be the one that is called so: it may be numbered and cut."""
    shown = re.sub(r"^\d+\. ", "", shown)
    return shown == label or (shown.endswith("…") and label.startswith(shown.removesuffix("…")))
