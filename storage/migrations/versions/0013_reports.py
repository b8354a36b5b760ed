"""For which weeks the office got its report."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report_sent",
        sa.Column("monday", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("monday", name="pk_report_sent"),
    )


def downgrade() -> None:
    """It is forgotten which reports were sent; the newest may be sent again."""
    op.drop_table("report_sent")
