"""Writes calendar files (RFC 5545): whole days, and instants in UTC, so that no rules of a time zone are needed."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Alarm, Calendar, Event

PRODUCT = "-//Library Support Staff Certification//LSSC Assistant//EN"


def ics(data: Mapping[str, Any]) -> bytes:
    """The file of a description of notifications/calendar.py."""
    calendar = Calendar()
    for name, value in (("prodid", PRODUCT), ("version", "2.0"), ("method", data["method"])):
        calendar.add(name, value)
    for each in data["events"]:
        calendar.add_component(_event(each, datetime.fromisoformat(data["now"]), data["method"]))
    written: bytes = calendar.to_ical()
    return written


def _event(told: Mapping[str, Any], now: datetime, method: str) -> Event:
    event = Event()
    for name, value in (("uid", told["uid"]), ("dtstamp", now), ("last-modified", now), ("summary", told["title"])):
        event.add(name, value)
    event.add("sequence", told["sequence"])
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    if told["day"]:
        day = date.fromisoformat(told["day"])
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    else:
        begins = datetime.fromisoformat(told["begins"])
        event.add("dtstart", begins)
        event.add("dtend", begins + timedelta(minutes=told["minutes"]))
    if told["note"]:
        event.add("description", told["note"])
    if told["link"]:
        event.add("location", told["link"])
        event.add("url", told["link"])
    if told["alarm"] and method != "CANCEL":
        event.add_component(_alarm(told))
    return event


def _alarm(told: Mapping[str, Any]) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", told["title"])
    alarm.add("trigger", timedelta(minutes=-told["alarm"]))
    return alarm
