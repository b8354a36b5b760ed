"""Notices and their templates."""

from collections.abc import Iterator
from importlib.resources import files

import notifications.report  # noqa: F401 - notices of its own
from notifications.notices import Notice


def notices(of: type[Notice] = Notice) -> Iterator[type[Notice]]:
    for each in of.__subclasses__():
        yield each
        yield from notices(each)


def test_every_template_has_its_notice_and_what_has_none_is_but_the_base_of_others() -> None:
    templates = {each.name for each in files("notifications").joinpath("templates").iterdir()}
    by_template = {each.template(): each for each in notices()}
    assert {each for each in templates if each.endswith(".txt")} - by_template.keys() == set()
    assert all(by_template[each].__subclasses__() for each in by_template.keys() - templates)
