"""The settings, read from the environment and from `lssc.toml`; nothing else in the project reads the environment.

Exception
└── SettingsError    a setting is unknown or wrong; the message names it and says what is expected
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot import values

PREFIX = "LSSC_"
FILE = "lssc.toml"


class SettingsError(Exception):
    """A setting is unknown or wrong; the message names it and says what is expected."""


def _about(reader: Callable[[str], Any], meaning: str, shown: str = "none") -> dict[str, Any]:
    """How a value is read, what it means, and the default in words."""
    return {"reader": reader, "meaning": meaning, "shown": shown}


@dataclass(frozen=True)
class Settings:
    """All settings; each field is `LSSC_` and its name in capitals. A field that is not in the repr is a secret."""

    database_url: str = field(
        default="sqlite:///lssc.db",
        repr=False,
        metadata=_about(
            values.database,
            "where the records are kept: `sqlite:///FILE`, or `postgresql+psycopg://...` for many replicas",
            "`sqlite:///lssc.db` in the working folder",
        ),
    )
    telegram_token: str | None = field(
        default=None, repr=False, metadata=_about(values.text, "the Telegram bot's token")
    )
    telegram_api_url: str = field(
        default="https://api.telegram.org",
        metadata=_about(values.web, "another Telegram Bot API server", "`https://api.telegram.org`"),
    )
    telegram_webhook_url: str | None = field(
        default=None, metadata=_about(values.web, "where Telegram delivers updates", "none: long polling")
    )
    telegram_webhook_secret: str | None = field(
        default=None, repr=False, metadata=_about(values.text, "what Telegram's webhook calls must carry")
    )
    slack_bot_token: str | None = field(
        default=None, repr=False, metadata=_about(values.text, "the Slack app's bot token (`xoxb-...`)")
    )
    slack_signing_secret: str | None = field(
        default=None, repr=False, metadata=_about(values.text, "proves that a call comes from Slack")
    )
    slack_app_token: str | None = field(
        default=None,
        repr=False,
        metadata=_about(values.text, "the Slack app's own token (`xapp-...`); set: Socket Mode"),
    )
    slack_api_url: str = field(
        default="https://slack.com/api/",
        metadata=_about(values.web, "another Slack API server", "`https://slack.com/api/`"),
    )
    smtp_url: str | None = field(
        default=None,
        repr=False,
        metadata=_about(
            values.smtp,
            "the server for outgoing mail: `smtp://user:pass@host:port`, `smtps://...`, `smtp+starttls://...`",
            "none: `.eml` files into `LSSC_MAIL_DIR`",
        ),
    )
    mail_dir: Path = field(
        default=Path("mail"),
        metadata=_about(Path, "where outgoing mail is written as `.eml` files", "`mail` in the working folder"),
    )
    imap_url: str | None = field(
        default=None,
        repr=False,
        metadata=_about(
            values.imap,
            "the mailbox that is read: `imaps://user:pass@host:port/INBOX`, `imap+starttls://...` or `imap://...`",
        ),
    )
    lmtp_listen: tuple[str, int] | None = field(
        default=None, metadata=_about(values.listen, "`host:port`: receive mail directly from the mail server")
    )
    mail_authserv_id: str | None = field(
        default=None, metadata=_about(values.text, "the only server whose `Authentication-Results` are believed")
    )
    mail_from: str | None = field(
        default=None, metadata=_about(values.mail_address, "the sender of all mail", "none: `lssc@localhost`")
    )
    mail_reply_domain: str | None = field(
        default=None,
        metadata=_about(
            values.domain, "the domain of reply addresses `local+TOKEN@domain`", "none: that of `LSSC_MAIL_FROM`"
        ),
    )
    desk: values.Place | None = field(
        default=None,
        metadata=_about(values.place, "where desk items go: `slack:C...`, `telegram:...` or `email:...`"),
    )
    staff: tuple[values.Place, ...] = field(
        default=(),
        metadata=_about(values.places, "addresses of the first staff members, separated by commas"),
    )
    office_timezone: ZoneInfo = field(
        default=ZoneInfo("America/Chicago"),
        metadata=_about(values.zone, "the time zone of the office", "`America/Chicago`"),
    )
    link_check: bool = field(
        default=True, metadata=_about(values.switch, "`on` or `off`: whether evidence links are checked", "`on`")
    )
    http_listen: tuple[str, int] = field(
        default=("127.0.0.1", 8080),
        metadata=_about(values.listen, "`host:port` of webhooks, pages, `/healthz` and `/metrics`", "`127.0.0.1:8080`"),
    )
    public_url: str | None = field(default=None, metadata=_about(values.web, "where people reach the pages; for links"))
    secret_key: str | None = field(
        default=None,
        repr=False,
        metadata=_about(
            values.text, "signs links and reply tokens; at least 32 random characters", "none: kept in `lssc.db-key`"
        ),
    )
    policy: Path | None = field(default=None, metadata=_about(Path, "another policy file", "the built-in file"))
    competencies: Path = field(
        default=Path("competencies.csv"),
        metadata=_about(
            Path,
            "the official wording of the competencies, written by `lssc import competencies`",
            "`competencies.csv` in the working folder",
        ),
    )
    model_dir: Path | None = field(
        default=None,
        metadata=_about(Path, "another folder with an ONNX sentence encoder and its vocabulary", "the pinned wheel"),
    )
    cache_dir: Path = field(
        default=Path(".cache/lssc"),
        metadata=_about(
            Path,
            "where the encoded knowledge base and the history of the terminal are kept",
            "`$XDG_CACHE_HOME/lssc`, else `~/.cache/lssc`, else `.cache` beside the program",
        ),
    )
    now: datetime | None = field(
        default=None,
        metadata=_about(values.instant, "a fixed time for demonstrations and tests, `2026-11-22T09:00-06:00`"),
    )


def calm_numpy() -> None:
    """To be called before numpy is imported.

    Its threads wait by spinning: on a busy machine fitting took three times as long with two of them as with one.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def read(environ: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings of this process: the environment's, then those of `lssc.toml` in the folder, then the defaults.

    Raises SettingsError for an unknown name or a wrong value. An empty variable counts as not set.
    """
    environ = os.environ if environ is None else environ
    given = {**_from_file((folder or Path()) / FILE), **_from_environment(environ)}
    chosen = {name: _value(_known()[name], text, label) for name, (text, label) in given.items()}
    return Settings(**{"cache_dir": _cache(environ), **chosen})


def user_name() -> str:
    """The operating system's name of the person at the keyboard."""
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):
        return os.environ.get("USERNAME") or os.environ.get("USER") or "someone"


