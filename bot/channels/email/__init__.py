"""Email: outgoing messages as mails, incoming mails as messages."""
