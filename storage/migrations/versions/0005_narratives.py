"""Narratives in pieces with their versions, and sets handed in for review."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "narrative",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("number", "piece", "version")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("words", "learning", "proof", "course", "state")),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_narrative_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("id", name="pk_narrative"),
        sa.UniqueConstraint(
            "candidacy_id",
            "set_id",
            "number",
            "piece",
            "version",
            name="uq_narrative_candidacy_id_set_id_number_piece_version",
        ),
    )
    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("receipt", "state", "contents", "passed", "open_numbers", "feedback")
        ),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("submitted_at", INSTANT, nullable=True),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_submission_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("id", name="pk_submission"),
        sa.UniqueConstraint("candidacy_id", "set_id", "round", name="uq_submission_candidacy_id_set_id_round"),
        sa.UniqueConstraint("receipt", name="uq_submission_receipt"),
    )


def downgrade() -> None:
    """Narratives and submissions are lost."""
    op.drop_table("submission")
    op.drop_table("narrative")
