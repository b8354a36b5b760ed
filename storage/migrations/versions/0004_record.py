"""The candidate's record: sets at work, evidence and what it is for, submissions, and the office's guidelines."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
AT_HAND = "state IN ('submitted', 'in review')"
TO_CHECK = "kind = 'link' AND state != 'removed'"


def upgrade() -> None:
    op.create_table(
        "chosen_set",
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_chosen_set_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("candidacy_id", "set_id", name="pk_chosen_set"),
    )
    _evidence()
    op.create_table(
        "placement",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["evidence_id"], ["evidence.id"], name="fk_placement_evidence_id_evidence"),
        sa.PrimaryKeyConstraint("evidence_id", "set_id", "number", name="pk_placement"),
    )
    _submission()
    op.create_table(
        "guideline",
        sa.Column("id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("set_id", "version", "words")),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_guideline"),
    )
    op.create_index("ix_guideline_set_id", "guideline", ["set_id"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("kind", "content", "said", "learning", "state")),
        sa.Column("replaces", sa.Integer(), nullable=True),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.Column("check_state", sa.String(), nullable=False),
        sa.Column("check_reason", sa.String(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=True),
        sa.Column("found", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_evidence_candidacy_id_candidacy"),
        sa.ForeignKeyConstraint(["replaces"], ["evidence.id"], name="fk_evidence_replaces_evidence"),
        sa.PrimaryKeyConstraint("id", name="pk_evidence"),
        sa.UniqueConstraint("candidacy_id", "number", name="uq_evidence_candidacy_id_number"),
    )
    op.create_index("ix_evidence_candidacy_id", "evidence", ["candidacy_id"])
    to_check = sa.text(TO_CHECK)
    op.create_index(
        "ix_evidence_unchecked", "evidence", ["checked_at"], sqlite_where=to_check, postgresql_where=to_check
    )


def _submission() -> None:
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("frozen", "guideline", "warnings", "open")),
        sa.Column("feedback", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_submission_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("receipt", name="uq_submission_receipt"),
    )
    op.create_index("ix_submission_candidacy_id", "submission", ["candidacy_id"])
    op.create_index(
        "uq_submission_at_hand",
        "submission",
        ["candidacy_id", "set_id"],
        unique=True,
        sqlite_where=sa.text(AT_HAND),
        postgresql_where=sa.text(AT_HAND),
    )


def downgrade() -> None:
    """Evidence and submissions are lost."""
    for name in ("guideline", "submission", "placement", "evidence", "chosen_set"):
        op.drop_table(name)
