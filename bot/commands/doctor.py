"""`lssc doctor`: tries every part for real, and says what works, what does not and how to mend it."""

import json
import os
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

from bot import clock, rulebook, settings
from bot.channels.email import vendor
from bot.commands import doctor_incoming, doctor_mail, doctor_service, doctor_vendors
from bot.commands.findings import Finding, tried
from bot.commands.progress import Bar
from bot.rulebook import Rulebook
from bot.settings import Settings
from bot.trouble import CommandError
from flows.program import guiding
from flows.program.figures import listed

LEXICAL = "answers by shared words only and so meets fewer questions: `make run` installs the sentence encoder"


def run(args: Namespace) -> int:
    """Exit 1 when anything configured does not work."""
    findings = []
    for finding in examine():
        findings.append(finding)
        if not args.json:
            print(f"{finding.state:<15} {finding.part:<15} {finding.told}", flush=True)
    if args.json:
        print(json.dumps([asdict(each) for each in findings], ensure_ascii=False))
    return int(any(each.state == "broken" for each in findings))


def examine() -> Iterator[Finding]:
    """Part by part; a part that needs a broken one is left out."""
    try:
        chosen = settings.read()
    except settings.SettingsError as error:
        yield Finding("settings", "broken", str(error))
        return
    yield Finding("settings", "works", f"environment and {Path(settings.FILE).absolute()}")
    rules: list[Rulebook] = []
    yield tried("rules", lambda: _rules(chosen, rules))
    if rules:
        yield tried("competencies", lambda: _competencies(chosen, rules[0]))
        yield tried("knowledge base", lambda: _knowledge(chosen, rules[0]))
    yield tried("database", lambda: _database(chosen))
    if rules:
        yield _guidelines(chosen, rules[0])
    yield tried("outgoing mail", lambda: _mail(chosen))
    yield _pages(chosen)
    yield from doctor_vendors.examine(chosen)
    yield from doctor_incoming.examine(chosen)
    yield from doctor_service.examine(chosen)


def _rules(chosen: Settings, found: list[Rulebook]) -> str:
    found.append(rulebook.read(chosen))
    eras = found[0].policy.eras
    return f"{chosen.policy or 'the built-in policy'}; the rules in force apply since {eras[-1][0].in_force_since}"


def _competencies(chosen: Settings, rules: Rulebook) -> str:
    wording = f"official wording from {chosen.competencies}" if rules.is_official else (
        "short forms of our own; `lssc import competencies FILE.csv` loads the official wording"
    )  # fmt: skip
    return f"{rules.competencies.total} in {len(rules.competencies.sets)} sets, {wording}"


def _knowledge(chosen: Settings, rules: Rulebook) -> str:
    bar = Bar()
    base = rulebook.knowledge(chosen, rules, clock.chosen(chosen.now)(), bar)
    bar.close()
    if base.encoder.id.startswith("lexical"):
        return LEXICAL
    base.think("What is the application fee?")
    return f"{len(base.answers)} entries, sentence encoder {base.encoder.id}, kept in {chosen.cache_dir}"


def _database(chosen: Settings) -> str:
    from storage import connections, outbox
    from storage.database import HEAD, Database, connect, version

    engine = connect(chosen.database_url)
    name = engine.url.set(query={}).render_as_string(hide_password=True)  # a password may stand in the query too
    if engine.dialect.name == "sqlite" and _is_absent(engine.url.database):
        _writable(Path(str(engine.url.database)).absolute().parent)
        return f"{name} is not there yet; the first start makes it"
    found = version(engine)
    if found is None:
        return f"{name} is empty; the first start or `lssc db upgrade` makes the tables"
    if found != HEAD:
        raise RuntimeError(f"{name} is at version {found}, this program needs {HEAD}: run `lssc db upgrade`")
    database = Database(engine, "doctor")
    with database.work(clock.chosen(chosen.now)()) as work:
        count, age = outbox.waiting(work)
        server = connections.used(work)
    database.close()
    told = [f"{name} at version {HEAD}", _queue(count, age), *([_connections(*server)] if server else [])]
    return "; ".join(told)


def _guidelines(chosen: Settings, rules: Rulebook) -> Finding:
    """Without guidelines nobody can tell candidates and evaluators what evidence is asked for."""
    missing: list[str] = []
    whole = tried("guidelines", lambda: _guided(chosen, rules, missing))
    return replace(whole, state="not configured") if missing else whole


def _guided(chosen: Settings, rules: Rulebook, missing: list[str]) -> str:
    missing += guiding.missing(rules.competencies, _guided_sets(chosen))
    if not missing:
        return "every set has guidelines; `lssc export guidelines` prints them"
    return f"none for {listed(missing)}: `lssc import guidelines FILE.csv`, or `guidelines SET: ...` at the desk"


def _guided_sets(chosen: Settings) -> set[str]:
    from storage import guidelines
    from storage.database import HEAD, Database, connect, version

    engine = connect(chosen.database_url)
    if (engine.dialect.name == "sqlite" and _is_absent(engine.url.database)) or version(engine) != HEAD:
        return set()
    database = Database(engine, "doctor")
    with database.work(clock.chosen(chosen.now)()) as work:
        found = {each.set_id for each in guidelines.everything(work)}
    database.close()
    return found


def _connections(used: int, allowed: int) -> str:
    from storage.connections import NEEDED

    if allowed - used < NEEDED:
        raise CommandError(
            f"{used} of the server's {allowed} connections are in use, a process may need {NEEDED} more: "
            "raise max_connections there, or run fewer processes"
        )
    return f"{used} of the server's {allowed} connections are in use"


def _queue(count: int, age: timedelta) -> str:
    return f"{count} messages wait to be sent, the oldest for {age}" if count else "no message waits to be sent"


def _is_absent(path: str | None) -> bool:
    return path not in (None, "", ":memory:") and not Path(str(path)).exists()


def _pages(chosen: Settings) -> Finding:
    """Where people reach what is served to everybody."""
    if chosen.public_url:
        there = chosen.public_url.rstrip("/")
        return Finding("public pages", "works", f"certificates lead to {there}/check, shared records to {there}/record")
    told = "set LSSC_PUBLIC_URL: without it certificates carry no QR code, and candidates cannot share their record"
    return Finding("public pages", "not configured", told)


def _mail(chosen: Settings) -> str:
    if chosen.smtp_url is not None:
        return doctor_mail.outgoing(chosen)
    folder = chosen.mail_dir.absolute()
    _writable(next(each for each in (folder, *folder.parents) if each.exists()))
    return f"mail is written as .eml files into {folder}; {doctor_mail.addresses(chosen, vendor.headed(chosen))}"


def _writable(folder: Path) -> None:
    if not folder.is_dir():
        raise NotADirectoryError(20, "is no folder; name another one", str(folder))
    handle, name = tempfile.mkstemp(dir=folder, prefix=".lssc-")
    os.close(handle)
    Path(name).unlink()
