"""Contact hours that holders log, and renewals of certificates."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "contact_hour",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "certificate_id", "number")),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("logged_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name="fk_contact_hour_certificate_id_certificate"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_contact_hour"),
        sa.UniqueConstraint("certificate_id", "number", name="uq_contact_hour_certificate_id_number"),
    )
    op.create_table(
        "renewal",
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("id", "certificate_id")),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("requested_at", INSTANT, nullable=False),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=True),
        *(sa.Column(name, sa.Date(), nullable=True) for name in ("since", "until")),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name="fk_renewal_certificate_id_certificate"),
        sa.PrimaryKeyConstraint("id", name="pk_renewal"),
    )
    op.create_index("ix_renewal_certificate_id", "renewal", ["certificate_id"])
    waits = sa.text("state = 'requested'")
    op.create_index(
        "uq_renewal_requested", "renewal", ["certificate_id"], unique=True, sqlite_where=waits, postgresql_where=waits
    )


def downgrade() -> None:
    """Contact hours and renewals are lost; a certificate that was renewed keeps its last day."""
    op.drop_table("renewal")
    op.drop_table("contact_hour")
