"""What Telegram's refusals mean for the delivery."""

from aiogram.exceptions import (
    AiogramError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramRetryAfter,
)

from bot.channels.channel import DeliveryError

DONE_ALREADY = ("message is not modified", "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID")
NEVER = (TelegramForbiddenError, TelegramBadRequest, TelegramEntityTooLarge)  # blocked, deactivated, no such chat


def refused(error: AiogramError) -> DeliveryError:
    """Blocked, gone or unacceptable is for good; a revoked token, a fault or a pause of Telegram's passes."""
    if isinstance(error, TelegramRetryAfter):
        return DeliveryError("too many requests", permanent=False, retry_after=error.retry_after, by_vendor=True)
    if isinstance(error, TelegramMigrateToChat):
        return DeliveryError("the group has moved", permanent=False, moved_to=str(error.migrate_to_chat_id))
    return DeliveryError(_reason(error), permanent=isinstance(error, NEVER))


def is_done_already(error: TelegramBadRequest) -> bool:
    """Whether a change is refused because there is nothing to change, or nothing left to be changed."""
    return any(words in error.message for words in DONE_ALREADY)


def _reason(error: AiogramError) -> str:
    return f"{type(error).__name__}: {getattr(error, 'message', error)}"[:300]
