"""The ledger of reminders, and what their planning goes by."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = ("rule", "matter", "anchor", "step", "person_id")
INSTANT = sa.DateTime(timezone=True)
ACTIVE, FROZEN = "state = 'active'", "state = 'frozen'"
OF_CANDIDACIES = (
    ("ix_candidacy_deadline", ("zone", "deadline", "id", "person_id"), ACTIVE),
    ("ix_candidacy_next_due", ("zone", "next_due", "id", "person_id"), ACTIVE),
    ("ix_candidacy_touched_on", ("zone", "touched_on", "id", "person_id"), ACTIVE),
    ("ix_candidacy_frozen", ("zone", "deadline"), FROZEN),
    ("ix_candidacy_unsettled", ("id",), "zone = '' AND state IN ('active', 'frozen')"),
)


Columns = dict[str, tuple[sa.types.TypeEngine[Any], str | None]]  # by name: the type, and a default where one is needed

ADDED: dict[str, Columns] = {
    "candidacy": {"zone": (sa.String(), ""), "next_due": (sa.Date(), None), "touched_on": (sa.Date(), None)},
    "profile": {"snoozed_until": (sa.Date(), None), "fewer": (sa.Boolean(), "0")},
    "review_reader": {"late": (sa.Boolean(), "0")},
}
COUNTED = ("address", "review_reader")  # how often somebody was reminded is in the ledger now


def upgrade() -> None:
    for table in COUNTED:
        with op.batch_alter_table(table) as changed:
            changed.drop_column("reminded")
    for table, columns in ADDED.items():
        _add_columns(table, columns)
    for name, columns_of, where in OF_CANDIDACIES:
        _index(name, "candidacy", columns_of, where)
    _ledger()


def _add_columns(table: str, columns: Columns) -> None:
    """With a default for the rows that are there, which is then dropped: the program always gives a value."""
    with op.batch_alter_table(table) as changed:
        for name, (kind, default) in columns.items():
            changed.add_column(sa.Column(name, kind, nullable=default is None, server_default=default))
    with op.batch_alter_table(table) as changed:
        for name, (kind, default) in columns.items():
            if default is not None:
                changed.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def _ledger() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("matter", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("planned_at", INSTANT, nullable=False),
        sa.Column("look_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_reminder_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint(
            "rule", "matter", "anchor", "step", "person_id", name="uq_reminder_rule_matter_anchor_step_person_id"
        ),
    )
    _index("ix_reminder_planned", "reminder", ("look_at", "person_id"), "state = 'planned'")
    _index("ix_reminder_waiting", "reminder", ("person_id",), "state = 'planned'")
    op.create_index("ix_reminder_person_id", "reminder", ["person_id", "ended_at"])
    op.create_table(
        "planned",
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("rule", name="pk_planned"),
    )


def _index(name: str, table: str, columns: tuple[str, ...], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, table, list(columns), sqlite_where=only, postgresql_where=only)


def downgrade() -> None:
    """What was sent is forgotten: reminders would come anew."""
    op.drop_table("planned")
    op.drop_table("reminder")
    for name, _columns, _where in OF_CANDIDACIES:
        op.drop_index(name, "candidacy")
    for table, columns in ADDED.items():
        with op.batch_alter_table(table) as changed:
            for name in columns:
                changed.drop_column(name)
    for table in COUNTED:
        _add_columns(table, {"reminded": (sa.Integer(), "0")})
