"""How a message rests in the outbox: as JSON, and back again."""

import json
from base64 import b64decode, b64encode

from flows.dialog.speech import Choice, Drawing, File, Outbound

PLAIN = ("text", "conversation", "question", "subject", "edits", "answers", "quiet", "stoppable")


def encode(message: Outbound) -> str:
    fields = {name: getattr(message, name) for name in PLAIN}
    fields["choices"] = [[choice.key, choice.label] for choice in message.choices]
    fields["files"] = [
        [each.name, each.media_type, b64encode(each.content).decode(), each.alt] for each in message.files
    ]
    fields["drawings"] = [[each.kind, each.name, each.alt, each.data] for each in message.drawings]
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)


def decode(body: str) -> Outbound:
    """Raises ValueError or TypeError for a body that `encode` did not write."""
    fields = json.loads(body)
    choices = tuple(Choice(key, label) for key, label in fields.pop("choices", ()))
    files = tuple(
        File(name, media_type, b64decode(content), alt) for name, media_type, content, alt in fields.pop("files", ())
    )
    drawings = tuple(Drawing(*each) for each in fields.pop("drawings", ()))
    return Outbound(fields.pop("text", ""), choices, files=files, drawings=drawings, **fields)
