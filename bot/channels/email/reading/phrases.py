"""Lists of words and phrases, written as running text, and whether one of them is said."""


def words(text: str) -> tuple[str, ...]:
    """The words between spaces."""
    return tuple(text.split())


def phrases(text: str) -> tuple[str, ...]:
    """The phrases between bars and line ends; "_" at an end of one stands for a space."""
    found = (phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|"))
    return tuple(_spaced(phrase) for phrase in found if phrase)


def said(text: str, among: tuple[str, ...]) -> bool:
    """Whether the text (lower case, single spaces) holds one of the phrases."""
    return any(phrase in text for phrase in among)


def _spaced(phrase: str) -> str:
    return (" " if phrase[0] == "_" else "") + phrase.strip("_") + (" " if phrase[-1] == "_" else "")
