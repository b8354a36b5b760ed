"""`lssc mail`: what a mail says, the reply a person would send, and a mail fed in, all without a mail server."""

import asyncio
import json
import sys
from argparse import Namespace
from pathlib import Path

from bot import clock, logs, settings
from bot.app import build
from bot.channels.email.intake import Intake, setup
from bot.channels.email.perceiving import Perceived, perceive
from bot.channels.email.replying import NoReply
from bot.channels.email.replying import reply as replied
from bot.trouble import CommandError

MEANINGS = {
    "processed": "It was taken in.",
    "ignored": "It was left alone: no mail of a person to us.",
    "failed": "It names no sender, so nobody could be answered.",
}


def parse(args: Namespace) -> int:
    """Exit 0 for any bytes; nothing is changed and no database is opened."""
    chosen = settings.read()
    today = clock.chosen(chosen.now)().astimezone(chosen.office_timezone).date()
    seen = perceive(_read(args.file), args.to, setup(chosen), today)
    print(json.dumps(_as_json(seen), ensure_ascii=False, indent=None if args.json else 2))
    return 0


def reply(args: Namespace) -> int:
    """The mail goes to standard output, or into `--out`."""
    try:
        mail = replied(_read(args.file), args.text, clock.now())
    except NoReply as error:
        raise CommandError(f"{args.file} cannot be replied to: {error}.") from None
    if args.out:
        Path(args.out).write_bytes(mail)
    else:
        sys.stdout.buffer.write(mail)
        sys.stdout.flush()
    return 0


def deliver(args: Namespace) -> int:
    """What the mail leads to is sent before the command ends; exit 1 when nobody could be answered."""
    chosen = settings.read()
    logs.configure(chosen)
    taken = asyncio.run(_delivered(chosen, _read(args.file), args.to))
    print(json.dumps({"taken": taken}) if args.json else MEANINGS[taken])
    return 1 if taken == "failed" else 0


async def _delivered(chosen: settings.Settings, mail: bytes, recipient: str) -> str:
    app = build(chosen)
    try:
        taken = await Intake(app, setup(chosen)).take(mail, recipient)
        await app.delivery.drain()
        return taken
    finally:
        await app.close()


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _as_json(seen: Perceived) -> dict[str, object]:
    found = seen.bounce
    bounce = {"recipient": found.recipient, "status": found.status, "hard": found.hard} if found else None
    return {
        "kind": seen.kind,
        "new_text": seen.said.new_text,
        "token_valid": seen.returned is not None,
        "sender": seen.sender,
        "sender_trusted": seen.believed,
        "bounce": bounce,
        "links": list(seen.said.links),
        "warnings": list(seen.warnings),
    }
