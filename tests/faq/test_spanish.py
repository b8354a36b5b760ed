"""Recognising Spanish."""

import pytest

from faq.spanish import is_spanish

SPANISH = (
    "¿Cuánto cuesta la certificación?",
    "hola",
    "Hola, buenos dias",
    "cuanto cuesta el programa",
    "necesito ayuda con mi solicitud por favor",
    "trabajo en una biblioteca desde hace tres años, puedo aplicar?",
    "como puedo empezar",
    "gracias",
    "quiero hablar con una persona",
    "donde puedo encontrar los requisitos",
    "hablo poco ingles, hay examen en español?",
)
ENGLISH = (
    "I work at the El Paso Public Library",
    "Los Angeles",
    "how much is it in San Juan de la Cruz branch?",
    "my name is Maria de los Santos",
    "La Jolla library",
    "is there a Spanish version?",
    "my son wants to know",
    "no",
    "a",
    "me",
    "do you speak español?",
    "como public library",
    "I volunteer at Biblioteca Las Americas in Texas",
    "Casa de la Cultura",
    "",
    "fee amount",
    "El Dorado County Library hours",
)


@pytest.mark.parametrize("text", SPANISH)
def test_a_spanish_message_is_recognised(text: str) -> None:
    assert is_spanish(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_stays_english_even_with_spanish_names(text: str) -> None:
    assert not is_spanish(text)
