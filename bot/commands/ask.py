"""`lssc ask`: answers from the knowledge base, without any database."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from difflib import get_close_matches
from pathlib import Path
from typing import IO, TYPE_CHECKING

from bot import clock, rulebook, settings
from bot.commands.progress import Bar
from bot.trouble import CommandError
from flows.dialog.speech import cleaned

if TYPE_CHECKING:
    from faq.knowledge import Answer, Knowledge, Reply


def run(args: Namespace) -> int:
    """Answers one question, a file of questions, or shows one entry."""
    given = _file(args.file) if args.file is not None else None
    knowledge = opened()
    if given is not None:
        for line in given:
            _say(json.dumps(as_json(_line(line), knowledge.think(_line(line))), ensure_ascii=False))
    elif args.entry is not None:
        _show(_entry(knowledge, args.entry), as_data=args.json)
    else:
        question = cleaned(args.question)
        reply = knowledge.think(question)
        _say(json.dumps(as_json(question, reply), ensure_ascii=False) if args.json else in_words(reply))
    return 0


def opened() -> Knowledge:
    """The knowledge base of the settings; what has to be built is announced."""
    chosen, bar = settings.read(), Bar()
    instant = clock.chosen(chosen.now)()
    try:
        return rulebook.knowledge(chosen, rulebook.read(chosen), instant, bar)
    finally:
        bar.close()


def as_json(question: str, reply: Reply) -> dict[str, object]:
    """The answer as scripts rely on it."""
    return {
        "question": question,
        "answered": reply.answered,
        "entry": reply.answers[0].id if reply.answers else None,
        "answer": reply.text,
        "source": _sources(reply.answers) or None,
        "confidence": round(min(max(float(reply.confidence), 0.0), 1.0), 4),
        "suggestions": [each.id for each in reply.suggestions],
    }


def in_words(reply: Reply) -> str:
    """The answer as a person reads it: with its source, or with the nearest titles."""
    if reply.kind == "suggest":
        titles = (f"- {each.title}  (lssc ask --entry {each.id})" for each in reply.suggestions)
        return "\n".join(["Did you mean:", *titles])
    source = _sources(reply.answers) if reply.kind in ("answer", "two") else ""
    return f"{reply.text}\n(Source: {source})" if source else reply.text


def _sources(answers: tuple[Answer, ...]) -> str:
    return "; ".join(dict.fromkeys(each.source for each in answers if each.source))


def _entry(knowledge: Knowledge, wanted: str) -> Answer:
    found = knowledge.entry(wanted)
    if found is None:
        near = get_close_matches(wanted, [each.id for each in knowledge.answers], n=3, cutoff=0.4)
        hint = f" Near it: {', '.join(near)}." if near else ""
        raise CommandError(f"There is no entry {wanted}.{hint}")
    return found


def _show(entry: Answer, *, as_data: bool) -> None:
    if not as_data:
        _say(f"{entry.title}\n{entry.text}" + (f"\n(Source: {entry.source})" if entry.source else ""))
        return
    ours = not entry.id.startswith("not-us")
    told = {"question": entry.title, "answered": ours, "entry": entry.id, "answer": entry.text}
    rest: dict[str, object] = {"source": entry.source or None, "confidence": 1.0, "suggestions": []}
    _say(json.dumps({**told, **rest}, ensure_ascii=False))


def _file(name: str) -> IO[bytes]:
    try:
        return sys.stdin.buffer if name == "-" else Path(name).open("rb")
    except OSError as error:
        raise CommandError(f"{name} cannot be read: {error.strerror}") from None


def _line(line: bytes) -> str:
    return cleaned(line.decode("utf-8", "replace").removeprefix("\ufeff").rstrip("\r\n"))


def _say(text: str) -> None:
    print(text, flush=True)
