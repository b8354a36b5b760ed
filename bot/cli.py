"""The `lssc` command: reads the command line, runs one command, and says in one line what went wrong."""

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from bot.trouble import UsageError, explained

CERTIFICATE_VERBS = {
    "revoke": "ask for a certificate to be revoked; the desk item that comes of it is settled by `revoke`",
    "reinstate": "the same for one that is to be valid again; settled by `reinstate`",
}
DESK_VERBS = {
    "reply": "write to the person whom an item is about",
    "note": "add a note to an item",
    "snooze": "leave an item out of the queue: `3 days`, or a date",
    "assign": "give an item to somebody of the staff",
}


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line; exit 2."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"lssc: {message} (see {self.prog} --help)\n")


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0, 1 for trouble that the line on standard error explains, 2 for wrong usage."""
    _plain_streams()
    args = parser().parse_args(argv)
    try:
        code = int(args.run(args))
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        line = explained(error)
        if line is None:
            raise
        print(f"lssc: {line}", file=sys.stderr)
        return 2 if isinstance(error, UsageError) else 1
    return code


def parser() -> argparse.ArgumentParser:
    """All commands; each imports its module only when it runs."""
    top = _Parser(prog="lssc", description="Runs the Library Support Staff Certification program by conversation.")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    chat = _command(commands, "chat", "a conversation in the terminal", "chat", "run")
    chat.add_argument("--as", dest="speak_as", metavar="EMAIL", help="speak as the person with this address")
    _ask(commands)
    _service(commands)
    _command(commands, "doctor", "check every configured part, and say how to mend it", "doctor", "run", json=True)
    _command(commands, "demo", "load a small, fictitious program into an empty database", "demo", "run")
    _db(commands)
    _import(commands)
    _export(commands)
    _staff(commands)
    _reminders(commands)
    _mail(commands)
    _faq(commands)
    return top


def _ask(commands: Any) -> None:
    ask = _command(commands, "ask", "one answer from the knowledge base", "ask", "run", json=True)
    what = ask.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar="QUESTION")
    what.add_argument(
        "--file", metavar="FILE", help="one question a line in, one JSON object a line out; - reads standard input"
    )
    what.add_argument("--entry", metavar="ID", help="the entry with this id")


def _service(commands: Any) -> None:
    run = _command(commands, "run", "the service: webhooks, channels, schedule and delivery", "run", "run")
    run.add_argument(
        "--only",
        metavar="PART,...",
        type=_names,
        default=(),
        help="only these; default: all that are configured",
    )
    tick = _command(commands, "tick", "do once what has come due, and send what waits", "tick", "run")
    tick.add_argument("--at", metavar="ISO-TIME", help="as of that time, not now")


def _names(given: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in given.split(","))


def _db(commands: Any) -> None:
    group = _group(commands, "db", "the database")
    _command(group, "upgrade", "bring the database up to date", "database", "upgrade")
    _command(group, "check", "say whether the database is up to date", "database", "check")
    backup = _command(group, "backup", "copy a SQLite database while it is in use", "database", "backup")
    backup.add_argument("file", metavar="FILE")


def _import(commands: Any) -> None:
    group = _group(commands, "import", "take a table in")
    competencies = _command(
        group, "competencies", "the official wording: columns set, number, wording", "imports", "competencies"
    )
    assistance = _command(
        group, "assistance", "awards: columns giver, state, award, number, contact", "imports", "assistance"
    )
    people = _command(
        group,
        "people",
        "candidates of before: columns name, email, admitted, state, until, and one for each set",
        "imports",
        "people",
    )
    guidelines = _command(
        group, "guidelines", "guidelines for evidence: columns set, since, guidelines", "imports", "guidelines"
    )
    courses = _command(
        group,
        "courses",
        "courses: columns code, provider, title, set, format, valid from, state, price, start, valid to, link, mail",
        "imports",
        "courses",
    )
    evaluators = _command(
        group,
        "evaluators",
        "evaluators: columns name, email, sets, workplace, limit, trained, conflicts, experience, resume",
        "imports",
        "evaluators",
    )
    webinars = _command(
        group,
        "webinars",
        "webinars: columns code, kind, title, starts, time zone, minutes, seats, link, note, state",
        "imports",
        "webinars",
    )
    for command in (competencies, assistance, people, guidelines, courses, evaluators, webinars):
        command.add_argument("file", metavar="FILE.csv")


def _export(commands: Any) -> None:
    group = _group(commands, "export", "print a table as CSV, in the columns of its import")
    _command(group, "answers", "the answers that the office wrote", "exports", "answers")
    _command(group, "assistance", "the awards on record", "exports", "assistance")
    _command(group, "guidelines", "every version of the guidelines for evidence", "exports", "guidelines")
    _command(group, "certificates", "the certificates, and how each stands", "exports", "certificates")
    _command(group, "courses", "the catalogue of approved courses", "exports", "courses")
    _command(group, "evaluators", "who assesses, or is being trained for it", "exports", "evaluators")
    _command(group, "hours", "the contact hours that holders logged", "exports", "hours")
    _command(group, "webinars", "the webinars, also those that are over", "exports", "webinars")
    _command(group, "people", "the candidacies with their complete sets", "exports", "people")


def _staff(commands: Any) -> None:
    group = _group(commands, "staff", "the office's desk, and who has which role")
    _command(group, "queue", "what is to be settled", "staff", "queue", json=True)
    _command(group, "report", "the weekly report, as of now", "staff", "report", json=True)
    show = _command(group, "show", "one item in full", "staff", "show", json=True)
    settle = _command(group, "settle", "do something about an item", "staff", "settle", json=True)
    for command in (show, settle):
        command.add_argument("id", type=int, metavar="ID")
    settle.add_argument("action", metavar="ACTION")
    settle.add_argument("--note", default="", metavar="WORDS", help="what the action asks for, or a note")
    for verb, meaning in DESK_VERBS.items():
        added = _command(group, verb, meaning, "staff", "act", json=True)
        added.add_argument("id", type=int, metavar="ID")
        added.add_argument("text", metavar="TEXT")
        added.set_defaults(verb=verb)
    document = _command(group, "document", "write a document that somebody sent into a file", "staff", "document")
    document.add_argument("id", type=int, metavar="ID")
    document.add_argument("file", metavar="FILE")
    admit = _command(
        group, "admit", "put a candidate of before on record; nobody is written to", "staff", "admit", json=True
    )
    admit.add_argument("email", metavar="EMAIL")
    admit.add_argument("--name", required=True)
    admit.add_argument("--on", required=True, metavar="DATE", help="the day of admission, such as 2025-03-01")
    admit.add_argument(
        "--set", action="append", default=[], metavar="SET=DATE", help="a complete set and its day; may be repeated"
    )
    for verb, meaning in CERTIFICATE_VERBS.items():
        changed = _command(group, verb, meaning, "staff", "certificate", json=True)
        changed.set_defaults(verb=verb)
        changed.add_argument("number", metavar="NUMBER", help="of the certificate")
        changed.add_argument("text", metavar="REASON", help="which its holder is told")
    give = _command(group, "add", "give somebody a role", "staff", "add", json=True)
    give.add_argument("address", metavar="ADDRESS", help="such as slack:U123, telegram:456 or email:a@b.org")
    give.add_argument("role", metavar="ROLE")
    give.add_argument("--seat", default="", help="of the committee, with `chair` at its end for the one who chairs")
    take = _command(group, "remove", "take a role from somebody", "staff", "remove", json=True)
    take.add_argument("address", metavar="ADDRESS")
    take.add_argument("role", nargs="?", default="", metavar="ROLE")
    webinar = _command(
        group, "webinar", "plan, move, cancel or show webinars, in the words of the desk", "staff", "webinar", json=True
    )
    webinar.add_argument("words", nargs="+", metavar="WORDS", help="such as `cancel webinar WEB-3 the speaker is ill`")
    _command(group, "list", "who has which role", "staff", "everybody", json=True)


def _reminders(commands: Any) -> None:
    group = _group(commands, "reminders", "the reminder rules, and what one would say")
    _command(group, "list", "the rules with their steps", "reminders", "listed", json=True)
    meaning = "what a rule would say to somebody, or how many it would reach"
    preview = _command(group, "preview", meaning, "reminders", "preview", json=True)
    preview.add_argument("rule", metavar="RULE")
    preview.add_argument("--person", default="", metavar="ADDRESS", help="such as a@b.org, slack:U123 or telegram:456")
    preview.add_argument("--count", action="store_true", help="how many steps the next tick would plan")
    preview.add_argument("--at", default="", metavar="ISO-TIME", help="as of that time, such as 2026-12-01T09:00-06:00")


def _mail(commands: Any) -> None:
    group = _group(commands, "mail", "mails as files, without a mail server")
    parse = _command(group, "parse", "what a mail says and of what kind it is", "mail", "parse", json=True)
    reply = _command(group, "reply", "the reply that a person would send, on standard output", "mail", "reply")
    deliver = _command(group, "deliver", "take a mail in, and send what it leads to", "mail", "deliver", json=True)
    for command in (parse, reply, deliver):
        command.add_argument("file", metavar="FILE.eml", help="- reads standard input")
    for command in (parse, deliver):
        command.add_argument("--to", default="", metavar="ADDRESS", help="whom it was delivered to, if not in the mail")
    reply.add_argument("--text", required=True, metavar="WORDS")
    reply.add_argument("--out", default="", metavar="FILE", help="a file instead of standard output")


def _faq(commands: Any) -> None:
    group = _group(commands, "faq", "the knowledge base")
    _command(group, "build", "prepare the knowledge base; nothing to do when it is prepared already", "faq", "build")
    report = _command(group, "report", "accuracy by kind on a labelled set", "faq", "report", json=True)
    report.add_argument(
        "--labelled", metavar="FILE.tsv", help="columns query, kind, expect; default: the project's own set"
    )
    clinc = _command(
        group, "clinc", "train and test the matcher on a file in CLINC150's format", "faq", "clinc", json=True
    )
    clinc.add_argument("file", metavar="FILE.json")


def _group(commands: Any, name: str, meaning: str) -> Any:
    group = commands.add_parser(name, help=meaning, description=meaning)
    return group.add_subparsers(title="commands", metavar="COMMAND", required=True)


def _command(
    commands: Any, name: str, meaning: str, module: str, function: str, *, json: bool = False
) -> argparse.ArgumentParser:
    added: argparse.ArgumentParser = commands.add_parser(name, help=meaning, description=meaning, allow_abbrev=False)
    added.set_defaults(run=_late(module, function))
    if json:
        added.add_argument("--json", action="store_true", help="for scripts")
    return added


def _late(module: str, function: str) -> Callable[[argparse.Namespace], int]:
    def run(args: argparse.Namespace) -> int:
        command = getattr(importlib.import_module(f"bot.commands.{module}"), function)
        return int(command(args))

    return run


def _plain_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _unread() -> int:
    """Nobody reads us any more (`lssc ask --file ... | head`): no reason to complain, also not when Python flushes."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
