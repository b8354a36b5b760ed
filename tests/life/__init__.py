"""Years of a program in minutes: people of every kind talk and fall silent, and the clock brings them their reminders."""
