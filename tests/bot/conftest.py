"""A folder with the command, and houses on a database of their own, without a network."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app import App, build
from bot.clock import Clock
from bot.knowing import Knowing
from bot.settings import Settings
from tests.bot.edge import NOON, Lssc


@pytest.fixture
def lssc(tmp_path: Path) -> Lssc:
    return Lssc(tmp_path)


@pytest.fixture(scope="session")
def prepared_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database with all tables; copying it is quicker than migrating."""
    path = tmp_path_factory.mktemp("database") / "lssc.db"
    app = build(Settings(database_url=f"sqlite:///{path}"), channels={})
    asyncio.run(app.close())
    return path


@pytest.fixture
def lssc_with_tables(lssc: Lssc, prepared_database: Path) -> Lssc:
    """The command beside a database that is up to date; others let it make its own."""
    shutil.copyfile(prepared_database, lssc.folder / "lssc.db")
    return lssc


@pytest.fixture
def settings(tmp_path: Path, prepared_database: Path) -> Settings:
    path = tmp_path / "lssc.db"
    path.write_bytes(prepared_database.read_bytes())
    return Settings(database_url=f"sqlite:///{path}", mail_dir=tmp_path / "mail", cache_dir=tmp_path / "cache")


@pytest.fixture
def house(settings: Settings) -> Callable[..., App]:
    """Builds houses on one database, as several starts of the program would; `knowledge` stands in for the real one."""

    def assemble(knowledge: Any = None, now: datetime = NOON, clock: Clock | None = None, **channels: Any) -> App:
        app = build(settings, channels=channels, clock=clock or (lambda: now))
        if knowledge is None:
            return app
        knowing = Knowing(lambda: knowledge)
        return replace(app, knowing=knowing, house=replace(app.house, entry=knowing.entry))

    return assemble
