"""What the sample shop sells: categories, products and services of an invented hiking outfitter.

All names are invented; the shop sells only what it makes itself.
"""

import re
from dataclasses import dataclass
from functools import cache

__all__ = [
    "BASE_URL",
    "SHOP",
    "Category",
    "Product",
    "Service",
    "categories",
    "products",
    "services",
    "slug",
]

BASE_URL = "https://www.harrowfell.example"
"""Address of the sample shop, on a domain reserved for examples (RFC 2606)."""

SHOP = "Harrowfell"
"""Name of the sample shop."""


@dataclass(frozen=True)
class Product:
    """One thing in the shop."""

    name: str
    """Model and type: "Skerry 2 backpacking tent"."""
    model: str
    """Short name: "Skerry 2"."""
    category: str
    """Slug of its category."""
    price: int
    """Pounds."""
    grams: int
    """Weight."""
    purpose: str
    """What it is for, as a noun phrase."""
    typical: bool
    """Whether what is said of its shelf in general is true of it; not so for accessories."""

    @property
    def plural(self) -> bool:
        """Whether its name takes a plural verb: boots do, a compass does not."""
        return self.name.endswith("s") and not self.name.endswith("ss")

    @property
    def slug(self) -> str:
        """Last part of its address."""
        return slug(self.name)


@dataclass(frozen=True)
class Category:
    """A shelf of the shop."""

    slug: str
    """Last part of its address."""
    one: str
    """Singular: "sleeping bag"."""
    many: str
    """Plural, as it stands in a sentence: "sleeping bags"."""
    near: tuple[str, ...]
    """Slugs of categories that people buy with it."""
    products: tuple[Product, ...]
    """Products in the order of the shelf."""

    @property
    def best_seller(self) -> Product:
        """The product that texts name most."""
        return next(product for product in self.products if product.model in _BEST_SELLERS)

    @property
    def title(self) -> str:
        """The plural as a heading."""
        return self.many[:1].upper() + self.many[1:]


@dataclass(frozen=True)
class Service:
    """Something the shop does for a customer."""

    slug: str
    """Last part of its address."""
    name: str
    """As it stands in a sentence: "boot fitting"."""
    heading: str
    """Heading of its page."""
    price: int
    """Pounds, from."""
    near: tuple[str, ...]
    """Slugs of categories it belongs to."""


def slug(text: str) -> str:
    """The text as the last part of an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower().replace("’", "")).strip("-")


# model | type | pounds | grams | purpose; a star marks what is not typical of its shelf
_SHELVES = {
    ("tents", "tent", "tents", "sleeping-mats sleeping-bags trekking-poles"): """
Skerry 1|solo backpacking tent|245|1180|one person and long distances
Skerry 2|backpacking tent|289|1690|two people on a week's walk
Larkrig 2|four-season tent|465|2480|winter nights above the snow line
Larkrig 3|expedition tent|595|3350|base camps in foul weather
Merlin Lite|trekking-pole tent|319|690|walkers who count every gram
Tarnside 3|weekend tent|229|2950|families who walk in to camp
Tarnside 4|family tent|329|6400|a base for four by the lake
Whin Solo|bivvy tent|159|980|nights out with an early start
*Cotter|tarp shelter|95|420|summer woods and quick lunches
Curlew 2|semi-geodesic tent|398|2150|exposed pitches in spring and autumn
Moorgrass 2|tunnel tent|275|2290|wet weekends with muddy dogs
*Plover|bothy shelter|48|380|group emergencies and windy lunches
Sandpiper 2|bikepacking tent|345|1560|pannier-sized camps
""",
    ("sleeping-bags", "sleeping bag", "sleeping bags", "sleeping-mats tents insulated-jackets"): """
Ember 200|summer down bag|165|540|June to August in the valleys
Ember 400|three-season down bag|245|860|spring to autumn at any height
Ember 700|winter down bag|365|1270|hard frosts and clear skies
Drift 5|synthetic sleeping bag|89|1150|damp trips and tight budgets
Drift 0|synthetic three-season bag|119|1480|autumn weekends on wet ground
Drift 10|synthetic winter bag|149|1950|winter huts and car camps
Snug Junior|children’s sleeping bag|69|920|first nights under canvas
Featherling|ultralight quilt|229|480|warm sleepers on long trails
*Featherling Wide|two-person quilt|319|840|couples who share
Nook|women’s three-season bag|239|910|shorter, colder sleepers
Holm|rectangular hut bag|75|1300|bunkhouses and camper vans
*Wisp|silk bag liner|55|130|a few extra degrees and clean hostel nights
Quilted Reach|long sleeping bag|255|980|walkers over six foot two
""",
    ("sleeping-mats", "sleeping mat", "sleeping mats", "sleeping-bags tents"): """
