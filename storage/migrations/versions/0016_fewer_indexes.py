"""What is planned for a person is found by what has not ended: one index of the ledger less to write."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_reminder_waiting", "reminder")


def downgrade() -> None:
    only = sa.text("state = 'planned'")
    op.create_index("ix_reminder_waiting", "reminder", ["person_id"], sqlite_where=only, postgresql_where=only)
