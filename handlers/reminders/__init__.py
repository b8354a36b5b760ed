"""Reminders: what is due is planned for everybody at once, and released to one person at a time."""