Cloudberry|inflatable sleeping mat|119|470|side sleepers on stony ground
Cloudberry Winter|insulated air mat|165|620|snow and frozen ground
Cloudberry Short|three-quarter air mat|95|310|fast summer trips
*Bracken|self-inflating mat|69|890|campers who want no fuss
*Bracken Deep|deep self-inflating mat|115|1680|car camps and bad backs
*Flint|folding foam mat|35|410|hut floors and muddy lunches
*Flint Sit|folding sit mat|12|60|five minutes on a wet wall
Lichen|women’s insulated mat|145|520|cold hips on cold ground
Fleece Moss|double sleeping mat|189|1150|two people and one duvet
*Peat|roll-up foam mat|22|340|bad ground that ruins other mats
Downholm|down-filled mat|215|690|expeditions in deep cold
*Bellow|pump sack|29|85|dry lungs at altitude
Heather|junior sleeping mat|49|390|small campers
""",
    ("rucksacks", "rucksack", "rucksacks", "waterproof-jackets trekking-poles walking-boots"): """
Drover 20|day rucksack|75|620|a flask, a shell and a map
Drover 28|hillwalking rucksack|95|890|full days in any month
Drover 38|winter rucksack|135|1180|axes, layers and a rope
Packhorse 45|weekend rucksack|155|1420|two nights out
Packhorse 55|trekking rucksack|185|1690|a week between shops
Packhorse 65|expedition rucksack|215|1980|winter loads and long absences
Waif 35|ultralight rucksack|165|680|small, light bundles
Waif 48|ultralight trekking rucksack|195|820|long trails at a quick step
Jenny Wren 45|women’s trekking rucksack|165|1450|narrower shoulders and shorter backs
*Scamp 12|children’s rucksack|39|340|a jumper and a bag of crisps
*Fellrunner 8|running vest|85|240|fast miles with a soft flask
*Tinker|roll-top duffel|89|790|vans, ferries and wet boots
Stowaway 18|packable rucksack|35|150|summit bids from camp
""",
    ("walking-boots", "walking boot", "walking boots", "base-layers trekking-poles rucksacks"): """
Scree Mid|leather walking boots|189|1240|rough paths in all seasons
Scree High|mountain boots|239|1620|scrambles and heavy loads
Scree Winter|winter mountain boots|295|1880|crampons and frozen turf
Becks Low|approach shoes|125|780|dry rock and long roads
Becks Mid|fabric walking boots|145|940|summer hills
Becks Junior|children’s walking boots|65|620|puddles and first summits
*Cobble|trail walking shoes|115|690|canal paths and gentle hills
Cobble W|women’s walking shoes|115|610|narrow heels
Gaiterhead|waterproof hiking boots|169|1080|bog, heather and wet grass
Lonning|wide-fit walking boots|175|1190|broad feet and bunions
Wainrigg|hand-welted boots|325|1710|walkers who resole twice
*Slatefoot|trail running shoes|119|560|fast feet on mixed ground
*Camp Clog|hut slippers|45|280|tired feet after dark
""",
    (
        "waterproof-jackets",
        "waterproof jacket",
        "waterproof jackets",
        "base-layers rucksacks insulated-jackets",
    ): """
Squall|three-layer waterproof jacket|265|440|winter hills
Squall W|women’s three-layer jacket|265|400|winter hills with a closer cut
Squall Pro|mountaineering shell|345|520|ice, rock and rope work
Smirr|lightweight waterproof jacket|145|260|summer showers
Smirr W|women’s lightweight waterproof|145|235|summer showers and travel
Mizzle|packable rain jacket|89|180|the bottom of every bag
*Downpour|waterproof overtrousers|95|310|horizontal rain
*Puddle|children’s waterproof suit|59|420|streams and small dams
*Oilskin Lane|waxed walking coat|195|1150|dog walks and village halls
Gust|windproof smock|75|140|dry, bright, blowy days
Hailstone|softshell jacket|125|560|cold days that stay dry
*Cloudbase|waterproof cape|69|390|rider, walker and rucksack together
*Brolly|waterproof overmitts|45|90|hands that hold a compass
""",
    (
        "insulated-jackets",
        "insulated jacket",
        "insulated jackets",
        "base-layers waterproof-jackets sleeping-bags",
    ): """
