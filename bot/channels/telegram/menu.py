"""Tells Telegram which commands there are, so that it can offer them."""

from aiogram import Bot
from aiogram.methods import DeleteWebhook, SetMyCommands, SetWebhook
from aiogram.types import BotCommand

from bot.channels.telegram.reading import KINDS, WRITTEN_TOGETHER
from handlers import commands

MEANINGS = (
    ("menu", "What you can do here"),
    ("help", "The words that work everywhere"),
    ("eligibility", "Can I apply?"),
    ("fees", "What will it cost me?"),
    ("apply", "Fill in the application"),
    ("status", "Where my application stands"),
    ("progress", "How far I am"),
    ("evidence", "Add evidence to a portfolio"),
    ("courses", "Courses for the competency sets"),
    ("submit", "Submit a portfolio"),
    ("share", "Show my progress to somebody"),
    ("certificate", "My certificate"),
    ("reviews", "Portfolios that wait for my review"),
    ("renew", "Renew the certification"),
    ("hours", "Add hours of continuing education"),
    ("webinars", "Webinars to come"),
    ("link", "Go on in another channel"),
    ("profile", "What I told you about me"),
    ("reminders", "When you remind me"),
    ("person", "Talk to a person"),
    ("change", "Correct an earlier answer"),
    ("back", "One question back"),
    ("cancel", "Leave a form; the draft is kept"),
    ("stop", "No more messages"),
    ("mydata", "What you store about me"),
    ("forgetme", "Delete what you store about me"),
)


async def introduced(bot: Bot, webhook_url: str | None = None, secret: str | None = None) -> str:
    """Sets the webhook, or takes it away, and the commands; our user name there.

    Raises AiogramError when Telegram does not take that.
    """
    us = await bot.me()
    if webhook_url is None:
        await bot(DeleteWebhook(drop_pending_updates=False))
    else:
        await bot(SetWebhook(url=webhook_url, secret_token=secret, allowed_updates=KINDS, drop_pending_updates=False))
    await bot(SetMyCommands(commands=[BotCommand(command=word, description=meaning) for word, meaning in offered()]))
    return us.username or ""


def offered() -> list[tuple[str, str]]:
    """Those of the words that the program knows by now."""
    return [each for each in MEANINGS if commands.find(WRITTEN_TOGETHER.get(each[0], each[0])) is not None]
