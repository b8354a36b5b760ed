"""How a message rests in the outbox: as JSON, and back again."""

import json

from flows.dialog.speech import Choice, Outbound


def encode(message: Outbound) -> str:
    fields = {
        "text": message.text,
        "choices": [[choice.key, choice.label] for choice in message.choices],
        "conversation": message.conversation,
        "question": message.question,
        "subject": message.subject,
    }
    return json.dumps({name: value for name, value in fields.items() if value}, ensure_ascii=False)


def decode(body: str) -> Outbound:
    """Raises ValueError or TypeError for a body that `encode` did not write."""
    fields = json.loads(body)
    choices = tuple(Choice(key, label) for key, label in fields.pop("choices", ()))
    return Outbound(fields.pop("text", ""), choices, **fields)
