"""Free additions to a record, wishes for more, and links by which a record is shared."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _of_a_candidacy(
        "addition",
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("added_at", INSTANT, nullable=False),
    )
    _of_a_candidacy(
        "record_request",
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
    )
    _of_a_candidacy(
        "share",
        *(sa.Column(name, sa.String(), nullable=False) for name in ("token_hash", "reader", "parts")),
        *(sa.Column(name, INSTANT, nullable=False) for name in ("made_at", "ends_at")),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.UniqueConstraint("token_hash", name="uq_share_token_hash"),
    )
    op.create_table(
        "share_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("share_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["share_id"], ["share.id"], name="fk_share_view_share_id_share"),
        sa.PrimaryKeyConstraint("id", name="pk_share_view"),
    )
    op.create_index("ix_share_view_share_id", "share_view", ["share_id"])


def _of_a_candidacy(table: str, *columns: sa.Column[Any] | sa.UniqueConstraint) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name=f"fk_{table}_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("id", name=f"pk_{table}"),
        sa.UniqueConstraint("candidacy_id", "number", name=f"uq_{table}_candidacy_id_number"),
    )


def downgrade() -> None:
    """Additions, wishes and shared links are lost."""
    for table in ("share_view", "share", "record_request", "addition"):
        op.drop_table(table)
