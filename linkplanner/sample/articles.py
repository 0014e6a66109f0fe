# ruff: noqa: E501 (a sentence a line)
"""What the sample shop writes about: titles, opening lines and subjects of its blog."""

from dataclasses import dataclass
from functools import cache

from linkplanner.sample.catalogue import slug

__all__ = ["Article", "articles"]


@dataclass(frozen=True)
class Article:
    """One article of the blog."""

    title: str
    """Headline."""
    lead: str
    """First sentences."""
    category: str
    """Slug of the shelf it is about."""
    second: str
    """Slug of a shelf it touches."""
    themes: tuple[str, ...]
    """Themes of its sections, in order."""

    @property
    def slug(self) -> str:
        """Last part of its address."""
        return slug(self.title)


# second shelf | themes | title | lead
_ARTICLES = {
    "tents": """
sleeping-mats|choose avoid|How to choose a tent you will not regret|A tent is the only house most of us ever choose for its weight. An hour of thought before buying saves many nights of listening to fabric.
trekking-poles|use avoid|Wild camping for the first time|The first night out without a campsite feels like trespass and ends as a habit. Here is what we tell friends who ask us where to begin.
waterproof-jackets|use avoid|Pitching in a storm without losing your temper|Wind does not care how much the shelter cost. What counts is the order in which things are done in the first four minutes.
sleeping-bags|care use|How to dry and store a tent after a wet weekend|Sunday evening decides how long a shelter lasts. A garage, a line and half an hour are all it takes.
rucksacks|choose use|One-person or two-person: how much tent do you need?|Two hundred grams buy a great deal of elbow room. We have slept in both and changed our minds twice.
camping-stoves|care avoid|Condensation is not a leak|Every spring people bring us a dry shelter and swear that it leaks. The water was theirs all along.
""",
    "sleeping-bags": """
sleeping-mats|choose use|Down or synthetic? An honest comparison|There is no better filling, only better weather for each. We sell both and use both, so we have nothing to win here.
insulated-jackets|care avoid|Washing a down bag at home|It takes a whole Saturday and a tumble dryer with patience. It also saves a bag that most people would throw away.
sleeping-mats|use avoid|Why you wake up cold at four in the morning|The bag gets the blame, but it is rarely the culprit. Cold has five ways in, and four of them can be closed for nothing.
base-layers|choose avoid|What temperature ratings really mean|Two numbers on a label describe two people in a laboratory. Neither of them is you.
tents|use choose|Quilts for walkers who hate zips|Half of a bag lies under the sleeper and does nothing. Quilts leave that half at home.
tents|care use|Storing your sleep kit over the winter|What happens in the loft between October and March shows on the first night in spring.
""",
    "sleeping-mats": """
sleeping-bags|choose avoid|R-values explained without a textbook|One small number decides whether the ground takes your warmth. It is measured the same way everywhere now, which makes it useful at last.
tents|use care|Mending a puncture by the light of a torch|The hiss always starts after midnight. With a calm head it is a ten-minute job.
sleeping-bags|choose use|Foam or air? What we sleep on and why|Four members of the team, four answers and one long argument in a van.
rucksacks|choose avoid|Camping with a bad back|A slipped disc kept one of us off the hills for a year. This is what brought her back to sleeping on the ground.
sleeping-bags|use choose|Sleeping warm on snow|Snow makes a soft bed and a greedy one. It takes heat all night unless something stops it.
""",
    "rucksacks": """
walking-boots|choose use|How to fit a rucksack in ten minutes|Most sore shoulders come from a hip belt in the wrong place. A tape measure and a friend are enough to put it right.
sleeping-bags|use avoid|Packing a rucksack so that nothing is at the bottom|A well-packed load feels two kilos lighter and never has to be emptied in the rain.
camping-stoves|choose avoid|What to leave at home on a week’s walk|We weighed everything that came back unused from a hundred trips. The list is embarrassing.
waterproof-jackets|use care|Keeping the inside of your pack dry|Covers flap, liners tear and zips weep. There is a way that works, and it costs less than a sandwich.
tents|choose care|Forty-five or sixty-five litres?|The bigger bag is always the safer buy until it has to be carried uphill.
walking-boots|use avoid|A first long-distance trail, week by week|Eleven weeks are enough to get from the sofa to the start. They are also enough to buy the wrong things.
""",
    "walking-boots": """
base-layers|choose avoid|Breaking in boots without tears|Pain is not part of the deal. A pair that fits needs a week of stairs and no heroics.
base-layers|use avoid|Blisters: prevention, treatment and a little philosophy|A blister is a small lesson in friction. It can be learnt once, at home.
trekking-poles|choose use|Boots or trail shoes for summer hills?|Half of our team walks in shoes and the other half shakes its head. Both halves have a point.
waterproof-jackets|care use|How to clean and wax leather boots|Ten minutes after every wet walk add years. We show what we do at the bench and what we leave alone.
trekking-poles|care choose|When is it time for new soles?|Tread tells half of the story and the midsole tells the rest. Look at both before you decide.
base-layers|use care|Wet feet are not the end of the world|On some hills water comes from above, from below and from inside. Dry is a plan for the evening.
""",
    "waterproof-jackets": """
base-layers|care use|Reproofing a shell so that rain beads again|The jacket has not died, it is only dirty. One wash and one warm drum usually bring it back.
insulated-jackets|choose avoid|What waterproof ratings leave out|Numbers on a swing tag come from a machine that never sweats. Your back does.
base-layers|use choose|Dressing for a day of showers|On, off, on again: showers are harder on clothing than steady rain, and harder on tempers.
rucksacks|avoid care|Seven ways to ruin a good jacket|We have seen all of them at the repair counter. Five of the seven were done in the kitchen.
insulated-jackets|choose use|Softshell, hardshell or neither|Three words that shops love and walkers mix up. Here they are with the weather they were made for.
""",
    "insulated-jackets": """
base-layers|choose use|Layering for winter hills|The art is to be slightly cold while moving and never while standing. Four garments do it.
sleeping-bags|choose avoid|How much down is enough?|Fill weight, fill power and marketing all want a word. Only two of them keep you warm.
waterproof-jackets|use avoid|Why you are sweating on the way up and freezing on top|It is the same water in both places. Where it goes is decided at the car.
sleeping-bags|care avoid|Small repairs to down jackets|A thorn, a spark, a zip: none of them needs a new garment. Tape and ten minutes will do.
base-layers|choose care|In praise of the fleece|It is old, it is cheap and it is nearly always the right answer.
""",
    "base-layers": """
insulated-jackets|choose care|Merino or synthetic next to the skin?|One smells like a sheep when wet, the other like its owner. We compare them after four days without a wash.
walking-boots|choose use|Socks are the cheapest upgrade there is|Nobody posts pictures of socks. They decide more walks than any jacket.
waterproof-jackets|use avoid|Walking in the heat|Our hills get hot for three weeks of the year and catch everyone out. Shade, salt and early starts help more than kit.
insulated-jackets|care avoid|Moths, shrinkage and other tragedies|Wool lasts for decades if it survives the wardrobe. This is how ours does.
walking-boots|use choose|What our team wears from October to March|Nine people opened their drawers for us. There was more darning than we expected.
""",
    "camping-stoves": """
water-filters|choose use|Gas, alcohol, wood or petrol?|Every fuel is the best one somewhere. We cooked the same soup on all four in a gale.
tents|use avoid|Cooking in bad weather|A hot meal is worth more than a dry shirt. Getting both takes a little practice.
water-filters|use choose|Five suppers from one pan|Camp cooking has one rule: everything ends up in the same pot anyway. These five are meant to.
rucksacks|choose avoid|How much gas do you need for a week?|Guesswork means carrying a full canister home. A kitchen scale and one rule of thumb do better.
head-torches|care use|Cleaning a stove before the season|A yellow flame in the garden is a nuisance. The same flame at a snow hole is a problem.
water-filters|use avoid|The perfect hill coffee|Grind at home, brew low, drink slowly. The view does the rest.
""",
    "water-filters": """
camping-stoves|choose avoid|Is it safe to drink from a mountain stream?|Usually, and that is the trouble with it. Knowing what lives upstream turns luck into judgement.
camping-stoves|choose use|Filter, purifier, tablets or boiling?|Four ways to the same glass of water. They differ in time, weight and what they let through.
rucksacks|use care|How much water to carry|A litre weighs a kilo, which is the most honest fact in hillwalking.
rucksacks|care avoid|Looking after a hydration bladder|Something green lives in most of them. It does not have to.
base-layers|use avoid|Recognising dehydration before it recognises you|The head aches, the map makes no sense and everyone is annoying. Drink first, argue later.
""",
    "head-torches": """
maps-and-compasses|choose use|How many lumens do you need?|More light is not more sight. Our night walkers carry less than you would think.
maps-and-compasses|use avoid|Walking in the dark with confidence|The hills are the same at night, only better behaved. Start with a path you know.
sleeping-bags|care avoid|Making batteries last through a frost|Cold does not empty a cell, it only hides what is in it. Pockets are warm.
tents|use choose|An evening under the stars|No screen, no moon and a flask of tea. These are the nights that make people buy a second blanket.
waterproof-jackets|avoid use|What to do when you are benighted|It happens to careful people in November. The first decision is to stop hurrying.
""",
    "trekking-poles": """
walking-boots|choose use|Do poles really save your knees?|Yes, on the way down, if they are held properly. The rest is fashion and rhythm.
tents|use avoid|Crossing streams safely|The best crossing is usually upstream and half an hour away. The second best needs two poles and no hurry.
walking-boots|use choose|Setting the right length for poles|Elbows tell the truth. Everything printed on a chart is a starting point.
rucksacks|choose avoid|Carbon or aluminium?|One bends and one breaks, and that is nearly the whole of it. The rest is weight and money.
tents|use care|Pitching a shelter with your poles|Half a kilo less in the bag for the price of a knot. It takes three tries in the garden.
""",
    "maps-and-compasses": """
head-torches|use choose|How to take a bearing|Three steps, one needle and a little faith. Anyone can learn it on a kitchen table.
waterproof-jackets|use avoid|Finding the way in mist|Cloud comes down faster than a phone finds a signal. The skills for it are old and quick to learn.
head-torches|choose avoid|Paper map or phone?|We use both and trust one. The reasons have to do with thumbs and frost.
trekking-poles|use choose|Reading contours like a story|Brown lines tell where the knees will complain. With a bit of practice they tell where the view is as well.
rucksacks|avoid use|Ten mistakes we still make on the hill|Thirty years between us, and the list has not got shorter. It has only become more specific.
rucksacks|choose use|A packing list for day walks|Sixteen things, most of them small. It hangs on our door and has saved us from ourselves.
""",
}


@cache
def articles() -> tuple[Article, ...]:
    """All articles, subject by subject."""
    found = []
    for category, rows in _ARTICLES.items():
        for row in rows.strip().splitlines():
            second, themes, title, lead = row.split("|")
            found.append(Article(title, lead, category, second, tuple(themes.split())))
    return tuple(found)
