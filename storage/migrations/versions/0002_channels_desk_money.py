"""People across channels, the desk, roles, money, candidacies, and what several processes share."""

from typing import Any, TypeAlias

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# New columns of old tables, with the value that old rows get.
Columns: TypeAlias = dict[str, tuple[sa.types.TypeEngine[Any], str | None]]
ADDED: dict[str, Columns] = {
    "address": {"reminded": (sa.Integer(), "0")},
    "application": {
        "membership": (sa.String(), ""),
        "accepted_on": (sa.Date(), None),
        "settled_on": (sa.Date(), None),
        "answers": (sa.String(), ""),
        "reason": (sa.String(), ""),
    },
    "conversation": {"address_id": (sa.Integer(), None)},
    "desk_item": {
        "settled_by": (sa.String(), ""),
        "action": (sa.String(), ""),
        "assigned_to": (sa.Integer(), None),
        "snoozed_until": (sa.DateTime(timezone=True), None),
        "due": (sa.DateTime(timezone=True), None),
        "reminded": (sa.Integer(), "0"),
    },
    "outbox": {"matter": (sa.String(), ""), "part": (sa.Integer(), "0"), "sent_as": (sa.String(), "")},
    "person": {"handed_off": (sa.Integer(), None), "merged_into": (sa.Integer(), None)},
    "unanswered": {"item_id": (sa.Integer(), None)},
}
REFERENCES = (
    ("conversation", "address_id", "address"),
    ("desk_item", "assigned_to", "person"),
    ("unanswered", "item_id", "desk_item"),
)
# SQLite changes a table by making it anew, and must be told what it cannot find out about the old one.
MADE_ANEW = {"outbox": {"sqlite_autoincrement": True}}

DROPPED = (
    "complete_set",
    "published_answer",
    "payment",
    "link_try",
    "link_code",
    "desk_note",
    "candidacy",
    "award_use",
    "role",
    "pace",
    "lease",
    "failing",
    "award",
)


def upgrade() -> None:
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_award"),
    )
    op.create_table(
        "failing",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", "message_id", name="pk_failing"),
    )
    op.create_table(
        "lease",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
    op.create_table(
        "pace",
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("scope", name="pk_pace"),
    )
    op.create_table(
        "role",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("chair", sa.Boolean(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_role_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "role", name="pk_role"),
    )
    op.create_table(
        "award_use",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="fk_award_use_application_id_application"),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name="fk_award_use_award_id_award"),
        sa.PrimaryKeyConstraint("application_id", name="pk_award_use"),
    )
    op.create_index("ix_award_use_award_id", "award_use", ["award_id"])
    op.create_table(
        "candidacy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("admitted_on", sa.Date(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="fk_candidacy_application_id_application"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_candidacy_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_candidacy"),
    )
    op.create_index("ix_candidacy_person_id", "candidacy", ["person_id"])
    op.create_table(
        "desk_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["desk_item.id"], name="fk_desk_note_item_id_desk_item"),
        sa.PrimaryKeyConstraint("id", name="pk_desk_note"),
    )
    op.create_index("ix_desk_note_item_id", "desk_note", ["item_id"])
    op.create_table(
        "link_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_link_code_address_id_address"),
        sa.PrimaryKeyConstraint("id", name="pk_link_code"),
    )
    op.create_index("ix_link_code_address_id", "link_code", ["address_id"])
    op.create_index("ix_link_code_code_hash", "link_code", ["code_hash"])
    op.create_table(
        "link_try",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["address_id"], ["address.id"], name="fk_link_try_address_id_address"),
        sa.PrimaryKeyConstraint("id", name="pk_link_try"),
    )
    op.create_index("ix_link_try_at", "link_try", ["at"])
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["application_id"], ["application.id"], name="fk_payment_application_id_application"),
        sa.PrimaryKeyConstraint("id", name="pk_payment"),
    )
    op.create_index("ix_payment_application_id", "payment", ["application_id"])
    op.create_table(
        "published_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("phrasings", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["desk_item.id"], name="fk_published_answer_item_id_desk_item"),
        sa.PrimaryKeyConstraint("id", name="pk_published_answer"),
    )
    op.create_index("ix_published_answer_changed_at", "published_answer", ["changed_at"])
    op.create_table(
        "complete_set",
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("completed_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_complete_set_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("candidacy_id", "set_id", name="pk_complete_set"),
    )
    for table, columns in ADDED.items():
        _add_columns(table, columns)
    for table, column, other in REFERENCES:
        with op.batch_alter_table(table) as changed:
            changed.create_foreign_key(f"fk_{table}_{column}_{other}", other, [column], ["id"])
    with op.batch_alter_table("address") as changed:
        changed.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
    op.create_index("ix_unanswered_item_id", "unanswered", ["item_id"])
    _create_partial_index("ix_outbox_matter", "outbox", ["matter"], "matter != ''")
    _create_partial_index("ix_outbox_sent_as", "outbox", ["address_id", "sent_as"], "sent_as != ''")


def _add_columns(table: str, columns: Columns) -> None:
    """With a default for the rows that are there, which is then dropped: the program always gives a value."""
    with op.batch_alter_table(table, table_kwargs=MADE_ANEW.get(table, {})) as changed:
        for name, (kind, default) in columns.items():
            changed.add_column(sa.Column(name, kind, nullable=default is None, server_default=default))
    with op.batch_alter_table(table, table_kwargs=MADE_ANEW.get(table, {})) as changed:
        for name, (kind, default) in columns.items():
            if default is not None:
                changed.alter_column(name, existing_type=kind, existing_nullable=False, server_default=None)


def _create_partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def downgrade() -> None:
    """Places without a person are lost, with what waited for them."""
    op.execute("DELETE FROM outbox WHERE address_id IN (SELECT id FROM address WHERE person_id IS NULL)")
    op.execute("DELETE FROM address WHERE person_id IS NULL")
    op.drop_index("ix_outbox_sent_as", "outbox")
    op.drop_index("ix_outbox_matter", "outbox")
    op.drop_index("ix_unanswered_item_id", "unanswered")
    with op.batch_alter_table("address") as changed:
        changed.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
    for table, column, other in REFERENCES:
        with op.batch_alter_table(table) as changed:
            changed.drop_constraint(f"fk_{table}_{column}_{other}", type_="foreignkey")
    for table, columns in ADDED.items():
        with op.batch_alter_table(table, table_kwargs=MADE_ANEW.get(table, {})) as changed:
            for name in columns:
                changed.drop_column(name)
    for table in DROPPED:
        op.drop_table(table)