def _known() -> dict[str, Field[Any]]:
    return {each.name: each for each in fields(Settings)}


def _from_environment(environ: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    found = {}
    for name in sorted(environ):
        if name.startswith(PREFIX):
            key = _checked(name.removeprefix(PREFIX), name, str.upper, "variable")
            if environ[name].strip():
                found[key] = (environ[name].strip(), name)
    return found


def _from_file(path: Path) -> dict[str, tuple[str, str]]:
    try:
        document = tomllib.loads(path.read_bytes().decode())
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from None
    except OSError as error:
        raise SettingsError(f"{path} cannot be read: {error.strerror}") from None
    found = {}
    for name, value in document.items():
        key = _checked(name.upper().removeprefix(PREFIX), f"{name} in {path}", str.lower, "setting")
        found[key] = (_as_text(value, f"{name} in {path}"), f"{name} in {path}")
    return found


def _checked(name: str, label: str, spelled: Callable[[str], str], what: str) -> str:
    if (key := name.lower()) in _known() and name == name.upper():
        return key
    near = get_close_matches(key, _known(), n=1, cutoff=0.5)
    prefix = PREFIX if spelled is str.upper else ""
    hint = f" - did you mean {prefix}{spelled(near[0])}?" if near else "; docs/operating.md lists them all."
    raise SettingsError(f"There is no {what} {label}{hint}")


def _as_text(value: object, label: str) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, str | int):
        return str(value)
    raise SettingsError(f"{label} must be a text in quotation marks.")


def _value(known: Field[Any], text: str, label: str) -> Any:
    try:
        return known.metadata["reader"](text)
    except values.Unfit as error:
        shown = "" if not known.repr else f", not {text!r}"
        raise SettingsError(f"{label} must be {error}{shown}.") from None


def _cache(environ: Mapping[str, str]) -> Path:
    home = environ.get("XDG_CACHE_HOME") or (f"{environ['HOME']}/.cache" if environ.get("HOME") else "")
    beside = Path(__file__).resolve().parents[1] / ".cache"
    return Path(home) / "lssc" if home and _writable(Path(home) / "lssc") else beside


def _writable(folder: Path) -> bool:
    existing = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    return existing.is_dir() and os.access(existing, os.W_OK | os.X_OK)
