"""Certificates, and how many were numbered in each year."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("number", "code", "name", "sets")),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("since", "until", "awarded_on")),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("shows", "state", "reason")),
        sa.Column("issued_at", INSTANT, nullable=False),
        sa.Column("changed_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_certificate_candidacy_id_candidacy"),
        sa.PrimaryKeyConstraint("id", name="pk_certificate"),
        sa.UniqueConstraint("candidacy_id", name="uq_certificate_candidacy_id"),
        sa.UniqueConstraint("number", name="uq_certificate_number"),
        sa.UniqueConstraint("code", name="uq_certificate_code"),
    )
    op.create_table(
        "certificate_count",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_certificate_count"),
    )


def downgrade() -> None:
    """Certificates are lost."""
    op.drop_table("certificate_count")
    op.drop_table("certificate")
