"""How many connections the database server still has for us; only PostgreSQL counts them."""

from sqlalchemy import text

from storage.database import Work

NEEDED = 9  # by one process under load: those that its pool keeps, and one that listens
COUNT = text(
    "SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'), "
    "current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int"
)


def used(work: Work) -> tuple[int, int] | None:
    """How many are in use, and how many there may be; None on SQLite."""
    if work.connection.dialect.name != "postgresql":
        return None
    now, allowed = work.connection.execute(COUNT).one()
    return now, allowed
