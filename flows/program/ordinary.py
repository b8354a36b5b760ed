"""Names that are also ordinary words, names that very many people have, and the words libraries are called by."""

_WORDS = """
abbey ace amber angel april archer ash august autumn baker ball banks barber bark barker bass bay bean bear beck bell
bill birch bird bishop black blank bliss bloom blue bond book booker books bow box boy branch bridge bridges bright
brook brooks brown buck bud bull burns bush butcher butler butter buzz candy cane cannon carol carpenter carter case
cash castle chance chandler chase chip christian church clay cliff close coach cobb cole collier cook cooper cotton
court cox crane creek cross crow dale dash daisy dawn day dean deer dick dish dixie dolly dove drake draper drew duke
earl early east eden ed english faith farmer farr fast fern field fields finch fish fisher flora flower floyd fold
ford forest foster fountain fowler fox frank free freed french friend frost fuller gale garland gardener garden gene
gentle gill ginger glen glass glover gold golden good grace grant grave graves gray green grey grove guy hale hall
hand hardy harp harper hart hawk hay hays hazel head heath heather heaven hill holly holland home hood hook hope house
hunt hunter ice in iris iron ivy jack jade jasmine jay jean jewel joy joyce judge june junior justice key king kitty
knight lake lamb lance land lane lark law laurel lawn leach leaf lee lily lodge long lord love lucky mace major mark
marks marsh martin mason mat may mays maze mead melody mercy merit merry mike mill miller mills miss mole monk moon
moore moss mount mountain nail neat new nick noble north norm nurse oak olive opal page paige paint palm park parker
parks parson pat patience pause peace peach pearl peck penny pepper perry peter piper plant plum pole pool poole pope
porter post potter pound power price pride prince prior queen quick rain ranger ray read reader reed reeve reeves rich
river rivers rob robin rock rod roe roman rose rosemary rowe royal ruby rush rusty sage sailor sales sandy savage
sawyer say scout seal sexton shade sharp shaw shepherd shore short silver singer skip sky slaughter small snow song
south spear speed spring stack star steel steele stern stone storm story street strong sue summer summers sunny swan
sweet swift tab tailor taylor temple tiffany thatcher thorn tiger timber todd tom trace tree trip tucker turner tyler
vale van vance victor victory viola violet walker wall walls ward warden ware warner waters way weaver webb weeks
wells west wheeler white wild wilder will willow wills winter winters wise wit wolf wood woods word worth wren wright
yard young
"""

_COMMON = """
adams alexander ali allen alvarez anderson andrews bailey barnes bennett brooks bryant butler campbell carnegie
castillo chavez chen clark coleman collins cruz davis diaz edwards ellis evans fernandez flores garcia gibson gomez
gonzales gonzalez graham griffin gupta gutierrez hamilton harris harrison henderson henry hernandez howard hughes
jackson james jenkins jimenez johnson jones jordan kelly kennedy khan kim kumar lewis li lin liu lopez martinez
mcdonald mendoza mitchell morales morgan morris murphy murray myers nelson nguyen ortiz owens patel patterson perez
peterson phillips ramirez ramos reyes reynolds richardson rivera roberts robertson robinson rodriguez rogers romero
ross ruiz russell sanchez sanders scott shah simmons simpson singh smith stevens stewart sullivan thomas thompson
torres tran vasquez wallace wang washington watson williams wilson wong wu yang zhang
"""

_LIBRARIES = """
a academic and at branch bureau center central centre city college community company consolidated consortium
cooperative corporation council county department district division for free friends high inc information in institute
law library libraries llc main media medical memorial museum national new of office on parish public regional research
resource resources school schools service services society special state support system systems technical the town
township university village
"""

WORDS, COMMON, LIBRARIES = (frozenset(each.split()) for each in (_WORDS, _COMMON, _LIBRARIES))