Eider|down jacket|185|380|cold belays and summit stops
Eider Hooded|hooded down jacket|205|420|winter camps
Eider W|women’s down jacket|185|350|winter evenings outdoors
Eider Expedition|expedition down jacket|375|810|nights below minus twenty
Wether|synthetic insulated jacket|139|430|damp cold and stop-start days
Wether W|women’s synthetic jacket|139|400|damp cold with a closer cut
Wether Vest|insulated gilet|89|240|warm bodies and free arms
*Cinder|grid fleece jacket|79|310|moving in the cold
*Tup|wool fleece jacket|119|520|pub to summit
*Smoor|insulated trousers|129|410|long, cold waits
*Hodd|down hood|55|70|cold ears in a quilt
Kindling|children’s insulated jacket|69|360|frosty school runs
*Ember Foot|down bootees|59|160|cold toes in a tent
""",
    ("base-layers", "base layer", "base layers", "insulated-jackets walking-boots"): """
Herdwick|merino base layer|65|190|four days without a wash
Herdwick W|women’s merino base layer|65|170|four days with a closer cut
*Herdwick Leg|merino leggings|65|180|cold legs under shells
Herdwick Zip|merino zip-neck|75|230|climbs that start cold
Swale|synthetic base layer|35|130|hot, fast days
Swale Long|long-sleeve synthetic top|42|160|sun and midges
Swale W|women’s synthetic base layer|35|115|hot, fast days with a closer cut
Lambskin|heavy merino top|89|310|deep winter
*Teasel|hiking socks|18|70|a whole day in boots
*Teasel Winter|winter hiking socks|22|95|snow and stiff soles
*Teasel Liner|liner socks|12|35|feet that blister
*Shepherd|merino gloves|29|60|cold mornings and map work
*Snood|merino neck tube|22|45|wind at the collar
""",
    ("camping-stoves", "camping stove", "camping stoves", "water-filters tents"): """
Kiln|gas camping stove|49|95|quick boils in summer
Kiln Remote|remote-canister stove|85|240|wide pans and cold mornings
Kiln System|integrated stove system|119|390|a brew in three minutes
Furnace|liquid-fuel stove|145|430|winter, altitude and far countries
*Tinder|alcohol stove|29|75|silence and simplicity
*Twig|wood-burning stove|55|220|woodland evenings
Gaffer|two-burner stove|109|3900|cooks with a car
*Billy 900|titanium pan|45|110|one walker and one meal
*Billy 1800|two-person pan set|59|320|pasta for two
*Griddle|folding frying pan|39|260|bacon
*Windbreak|folding windshield|15|120|half the gas
*Mess|camp cutlery set|14|60|three tools and a hole to hang them by
*Flue|insulated camp mug|19|130|coffee that stays hot
""",
    (
        "water-filters",
        "water filter",
        "water filters",
        "camping-stoves rucksacks",
    ): """
Beck|squeeze water filter|39|80|streams on the way
Beck Gravity|gravity water filter|89|310|camps of four
Beck Pump|pump water filter|95|340|puddles and low tarns
Beck Bottle|filter bottle|45|190|travel and taps of doubt
Spate|water purifier|159|390|countries with viruses in the water
*Force|hydration bladder|35|170|drinking on the move
*Dub|folding water carrier|18|90|one walk to the stream
*Dipper 750|steel water bottle|25|210|years of knocks
*Dipper 1000|wide-mouth water bottle|15|160|ice, porridge and soup
*Dipper Flask|vacuum flask|39|420|soup at the top
*Rill|soft flask|16|40|running vests
*Clough|water treatment tablets|9|20|the back-up in every first-aid kit
*Filter Sleeve|replacement filter cartridge|22|50|a season of clean water
""",
    ("head-torches", "head torch", "head torches", "maps-and-compasses rucksacks"): """
Glim|compact head torch|29|60|the lid of every rucksack
Glim Junior|children’s head torch|22|55|tents and toilets
Fellstar 400|rechargeable head torch|55|95|winter afternoons
Fellstar 900|night-running head torch|99|160|fast feet in the dark
Fellstar Rescue|mountain rescue head torch|139|230|long searches and big beams
*Lantern Moss|camp lantern|35|140|supper and cards
*Lantern Moss Mini|pocket lantern|19|60|inside the tent
*Beacon|clip-on safety light|15|25|lanes after dusk
Redshank|red-light head torch|39|75|stars and sleeping friends
*Cell 18|spare battery pack|25|80|three nights out
*Tallow|solar lantern|32|120|south-facing tents
*Whistle Light|survival whistle torch|12|20|six flashes a minute
*Fellstar Dock|charging cable kit|14|30|trains and bunkhouses
""",
    ("trekking-poles", "trekking pole", "trekking poles", "walking-boots tents rucksacks"): """
