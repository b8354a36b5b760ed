"""What people tell of themselves and how they want to be written to, and what is held back until then."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXTS = ("library", "position", "state", "quiet", "new_mail")


def upgrade() -> None:
    op.create_table(
        "profile",
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in TEXTS),
        sa.Column("prefers", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_profile_person_id_person"),
        sa.ForeignKeyConstraint(["prefers"], ["address.id"], name="fk_profile_prefers_address"),
        sa.PrimaryKeyConstraint("person_id", name="pk_profile"),
    )
    op.create_table(
        "held_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("body", "matter")),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_held_letter_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_held_letter"),
    )
    op.create_index("ix_held_letter_person_id", "held_letter", ["person_id"])
    op.create_index("ix_held_letter_due", "held_letter", ["due"])


def downgrade() -> None:
    """What was held back is lost, and so is what people told of themselves."""
    op.drop_table("held_letter")
    op.drop_table("profile")
