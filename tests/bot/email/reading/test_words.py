"""Encoded words, parameters and addresses in a header's value."""

import pytest

from bot.channels.email.reading.words import Address, addresses, decoded, parameters


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Your portfolio", "Your portfolio"),
        ("=?utf-8?q?Caf=C3=A9_Reedmoor?=", "Café Reedmoor"),
        ("=?UTF-8?B?UsOpcG9uc2U=?=", "Réponse"),
        ("=?iso-8859-1?Q?Gr=FC=DFe?= from =?utf-8?q?N=C3=B8ra?=", "Grüße from Nøra"),
        ("=?utf-8?b?w7zDtg==?= =?utf-8?b?w6Q=?= x", "üöä x"),
        ("=?utf-8?b?w7zD?= =?utf-8?b?tg==?=", "üö"),  # split in mid letter
        ("=?utf-8?q?no_end", "=?utf-8?q?no_end"),
        ("=?utf-8?x?unknown?=", "=?utf-8?x?unknown?="),
        ("=?utf-8?b?w7zDtg?=", "üö"),  # padding lost
        ("=?utf-8*de?q?M=C3=A4rz?=", "März"),
        ("=?punycode?q?abc?=", "abc"),
        ("=?utf-8?q?two=0Alines=0D?=", "two lines"),
        ("what? =? yes ?=", "what? =? yes ?="),
    ],
)
def test_encoded_words_are_decoded_as_far_as_they_can_be_read(value: str, text: str) -> None:
    assert decoded(value) == text


@pytest.mark.parametrize(
    ("value", "first", "given"),
    [
        ('text/Plain; Charset="UTF-8"; format=flowed', "text/plain", {"charset": "UTF-8", "format": "flowed"}),
        ("attachment; filename*=utf-8''M%C3%A4rz.pdf", "attachment", {"filename": "März.pdf"}),
        ('attachment; filename*0="syllabus"; filename*1=".pdf"', "attachment", {"filename": "syllabus.pdf"}),
        ("attachment; filename*1*=%A4.pdf; filename*0*=utf-8''%C3", "attachment", {"filename": "ä.pdf"}),
        ('attachment; filename="=?utf-8?q?M=C3=A4rz.pdf?="', "attachment", {"filename": "März.pdf"}),
        ('multipart/mixed; boundary="a;b"', "multipart/mixed", {"boundary": "a;b"}),
        (r'x/y; name="a \"b\" c"', "x/y", {"name": 'a "b" c'}),
        ('x/y; name="never closed', "x/y", {"name": "never closed"}),
        ("x/y; name=two words.png", "x/y", {"name": "two words.png"}),
        ("x/y; name=one; name=two", "x/y", {"name": "one"}),
        ("", "", {}),
    ],
)
def test_parameters_are_read_as_programs_write_them(value: str, first: str, given: dict[str, str]) -> None:
    assert parameters(value) == (first, given)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("nora@reedmoor.example", [("", "nora@reedmoor.example")]),
        ("Nora Vale <nora@reedmoor.example>", [("Nora Vale", "nora@reedmoor.example")]),
        ('"Vale, Nora" <nora@Reedmoor.Example>, desk@reedmoor.example', [("Vale, Nora", "nora@reedmoor.example"), ("", "desk@reedmoor.example")]),
        ("nora@reedmoor.example (Nora Vale)", [("Nora Vale", "nora@reedmoor.example")]),
        ("Staff: a@reedmoor.example, b@reedmoor.example;", [("", "a@reedmoor.example"), ("", "b@reedmoor.example")]),
        ("=?utf-8?q?N=C3=B8ra?= <nora@reedmoor.example>", [("Nøra", "nora@reedmoor.example")]),
        ("undisclosed-recipients:;", []),
        ("<@hop.example,@hop2.example:nora@reedmoor.example>", [("", "nora@reedmoor.example")]),
        ("Nora <nora@reedmoor.example", [("Nora", "nora@reedmoor.example")]),
        ('"Nora <nora@reedmoor.example>', [("Nora", "nora@reedmoor.example")]),
        ("nora@reedmoor.example.", [("", "nora@reedmoor.example")]),
        ("nobody", []),
    ],
)  # fmt: skip
def test_addresses_are_found_in_what_programs_write(value: str, found: list[tuple[str, str]]) -> None:
    assert addresses(value) == tuple(Address(name, address) for name, address in found)


@pytest.mark.parametrize(
    "value",
    [
        '"director@reedmoor.example" <stranger@elsewhere.example>',
        "director@reedmoor.example <stranger@elsewhere.example>",
        "=?utf-8?q?=3Cdirector=40reedmoor.example=3E?= <stranger@elsewhere.example>",
        "<director@reedmoor.example> <stranger@elsewhere.example>",
        "(director@reedmoor.example) stranger@elsewhere.example",
        '"<director@reedmoor.example>" stranger@elsewhere.example',
        "(a (b) director@reedmoor.example) stranger@elsewhere.example",
    ],
)
def test_a_name_that_looks_like_an_address_is_not_taken_for_it(value: str) -> None:
    assert [one.address for one in addresses(value)] == ["stranger@elsewhere.example"]


def test_what_stands_around_the_at_sign_is_limited() -> None:
    assert addresses("a" * 65 + "@" + "b" * 300)[0].address == "a" * 64 + "@" + "b" * 255
