"""Evaluators, reviews of submissions with their readers and ratings, and the committee's ballots."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _evaluators()
    _reviews()
    _ballots()


def _evaluators() -> None:
    op.create_table(
        "evaluator",
        _number("person_id"),
        *(_text(name) for name in ("state", "workplace", "experience", "resume")),
        sa.Column("yearly_limit", sa.Integer(), nullable=True),
        sa.Column("applied_at", INSTANT, nullable=False),
        sa.Column("practiced_on", sa.Date(), nullable=True),
        _text("practice"),
        *(
            sa.Column(name, sa.Date(), nullable=True)
            for name in ("trained_on", "paused_until", "willing_on", "willing_asked_on")
        ),
        _number("willing_reminded"),
        _refers("evaluator", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", name="pk_evaluator"),
    )
    op.create_table(
        "evaluator_set",
        _number("person_id"),
        _text("set_id"),
        _refers("evaluator_set", "person_id", "person"),
        sa.PrimaryKeyConstraint("person_id", "set_id", name="pk_evaluator_set"),
    )
    op.create_table(
        "conflict",
        _number("id"),
        _number("person_id"),
        sa.Column("candidate_id", sa.Integer(), nullable=True),
        _text("workplace"),
        _text("why"),
        sa.Column("at", INSTANT, nullable=False),
        _refers("conflict", "person_id", "person"),
        _refers("conflict", "candidate_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
    )
    op.create_index("ix_conflict_person_id", "conflict", ["person_id"])
    op.create_index("ix_conflict_candidate_id", "conflict", ["candidate_id"])


def _reviews() -> None:
    op.create_table(
        "review",
        _number("id"),
        _number("submission_id"),
        *(_text(name) for name in ("reference", "state", "outcome")),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        _text("draft"),
        sa.Column("draft_due", sa.Date(), nullable=True),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        _refers("review", "submission_id", "submission"),
        sa.PrimaryKeyConstraint("id", name="pk_review"),
        sa.UniqueConstraint("reference", name="uq_review_reference"),
    )
    op.create_table(
        "review_reader",
        *(_number(name) for name in ("id", "review_id", "person_id")),
        _text("seat"),
        sa.Column("third", sa.Boolean(), nullable=False),
        *(_text(name) for name in ("word", "comment", "why")),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("answer_by", INSTANT, nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("extended", sa.Boolean(), nullable=False),
        _number("reminded"),
        *(sa.Column(name, INSTANT, nullable=True) for name in ("answered_at", "assessed_at", "ended_at")),
        _refers("review_reader", "review_id", "review"),
        _refers("review_reader", "person_id", "person"),
        sa.PrimaryKeyConstraint("id", name="pk_review_reader"),
        sa.UniqueConstraint("review_id", "person_id", name="uq_review_reader_review_id_person_id"),
    )
    held = sa.text("seat IN ('asked', 'reading')")
    op.create_index("ix_review_reader_open", "review_reader", ["person_id"], sqlite_where=held, postgresql_where=held)
    op.create_index("ix_review_reader_person_id", "review_reader", ["person_id"])
    op.create_table(
        "review_rating",
        _number("reader_id"),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        _text("rating"),
        _text("comment"),
        _refers("review_rating", "reader_id", "review_reader"),
        sa.PrimaryKeyConstraint("reader_id", "number", name="pk_review_rating"),
    )
    op.create_index("ix_review_submission_id", "review", ["submission_id"])


def _ballots() -> None:
    op.create_table(
        "ballot",
        _number("id"),
        _text("kind"),
        _number("subject_id"),
        _text("state"),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("reminded_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_ballot"),
    )
    waits = sa.text("state = 'open'")
    op.create_index(
        "uq_ballot_open", "ballot", ["kind", "subject_id"], unique=True, sqlite_where=waits, postgresql_where=waits
    )
    op.create_table(
        "ballot_vote",
        _number("ballot_id"),
        _number("person_id"),
        sa.Column("says", sa.Boolean(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        _refers("ballot_vote", "ballot_id", "ballot"),
        _refers("ballot_vote", "person_id", "person"),
        sa.PrimaryKeyConstraint("ballot_id", "person_id", name="pk_ballot_vote"),
    )


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=False)


def _refers(table: str, name: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([name], [f"{to}.id"], name=f"fk_{table}_{name}_{to}")


def downgrade() -> None:
    """Evaluators, reviews and ballots are lost."""
    for table in (
        "ballot_vote", "ballot", "review_rating", "review_reader", "review", "conflict", "evaluator_set", "evaluator",
    ):  # fmt: skip
        op.drop_table(table)
