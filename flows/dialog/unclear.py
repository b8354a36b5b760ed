"""What the dialog raises: one error for a person's words, one for our own mistakes.

Exception
├── Unclear      the words do not answer the question; the message is a hint for the person
└── ScriptError  the script broke a rule of the stage; a programmer's mistake, never a person's
"""


class Unclear(ValueError):
    """The words do not answer the question; the message is a hint for the person."""


class ScriptError(Exception):
    """The script broke a rule of the stage; a programmer's mistake, never a person's."""
