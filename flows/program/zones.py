"""What people write about their time zone, read as names of the IANA database; more than one where it may be several.

The database (zoneinfo) knows who has daylight saving: most of Arizona, Hawaii and the territories have none.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from flows.dialog.kinds import tidy
from flows.dialog.numbers import read_number
from flows.dialog.unclear import Unclear
from flows.program.states import OUTSIDE, find_state

EASTERN, CENTRAL, MOUNTAIN, PACIFIC = "America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"
ARIZONA, ALASKA, HAWAII = "America/Phoenix", "America/Anchorage", "Pacific/Honolulu"
PUERTO_RICO, GUAM, SAMOA = "America/Puerto_Rico", "Pacific/Guam", "Pacific/Pago_Pago"
# Those of the United States that an offset may mean, the most people first.
COMMON = (EASTERN, CENTRAL, MOUNTAIN, PACIFIC, ARIZONA, PUERTO_RICO, HAWAII, ALASKA, GUAM, SAMOA)

TITLES: Mapping[str, str] = {
    EASTERN: "Eastern time (New York)", CENTRAL: "Central time (Chicago)", MOUNTAIN: "Mountain time (Denver)",
    PACIFIC: "Pacific time (Los Angeles)", ARIZONA: "Mountain time without daylight saving (Phoenix)",
    ALASKA: "Alaska time (Anchorage)", HAWAII: "Hawaii time (Honolulu)", "America/Adak": "Aleutian time (Adak)",
    PUERTO_RICO: "Atlantic time without daylight saving (Puerto Rico)", GUAM: "Chamorro time (Guam)",
    SAMOA: "Samoa time (Pago Pago)", "Pacific/Saipan": "Chamorro time (Saipan)",
    "America/St_Thomas": "Atlantic time without daylight saving (St Thomas)",
    "America/Indiana/Indianapolis": "Eastern time (Indianapolis)", "America/Detroit": "Eastern time (Detroit)",
    "America/Menominee": "Central time (Menominee)", "America/Boise": "Mountain time (Boise)", "Etc/UTC": "UTC",
}  # fmt: skip

NAMES: Mapping[str, tuple[str, ...]] = {
    "eastern": (EASTERN,), "et": (EASTERN,), "est": (EASTERN,), "edt": (EASTERN,),
    "central": (CENTRAL,), "ct": (CENTRAL, EASTERN), "cst": (CENTRAL,), "cdt": (CENTRAL,),
    "mountain": (MOUNTAIN,), "mt": (MOUNTAIN,), "mst": (MOUNTAIN, ARIZONA), "mdt": (MOUNTAIN,),
    "pacific": (PACIFIC,), "pt": (PACIFIC,), "pst": (PACIFIC,), "pdt": (PACIFIC,),
    "alaska": (ALASKA,), "akst": (ALASKA,), "akdt": (ALASKA,), "hawaiian": (HAWAII,), "hst": (HAWAII,),
    "aleutian": ("America/Adak",), "atlantic": (PUERTO_RICO, "America/Halifax"),
    "ast": (PUERTO_RICO, "America/Halifax"), "adt": ("America/Halifax",), "chamorro": (GUAM,), "chst": (GUAM,),
    "samoa": (SAMOA,), "sst": (SAMOA,),
    "navajo nation": (MOUNTAIN,), "washington": (PACIFIC, EASTERN), "la": (PACIFIC, CENTRAL), "utc": ("Etc/UTC",),
    "gmt": ("Europe/London", "Etc/UTC"), "bst": ("Europe/London",),
    "wet": ("Europe/Lisbon",), "cet": ("Europe/Berlin",), "cest": ("Europe/Berlin",),
    "central european": ("Europe/Berlin",),
    "eet": ("Europe/Athens",), "ist": ("Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"), "jst": ("Asia/Tokyo",),
    "kst": ("Asia/Seoul",), "aest": ("Australia/Sydney", "Australia/Brisbane"), "nzst": ("Pacific/Auckland",),
    "eat": ("Africa/Nairobi",), "wat": ("Africa/Lagos",), "sast": ("Africa/Johannesburg",),
}  # fmt: skip

COUNTRIES: Mapping[str, tuple[str, ...]] = {
    "canada": ("America/Toronto", "America/Vancouver", "America/Edmonton", "America/Winnipeg", "America/Halifax",
               "America/St_Johns", "America/Regina"),
    "ontario": ("America/Toronto",), "quebec": ("America/Toronto",), "british columbia": ("America/Vancouver",),
    "alberta": ("America/Edmonton",), "manitoba": ("America/Winnipeg",), "saskatchewan": ("America/Regina",),
    "nova scotia": ("America/Halifax",), "newfoundland": ("America/St_Johns",),
    "mexico": ("America/Mexico_City", "America/Tijuana", "America/Cancun", "America/Hermosillo"),
    "bermuda": ("Atlantic/Bermuda",), "bahamas": ("America/Nassau",), "trinidad": ("America/Port_of_Spain",),
    "brazil": ("America/Sao_Paulo", "America/Manaus"), "uk": ("Europe/London",), "united kingdom": ("Europe/London",),
    "england": ("Europe/London",), "scotland": ("Europe/London",), "wales": ("Europe/London",),
    "great britain": ("Europe/London",), "ireland": ("Europe/Dublin",), "germany": ("Europe/Berlin",),
    "france": ("Europe/Paris",), "spain": ("Europe/Madrid",), "italy": ("Europe/Rome",), "poland": ("Europe/Warsaw",),
    "netherlands": ("Europe/Amsterdam",), "belgium": ("Europe/Brussels",), "switzerland": ("Europe/Zurich",),
    "austria": ("Europe/Vienna",), "sweden": ("Europe/Stockholm",), "norway": ("Europe/Oslo",),
    "denmark": ("Europe/Copenhagen",), "finland": ("Europe/Helsinki",), "greece": ("Europe/Athens",),
    "turkey": ("Europe/Istanbul",), "israel": ("Asia/Jerusalem",), "egypt": ("Africa/Cairo",),
    "nigeria": ("Africa/Lagos",), "ghana": ("Africa/Accra",), "kenya": ("Africa/Nairobi",),
    "south africa": ("Africa/Johannesburg",), "ethiopia": ("Africa/Addis_Ababa",), "india": ("Asia/Kolkata",),
    "pakistan": ("Asia/Karachi",), "bangladesh": ("Asia/Dhaka",), "nepal": ("Asia/Kathmandu",),
    "philippines": ("Asia/Manila",), "china": ("Asia/Shanghai",), "taiwan": ("Asia/Taipei",), "japan": ("Asia/Tokyo",),
    "korea": ("Asia/Seoul",), "south korea": ("Asia/Seoul",), "thailand": ("Asia/Bangkok",),
    "vietnam": ("Asia/Ho_Chi_Minh",), "indonesia": ("Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"),
    "australia": ("Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin",
                  "Australia/Perth"),
    "new zealand": ("Pacific/Auckland",),
}  # fmt: skip

# Cities of the United States by zone. One that stands under several zones is asked back, unless its state is told.
CITIES: Mapping[str, str] = {
    EASTERN: "nyc, new york city, brooklyn, bronx, queens, manhattan, staten island, long island, buffalo, rochester,"
    " syracuse, albany, ithaca, boston, cambridge, worcester, springfield, lowell, philadelphia, philly, pittsburgh,"
    " allentown, erie, scranton, harrisburg, lancaster, baltimore, annapolis, washington dc, richmond, norfolk,"
    " virginia beach, arlington, alexandria, charlottesville, roanoke, atlanta, augusta, savannah, athens, macon,"
    " miami, orlando, tampa, jacksonville, tallahassee, fort lauderdale, st petersburg, gainesville, key west,"
    " sarasota, charlotte, raleigh, durham, greensboro, winston salem, asheville, wilmington, chapel hill,"
    " charleston, columbia, greenville, myrtle beach, cleveland, cincinnati, columbus, toledo, dayton, akron,"
    " youngstown, lexington, knoxville, chattanooga, newark, jersey city, trenton, princeton, camden, hartford,"
    " new haven, bridgeport, stamford, providence, newport, portland, bangor, burlington, montpelier, manchester,"
    " concord, nashua, dover, morgantown",
    CENTRAL: "chicago, naperville, springfield, peoria, rockford, champaign, urbana, bloomington, aurora, milwaukee,"
    " madison, green bay, minneapolis, st paul, saint paul, twin cities, duluth, rochester, des moines, cedar rapids,"
    " iowa city, davenport, st louis, saint louis, kansas city, columbia, jefferson city, wichita, topeka, lawrence,"
    " omaha, lincoln, dallas, fort worth, houston, austin, san antonio, arlington, lubbock, waco, galveston, laredo,"
    " corpus christi, amarillo, new orleans, baton rouge, shreveport, lafayette, jackson, biloxi, birmingham,"
    " montgomery, mobile, huntsville, tuscaloosa, memphis, nashville, little rock, fayetteville, oklahoma city,"
    " tulsa, norman, fargo, bismarck, sioux falls, pensacola, panama city, evansville, gary, bowling green, paducah",
    MOUNTAIN: "denver, boulder, colorado springs, fort collins, aurora, pueblo, grand junction, salt lake city, provo,"
    " ogden, logan, albuquerque, santa fe, las cruces, el paso, cheyenne, laramie, casper, jackson, billings, bozeman,"
    " missoula, helena, butte, rapid city",
    PACIFIC: "los angeles, la, hollywood, long beach, pasadena, glendale, anaheim, irvine, santa barbara, san diego,"
    " riverside, san bernardino, bakersfield, fresno, sacramento, san francisco, sf, oakland, berkeley, san jose,"
    " palo alto, santa cruz, bay area, portland, salem, eugene, springfield, bend, seattle, tacoma, spokane, olympia,"
    " bellevue, vancouver, las vegas, reno, carson city, henderson, coeur d'alene",
    ARIZONA: "tucson, mesa, tempe, scottsdale, glendale, chandler, gilbert, flagstaff, yuma, peoria, sedona, prescott",
    "America/Detroit": "ann arbor, lansing, grand rapids, kalamazoo, flint, dearborn, marquette, jackson",
    "America/Indiana/Indianapolis": "bloomington, fort wayne, south bend, muncie, lafayette, west lafayette",
    "America/Boise": "idaho falls, pocatello, twin falls, nampa",
    ALASKA: "juneau, fairbanks, sitka, ketchikan",
    HAWAII: "hilo, kona, maui, oahu, kauai, waikiki",
    PUERTO_RICO: "san juan, ponce",
}
AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
UNEVEN: Mapping[int, tuple[str, ...]] = {  # offsets in minutes that are no whole hours
    -210: ("America/St_Johns",), 210: ("Asia/Tehran",), 270: ("Asia/Kabul",), 330: ("Asia/Kolkata",),
    345: ("Asia/Kathmandu",), 390: ("Asia/Yangon",), 570: ("Australia/Darwin", "Australia/Adelaide"),
    -570: ("Pacific/Marquesas",), 765: ("Pacific/Chatham",),
}  # fmt: skip

AROUND = re.compile(
    r"^(?:i am|i'm|im|i live|i work|we are|we're|it is|it's|its|now|in|on|at|near|the|my time zone is) "
    r"|(?<!\bthe)(?<!\bin)[ ,]+(?:usa|u\.s\.a?\.?|us|united states)$|(?: please| now)$"
    r"|(?: (?:standard|daylight|daylight saving|daylight savings|local))? time(?: ?zone)?$"
)
OFFSET = re.compile(r"(?:utc|gmt|z)? ?([+−–-]) ?(\d{1,2})(?::?([0-5]\d))?")
RELATIVE = re.compile(
    r"(?:(?P<many>\d{1,2}|an?|[a-z]+) hours? (?P<way>behind|before|earlier than|ahead of|after|later than)"
    r"|(?P<same>(?:the )?same(?: time)? as)) (?P<where>.+)"
)
UNKNOWN = (
    "I do not know that place or time zone. Please name a large city near you, your state, or a time zone, such as"
    " “Chicago”, “Arizona” or “Eastern”."
)
SEVERAL = "The United States have several time zones. Please name your state or a large city near you."


def read(words: str, year: int) -> tuple[str, ...]:
    """The zones (IANA) that the words may mean, the likeliest first; `year` is the one whose offsets count.

    Raises Unclear for words that name none.
    """
    said = _bare(words)
    if said in ("us", "usa", "america", "the us", "united states"):
        raise Unclear(SEVERAL)
    found = _relative(said, year) or _offset(said, year) or _place(said)
    if not found:
        raise Unclear(UNKNOWN)
    return found


@cache
def clock(zone: str) -> ZoneInfo:
    """A zone by its name, kept: zoneinfo itself keeps the last eight, and reads every other one anew."""
    return ZoneInfo(zone)


def in_words(zone: str) -> str:
    """A zone as people call it: `Central time (Chicago)`, `UTC-6 all year`, `London time`."""
    if zone in TITLES:
        return TITLES[zone]
    if zone.startswith(("Etc/GMT+", "Etc/GMT-")):
        return f"UTC{'-' if zone[7] == '+' else '+'}{zone[8:]} all year"
    return f"{zone.rpartition('/')[2].replace('_', ' ')} time"


def _bare(words: str) -> str:
    said, before = tidy(words[:200]).lower().replace("’", "'").rstrip(".!?"), ""
    while said != before:
        said, before = AROUND.sub("", said).strip(" ,"), said
    return said


def _place(said: str) -> tuple[str, ...]:
    if said in NAMES:
        return NAMES[said]
    if (named := _named().get(said.replace(" ", "_"))) is not None:
        return (named,)
    state = find_state(said)
    if state is not None and state != OUTSIDE:
        return state.zones
    return COUNTRIES.get(said, ()) or _city_in_state(said) or _cities().get(_plain(said), ())


def _city_in_state(said: str) -> tuple[str, ...]:
    """`Springfield, IL`, `el paso texas`: the zone of the city among those of its state."""
    words = said.replace(",", " ").split()
    for number in range(1, len(words)):
        state = find_state(" ".join(words[number:]))
        if state is not None and state != OUTSIDE:
            city = _cities().get(_plain(" ".join(words[:number])), ())
            return tuple(each for each in state.zones if each in city) or state.zones
    return ()


def _offset(said: str, year: int) -> tuple[str, ...]:
    match = OFFSET.fullmatch(said)
    if match is None:
        return ()
    minutes = (int(match[2]) * 60 + int(match[3] or 0)) * (1 if match[1] == "+" else -1)
    return _with_offsets(minutes, minutes, year, or_fixed=True)


def _relative(said: str, year: int) -> tuple[str, ...]:
    """`6 hours behind London`, `the same as Chicago`."""
    match = RELATIVE.fullmatch(said)
    if match is None:
        return ()
    anchor = read(match["where"], year)
    if match["same"]:
        return anchor
    hours = 1 if match["many"] in ("a", "an") else read_number(match["many"])
    if hours is None:
        return ()
    minutes = int(hours * 60) * (1 if match["way"] in ("ahead of", "after", "later than") else -1)
    winter, summer = (each + minutes for each in _offsets(anchor[0], year))
    return _with_offsets(winter, summer, year, or_fixed=False)


def _with_offsets(winter: int, summer: int, year: int, *, or_fixed: bool) -> tuple[str, ...]:
    """The zones that are so many minutes from UTC, in winter or in summer, and the one that is so all year."""
    in_winter = [each for each in COMMON if _offsets(each, year)[0] == winter]
    in_summer = [each for each in COMMON if _offsets(each, year)[1] == summer and each not in in_winter]
    fixed = list(_fixed(winter)) if or_fixed or not in_winter else []
    return tuple(dict.fromkeys([*in_winter, *(in_summer if or_fixed else []), *fixed]))


def _fixed(minutes: int) -> tuple[str, ...]:
    if minutes % 60:
        return UNEVEN.get(minutes, ())
    hours = minutes // 60
    if hours == 0:
        return ("Etc/UTC",)
    return (f"Etc/GMT{-hours:+d}",) if -12 <= hours <= 14 else ()


@cache
def _offsets(zone: str, year: int) -> tuple[int, int]:
    """Minutes from UTC in January and in July."""
    january, july = (datetime(year, month, 15, tzinfo=UTC).astimezone(ZoneInfo(zone)) for month in (1, 7))
    return _minutes(january), _minutes(july)


def _minutes(local: datetime) -> int:
    return (local.utcoffset() or timedelta()) // timedelta(minutes=1)


@cache
def _named() -> Mapping[str, str]:
    """The zones by their whole names in lower case."""
    return {each.lower(): each for each in sorted(available_timezones()) if each.partition("/")[0] in (*AREAS, "Etc")}


@cache
def _cities() -> Mapping[str, tuple[str, ...]]:
    """The zones by city, each under one name: older names of a zone come behind in the alphabet."""
    found: dict[str, tuple[str, ...]] = {}
    for zone in _named().values():
        city = _plain(zone.rpartition("/")[2].lower().replace("_", " "))
        if zone.partition("/")[0] in AREAS and city not in found:
            found[city] = (zone,)
    for zone, cities in CITIES.items():
        for city in map(_plain, cities.split(",")):
            found[city] = tuple(dict.fromkeys((*found.get(city, ()), zone)))
    return found


def _plain(city: str) -> str:
    return " ".join(city.replace(".", "").replace("-", " ").split())
