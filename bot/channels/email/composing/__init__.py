"""Turns a message into a mail: words and HTML, headers, pictures and files."""
