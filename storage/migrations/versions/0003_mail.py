"""Mail: bounces counted, reply addresses revoked, who is away or wants no more of a kind, and papers for the office."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = ("bounces", "revoked")


def upgrade() -> None:
    with op.batch_alter_table("address") as changed:
        for name in COUNTED:
            changed.add_column(sa.Column(name, sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("address") as changed:
        for name in COUNTED:
            changed.alter_column(name, existing_type=sa.Integer(), existing_nullable=False, server_default=None)
    with op.batch_alter_table("person") as changed:
        changed.add_column(sa.Column("away_until", sa.Date(), nullable=True))
    op.create_table(
        "unwanted",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_unwanted_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_unwanted"),
    )
    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_paper_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_paper"),
    )
    op.create_index("ix_paper_person_id", "paper", ["person_id"])


def downgrade() -> None:
    """The papers are lost."""
    op.drop_table("paper")
    op.drop_table("unwanted")
    with op.batch_alter_table("person") as changed:
        changed.drop_column("away_until")
    with op.batch_alter_table("address") as changed:
        for name in COUNTED:
            changed.drop_column(name)
