"""Names that people type for countries (ISO 3166-1), the states of the USA and provinces of Canada (ISO 3166-2), and
cities by nickname: lower case, no accents or punctuation."""

from __future__ import annotations

from collections.abc import Mapping


def _table(rows: str) -> dict[str, str]:
    """`CODE name/other name; …` → name → code."""
    table: dict[str, str] = {}
    for row in rows.split(";"):
        code, _, names = row.strip().partition(" ")
        table.update(dict.fromkeys(names.split("/"), code))
    return table


COUNTRIES: Mapping[str, str] = _table(
    "AE united arab emirates/uae/emirates; AR argentina; AT austria/osterreich; AU australia; BD bangladesh; BE "
    "belgium; BG bulgaria; BR brazil/brasil; CA canada; CH switzerland/schweiz/suisse; CL chile; CN china; CO "
    "colombia; CR costa rica; CY cyprus; CZ czechia/czech republic; DE germany/deutschland; DK denmark; EE estonia; "
    "EG egypt; ES spain/espana; FI finland; FR france; GB united kingdom/uk/great britain/england/scotland/wales; "
    "GE georgia; GH ghana; GR greece; HK hong kong; HR croatia; HU hungary; ID indonesia; IE ireland; IL israel; IN "
    "india; IS iceland; IT italy/italia; JP japan; KE kenya; KR south korea/korea; LT lithuania; LU luxembourg; LV "
    "latvia; MA morocco; MT malta; MX mexico; MY malaysia; NG nigeria; NL netherlands/the "
    "netherlands/holland/nederland; NO norway; NZ new zealand; PE peru; PH philippines; PK pakistan; PL "
    "poland/polska; PT portugal; RO romania; RS serbia; SA saudi arabia; SE sweden; SG singapore; SI slovenia; SK "
    "slovakia; TH thailand; TN tunisia; TR turkey/turkiye; TW taiwan; UA ukraine; US united states/usa/united "
    "states of america/america; UY uruguay; VN vietnam; ZA south africa"
)

STATES: Mapping[str, str] = _table(
    "AK alaska; AL alabama; AR arkansas; AZ arizona; CA california; CO colorado; CT connecticut; DC district of "
    "columbia; DE delaware; FL florida; GA georgia; HI hawaii; IA iowa; ID idaho; IL illinois; IN indiana; KS "
    "kansas; KY kentucky; LA louisiana; MA massachusetts; MD maryland; ME maine; MI michigan; MN minnesota; MO "
    "missouri; MS mississippi; MT montana; NC north carolina; ND north dakota; NE nebraska; NH new hampshire; NJ "
    "new jersey; NM new mexico; NV nevada; NY new york; OH ohio; OK oklahoma; OR oregon; PA pennsylvania; RI rhode "
    "island; SC south carolina; SD south dakota; TN tennessee; TX texas; UT utah; VA virginia; VT vermont; WA "
    "washington; WI wisconsin; WV west virginia; WY wyoming; AB alberta; BC british columbia; MB manitoba; NB new "
    "brunswick; NS nova scotia; ON ontario; QC quebec; SK saskatchewan"
)

_SAME_CITY = (
    "new york/nyc/new york city; san francisco/sf/san fran; los angeles/la/l a; washington/dc/d c/washington dc; "
    "philadelphia/philly; bengaluru/bangalore; mumbai/bombay; munich/munchen/muenchen; cologne/koln/koeln; "
    "vienna/wien; zurich/zuerich; geneva/geneve/genf; milan/milano; rome/roma; turin/torino; lisbon/lisboa; "
    "prague/praha; warsaw/warszawa; copenhagen/kobenhavn; gothenburg/goteborg; brussels/bruxelles/brussel; the "
    "hague/den haag; nuremberg/nurnberg; seville/sevilla; athens/athina; bucharest/bucuresti; krakow/cracow; tel "
    "aviv/tel aviv yafo; hanover/hannover"
)

CITIES: Mapping[str, tuple[str, ...]] = {
    name: tuple(family.strip().split("/")) for family in _SAME_CITY.split(";") for name in family.strip().split("/")
}
"""Each name of a city that has several → all of them."""
