"""Names of people and places that are ordinary words too, and words that most libraries have in their names."""

_NAMES = """
abbey abbot ace alder amber apple april archer art ash autumn baker banks bar barber bard barker barn barns bay
beach bean bell berry best bill birch bird bishop black blanche blaze bliss bloom blossom blue bond book booker
bookman booth bow bowman branch brand bread bridge bridges bright brook brooks brown buck bull burn burns bush
butcher butler camp candy cannon card carnegie carol carpenter carter cash castle chain chamber chambers chance
chandler chapel chapman charity chase christian church clay clerk cliff close clover coal cole cook cooper corn
court crane cross crow crystal cunning daisy dale dawn day days dean dear deed dove drake drew drummer duke dusty
dyer earl early earnest east easter eden ember eve fair faith falls farmer fern field fields finch fine fish fisher
fit fletcher flint flood flower flowers ford forest forester foster fountain fox frank free french friday friend
frost fry gale garden gardener gates gay gem gene german ginger glass glen glover gold golden good grace grant
graves gray green grey grove guy hall ham hand hands harbor hardy harmony harper hart haven hawk hay hazel head
heath heather hill hills holiday holly honey hood hook hope house howe hunt hunter iris iron isle ivory ivy jack
jade jasmine jay jewel jordan joy judge july june justice key keys king kirk kitchen knight lady lake lamb lance
land lane large lark law lawn leaf lee legend lily lion little lock long lord love low lucky mace marina mark marks
marsh marshal marshall mary mason master may mayor mead meadow melody mercy merry miles mill miller mills mines
minor moody moon moore moss mount nightingale noble north nurse oak oaks olive opal page pages palm pansy paris park
parker parks parsons patience patron pearl pebble penny perry phil pike pine piper pitt plum poe pole pond poole
pope poppy porter post potter power powers price priest prince prior prize prudence purple queen quick quill rain
rainbow raven ray read reader red reed reeve rice rich ridge ring river rivers robin rock rod rogue rose rosemary
rowan royal ruby rush rusty sage sailor saint sales salmon sands sandy savage sawyer scarlet school scott sea self
senior sergeant shade sharp shaw shepherd shields ship shore short silver singer skip sky slater smart smith snow
song speaker spear spears spring springer squire star steel stern still stone storm stout street strong sue summer
summers sun sunny swan sweet swift tailor tanner taylor teal temple terry thorn tiger todd tower towns trace trail
trainer tree trinity trout true tucker turner twist usher vale valley van victor victory view villa vine violet
virtue wade walker wall walls ward warden warner washer waters way weaver webb weeks welcome well wells west wheat
wheeler white wild will willow wills wind winner winter winters wise wish wolf wood woodman woods word words wright
young
"""
_IN_LIBRARY_NAMES = """
a academic academy an and archive archives area association at book books borough branch campus center central
centre city civic college combined community consolidated council county department digital district downtown east
elementary for free general government health heritage high historical house in information institute institution
international joint junior law learning librarian librarians libraries library local main medical memorial middle
mobile municipal museum national new north northern of office old on parish park public reading reference region
regional research resource room rural saint school schools science senior services society south southern special st
state street system the town township training united university valley village west western
"""
NAMES = frozenset(_NAMES.split())
IN_LIBRARY_NAMES = frozenset(_IN_LIBRARY_NAMES.split())
ORDINARY = NAMES | IN_LIBRARY_NAMES
