"""The states of the United States with the District of Columbia and the territories, their names and time zones."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """A state: postal code, name, other names, and its IANA time zones, that of most of its people first."""

    code: str
    name: str
    zones: tuple[str, ...]
    aliases: tuple[str, ...] = ()

    @property
    def zone(self) -> str | None:
        """The state's time zone where it has a single one; None where it is split, and outside the US."""
        return self.zones[0] if len(self.zones) == 1 else None


_EASTERN = "America/New_York"
_CENTRAL = "America/Chicago"
_MOUNTAIN = "America/Denver"
_PACIFIC = "America/Los_Angeles"

STATES: tuple[State, ...] = (
    State("AL", "Alabama", (_CENTRAL,), ("Ala",)),
    State("AK", "Alaska", ("America/Anchorage", "America/Adak")),
    State("AZ", "Arizona", ("America/Phoenix", _MOUNTAIN), ("Ariz",)),
    State("AR", "Arkansas", (_CENTRAL,), ("Ark",)),
    State("CA", "California", (_PACIFIC,), ("Calif", "Cali")),
    State("CO", "Colorado", (_MOUNTAIN,), ("Colo",)),
    State("CT", "Connecticut", (_EASTERN,), ("Conn",)),
    State("DE", "Delaware", (_EASTERN,), ("Del",)),
    State("DC", "District of Columbia", (_EASTERN,), ("Washington DC", "Washington, D.C.")),
    State("FL", "Florida", (_EASTERN, _CENTRAL), ("Fla",)),
    State("GA", "Georgia", (_EASTERN,)),
    State("HI", "Hawaii", ("Pacific/Honolulu",), ("Hawai'i",)),
    State("ID", "Idaho", ("America/Boise", _PACIFIC)),
    State("IL", "Illinois", (_CENTRAL,), ("Ill",)),
    State("IN", "Indiana", ("America/Indiana/Indianapolis", _CENTRAL), ("Ind",)),
    State("IA", "Iowa", (_CENTRAL,)),
    State("KS", "Kansas", (_CENTRAL, _MOUNTAIN), ("Kans", "Kan")),
    State("KY", "Kentucky", (_EASTERN, _CENTRAL)),
    State("LA", "Louisiana", (_CENTRAL,)),
    State("ME", "Maine", (_EASTERN,)),
    State("MD", "Maryland", (_EASTERN,)),
    State("MA", "Massachusetts", (_EASTERN,), ("Mass",)),
    State("MI", "Michigan", ("America/Detroit", "America/Menominee"), ("Mich",)),
    State("MN", "Minnesota", (_CENTRAL,), ("Minn",)),
    State("MS", "Mississippi", (_CENTRAL,), ("Miss",)),
    State("MO", "Missouri", (_CENTRAL,)),
    State("MT", "Montana", (_MOUNTAIN,), ("Mont",)),
    State("NE", "Nebraska", (_CENTRAL, _MOUNTAIN), ("Neb", "Nebr")),
    State("NV", "Nevada", (_PACIFIC, _MOUNTAIN), ("Nev",)),
    State("NH", "New Hampshire", (_EASTERN,)),
    State("NJ", "New Jersey", (_EASTERN,), ("Jersey",)),
    State("NM", "New Mexico", (_MOUNTAIN,), ("N Mex",)),
    State("NY", "New York", (_EASTERN,), ("New York State",)),
    State("NC", "North Carolina", (_EASTERN,), ("N Carolina",)),
    State("ND", "North Dakota", (_CENTRAL, _MOUNTAIN), ("N Dakota", "N Dak")),
    State("OH", "Ohio", (_EASTERN,)),
    State("OK", "Oklahoma", (_CENTRAL,), ("Okla",)),
    State("OR", "Oregon", (_PACIFIC, "America/Boise"), ("Ore", "Oreg")),
    State("PA", "Pennsylvania", (_EASTERN,), ("Penn", "Penna")),
    State("RI", "Rhode Island", (_EASTERN,)),
    State("SC", "South Carolina", (_EASTERN,), ("S Carolina",)),
    State("SD", "South Dakota", (_CENTRAL, _MOUNTAIN), ("S Dakota", "S Dak")),
    State("TN", "Tennessee", (_CENTRAL, _EASTERN), ("Tenn",)),
    State("TX", "Texas", (_CENTRAL, _MOUNTAIN), ("Tex",)),
    State("UT", "Utah", (_MOUNTAIN,)),
    State("VT", "Vermont", (_EASTERN,)),
    State("VA", "Virginia", (_EASTERN,)),
    State("WA", "Washington", (_PACIFIC,), ("Washington State", "Wash")),
    State("WV", "West Virginia", (_EASTERN,), ("W Virginia", "W Va")),
    State("WI", "Wisconsin", (_CENTRAL,), ("Wis", "Wisc")),
    State("WY", "Wyoming", (_MOUNTAIN,), ("Wyo",)),
    State("AS", "American Samoa", ("Pacific/Pago_Pago",)),
    State("GU", "Guam", ("Pacific/Guam",)),
    State("MP", "Northern Mariana Islands", ("Pacific/Saipan",), ("CNMI", "Saipan")),
    State("PR", "Puerto Rico", ("America/Puerto_Rico",)),
    State("VI", "US Virgin Islands", ("America/St_Thomas",), ("Virgin Islands", "USVI")),
)

OUTSIDE = State("XX", "Outside the US", (), ("Outside the United States", "Outside US", "Abroad", "International"))
"""Where somebody lives who lives in no state: welcome too, with a time zone to be asked for."""


def find_state(words: str) -> State | None:
    """The state (or `OUTSIDE`) with this code, name or other name, whatever its capitals and full stops."""
    plain = _plain(words)
    return _BY_NAME.get(plain) or _BY_NAME.get(_AROUND.sub("", plain).strip())


def state(code: str) -> State:
    """The state (or `OUTSIDE`) with this code; KeyError when there is none."""
    return _BY_CODE[code]


# What people write around the name of a state.
_AROUND = re.compile(r"^(?:i live in|i work in|i am in|im in|in|its|it is) | (?:usa|us|united states|please|state)$")


def _plain(words: str) -> str:
    text = " ".join(re.sub(r"[-,]", " ", re.sub(r"[.'\u2019]", "", words.casefold())).split())
    return text.removeprefix("the ").removeprefix("state of ")


_EVERYWHERE = (*STATES, OUTSIDE)
_BY_CODE = {state.code: state for state in _EVERYWHERE}
_BY_NAME = {_plain(name): state for state in _EVERYWHERE for name in (*state.aliases, state.name, state.code)}
