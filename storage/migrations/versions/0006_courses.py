"""Approved courses, who wants to hear of new ones and of which they heard, and the forms that providers sign."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "course",
        sa.Column("id", sa.Integer(), nullable=False),
        *(
            sa.Column(name, sa.String(), nullable=False)
            for name in ("code", "provider", "title", "set_id", "form", "state")
        ),
        sa.Column("price_cents", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *(sa.Column(name, sa.String(), nullable=False) for name in ("link", "email")),
        sa.Column("added_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_course"),
        sa.UniqueConstraint("code", name="uq_course_code"),
    )
    op.create_table(
        "course_wish",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.String(), nullable=False),
        sa.Column("since", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_course_wish_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "set_id", name="pk_course_wish"),
    )
    op.create_table(
        "course_news",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_course_news_course_id_course"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_course_news_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "course_id", name="pk_course_news"),
    )
    op.create_table(
        "completion_form",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("candidacy_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["candidacy_id"], ["candidacy.id"], name="fk_completion_form_candidacy_id_candidacy"),
        sa.ForeignKeyConstraint(["course_id"], ["course.id"], name="fk_completion_form_course_id_course"),
        sa.PrimaryKeyConstraint("id", name="pk_completion_form"),
        sa.UniqueConstraint("candidacy_id", "course_id", name="uq_completion_form_candidacy_id_course_id"),
        sa.UniqueConstraint("code", name="uq_completion_form_code"),
    )


def downgrade() -> None:
    """The catalogue of courses and the codes of forms are lost."""
    for table in ("completion_form", "course_news", "course_wish", "course"):
        op.drop_table(table)