Rowan|aluminium trekking poles|59|520|years of hard use
Rowan Compact|folding trekking poles|89|460|buses, scrambles and small bags
Ash Carbon|carbon trekking poles|129|340|long days and light hands
Ash Fold|folding carbon poles|149|310|runners and fastpackers
*Hazel|single walking staff|45|390|one hand for the dog
Hazel Shock|shock-absorbing poles|75|560|sore wrists and steep descents
*Thorn|snow baskets|9|40|soft snow
*Thistle|replacement pole tips|7|25|worn carbide
Blackthorn|winter poles|95|580|snowshoes and ski tours
Sapling|children’s trekking poles|35|300|short legs on big steps
*Cork Grip Set|cork pole handles|19|90|sweaty palms
*Ferrule|rubber tip covers|6|30|roads and quiet churches
*Ash Tent Pole|pole-to-tent adapter|12|20|shelters without poles
""",
    (
        "maps-and-compasses",
        "compass",
        "maps and compasses",
        "head-torches waterproof-jackets",
    ): """
Bearing|baseplate compass|25|45|first courses
Bearing Pro|mirror sighting compass|55|85|white-outs
Bearing Thumb|thumb compass|29|30|running with a map
*Cairn Sheet West|waterproof hill map west|15|90|the western fells
*Cairn Sheet East|waterproof hill map east|15|90|the eastern fells
*Cairn Sheet North|waterproof hill map north|15|90|the northern corries
*Tally|pacing beads|6|15|counting in the mist
*Casement|waterproof map case|18|110|rain on paper
*Sextant Watch|altimeter watch|189|65|heights and pressure
*Roamer|map measuring scale|5|10|grid references
*Pocket Almanac|hill day logbook|12|140|times, tops and weather
*Signal Panel|emergency signal panel|14|70|being found
*Torrent|survival bag|9|110|a night nobody planned
""",
}

_BEST_SELLERS = frozenset(
    "Skerry 2|Ember 400|Cloudberry Short|Packhorse 55|Scree Mid|Squall|Eider|Herdwick|Kiln|Beck"
    "|Fellstar 400|Rowan|Bearing Pro".split("|")
)
"""Models that the shop's texts name most: one a shelf, named often and linked seldom."""

_SERVICES = (
    Service("boot-fitting", "boot fitting", "Boot fitting by appointment", 0, ("walking-boots",)),
    Service(
        "boot-resoling", "boot resoling", "Boot resoling and rand repair", 75, ("walking-boots",)
    ),
    Service(
        "tent-repair",
        "tent repair",
        "Tent and rucksack repair",
        20,
        ("tents", "rucksacks"),
    ),
    Service(
        "down-washing",
        "down washing",
        "Down washing and reproofing",
        32,
        ("sleeping-bags", "insulated-jackets", "waterproof-jackets"),
    ),
    Service(
        "equipment-hire",
        "equipment hire",
        "Camping equipment hire",
        15,
        ("tents", "sleeping-bags", "rucksacks"),
    ),
    Service(
        "navigation-course",
        "navigation course",
        "Hill navigation courses",
        65,
        ("maps-and-compasses", "head-torches"),
    ),
)


@cache
def categories() -> tuple[Category, ...]:
    """All categories in the order of the menu."""
    return tuple(
        Category(name, one, many, tuple(near.split()), tuple(_shelf(name, rows)))
        for (name, one, many, near), rows in _SHELVES.items()
    )


def _shelf(category: str, rows: str) -> list[Product]:
    shelf = []
    for row in rows.strip().splitlines():
        star, kind, price, grams, purpose = row.split("|")
        model = star.removeprefix("*")
        name = f"{model} {kind}"
        typical = model == star
        shelf.append(Product(name, model, category, int(price), int(grams), purpose, typical))
    return shelf


@cache
def products() -> tuple[Product, ...]:
    """All products, shelf by shelf."""
    return tuple(product for category in categories() for product in category.products)


def services() -> tuple[Service, ...]:
    """All services."""
    return _SERVICES
