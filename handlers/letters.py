"""How a message rests in the outbox: as JSON, and back again."""

import json
from base64 import b64decode, b64encode

from flows.dialog.speech import Choice, Drawing, File, Outbound

PLAIN = ("text", "conversation", "question", "subject", "edits", "answers", "quiet", "stoppable")
WRITER = json.JSONEncoder(ensure_ascii=False)


def encode(message: Outbound) -> str:
    """What is empty is left out."""
    fields = {name: value for name in PLAIN if (value := getattr(message, name))}
    if message.choices:
        fields["choices"] = [[choice.key, choice.label] for choice in message.choices]
    if message.files:
        fields["files"] = [
            [each.name, each.media_type, b64encode(each.content).decode(), each.alt] for each in message.files
        ]
    if message.drawings:
        fields["drawings"] = [[each.kind, each.name, each.alt, each.data] for each in message.drawings]
    return WRITER.encode(fields)


def decode(body: str) -> Outbound:
    """Raises ValueError or TypeError for a body that `encode` did not write."""
    fields = json.loads(body)
    choices = tuple(Choice(key, label) for key, label in fields.pop("choices", ()))
    files = tuple(
        File(name, media_type, b64decode(content), alt) for name, media_type, content, alt in fields.pop("files", ())
    )
    drawings = tuple(Drawing(*each) for each in fields.pop("drawings", ()))
    return Outbound(fields.pop("text", ""), choices, files=files, drawings=drawings, **fields)
