"""The candidate's record: sets at work, links as evidence, and the competencies they are for."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
UNCHECKED = sa.text("checked_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "chosen_set",
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_chosen_set_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("candidacy_id", "set_id", name="pk_chosen_set"),
    )
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("content", "said", "state")),
        sa.Column("added_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("check_state", "check_reason")),
        sa.Column("checked_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_evidence_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("candidacy_id", "number", name="uq_evidence_candidacy_id_number"),
    )
    op.create_index("ix_evidence_candidacy_id", "evidence", ["candidacy_id"])
    op.create_index("ix_evidence_unchecked", "evidence", ["id"], sqlite_where=UNCHECKED, postgresql_where=UNCHECKED)
    op.create_table(
        "placement",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_placement_evidence_id_evidence"),
        sa.PrimaryKeyConstraint("evidence_id", "set_id", "number", name="pk_placement"),
    )


def downgrade() -> None:
    """Evidence is lost."""
    for name in ("placement", "evidence", "chosen_set"):
        op.drop_table(name)
