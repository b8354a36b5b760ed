"""One inbound message, one transaction: what the program does when something was said or decided."""
