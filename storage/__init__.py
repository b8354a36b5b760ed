"""Everything that is remembered: tables, transactions and all SQL."""
