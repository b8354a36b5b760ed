"""Webinars with who signed up for them, and the dates that people have in their calendars."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "webinar",
        _number("id"),
        *(_text(name) for name in ("code", "kind", "title")),
        sa.Column("starts", INSTANT, nullable=False),
        _text("zone"),
        _number("minutes"),
        _number("seats"),
        *(_text(name) for name in ("link", "note", "state", "reason", "undo")),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_webinar"),
        sa.UniqueConstraint("code", name="uq_webinar_code"),
    )
    op.create_index("ix_webinar_starts", "webinar", ["starts"])
    op.create_table(
        "webinar_seat",
        *(_number(name) for name in ("id", "webinar_id", "person_id")),
        _text("state"),
        sa.Column("since", INSTANT, nullable=False),
        _refers("webinar_seat", "webinar_id", "webinar"),
        _refers("webinar_seat", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_webinar_seat"),
        sa.UniqueConstraint("webinar_id", "person_id", name="uq_webinar_seat_webinar_id_person_id"),
    )
    op.create_index("ix_webinar_seat_person_id", "webinar_seat", ["person_id"])
    op.create_table(
        "calendar_event",
        _number("person_id"),
        _text("uid"),
        _number("sequence"),
        _text("said"),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        _refers("calendar_event", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", "uid", name="pk_calendar_event"),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=f"fk_{table}_{column}_{to}")


def downgrade() -> None:
    """Webinars and who signed up are lost."""
    for name in ("calendar_event", "webinar_seat", "webinar"):
        op.drop_table(name)
