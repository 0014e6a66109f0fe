# ruff: noqa: E501 (a sentence a line)
"""Pages of the sample shop that sell nothing: about, contact, delivery, terms and the like."""

from dataclasses import dataclass

__all__ = ["HOME_TEXT", "PLAIN_PAGES", "PlainPage"]


@dataclass(frozen=True)
class PlainPage:
    """A page with a fixed text."""

    path: str
    heading: str
    text: str
    """Paragraphs separated by line breaks; `[[kind:slug|words]]` names another page."""
    noindex: bool = False
    in_sitemap: bool = True


HOME_TEXT = """
Harrowfell makes and mends kit for people who walk. We began in 1994 with one sewing machine above a bakery, and we still cut, glue and stitch in the same valley. Everything on these pages was carried over a hill by one of us before it got a price.
Our [[category:tents|tents]] stand in weather that sends sensible people home, our [[category:sleeping-bags|sleeping bags]] are filled by weight on a kitchen scale, and our [[category:walking-boots|walking boots]] are built on lasts that we measured from customers’ feet. If something breaks, bring it back. The workshop behind the shop has mended other makers’ things as well since the first week, and our [[service:boot-resoling|boot resoling]] bench has a longer history than our website.
The [[product:ember-400-three-season-down-bag|Ember 400 three-season down bag]] and the [[product:packhorse-55-trekking-rucksack|Packhorse 55 trekking rucksack]] have been with us longest, and the first [[product:skerry-2-backpacking-tent|Skerry 2 backpacking tent]] still comes in every spring for [[service:tent-repair|tent repair]]. In autumn the shelves move aside for [[service:down-washing|down washing]], and on Saturdays the back room belongs to the [[service:navigation-course|navigation course]].
We also write things down. The blog holds what nine people have learnt about staying dry, finding the way and sleeping well, including all the mistakes. There is no advertising in it, and nobody pays us for an opinion. If you are new to walking, begin with a day out and a borrowed rucksack, and ask us anything at the counter. We answer letters, messages and muddy visitors in the order of arrival.
"""
"""Main text of the home page."""

PLAIN_PAGES = (
    PlainPage(
        "/about/",
        "About Harrowfell",
        """
We are nine people, two dogs and a workshop at the end of a lane. Harrowfell started in 1994 when a machinist and a postwoman got tired of replacing rucksacks that could have been mended. The first winter brought forty repairs, the second four hundred, and in the third we made a bag of our own because we had run out of excuses.
Today we make some hundred and seventy things and sell nothing else. We buy fabric from four mills, down from two farms and rubber from one very patient supplier. Everything is designed so that a reasonable person with a screwdriver can take it apart. We keep spare parts for ten years after a model ends, and we publish what each repair costs.
The shop is open six days a week. Behind it stand the benches, and visitors are welcome to look over a shoulder. Twice a year we close for a week and go walking together, which is when most new ideas arrive and most old ones fail. We belong to nobody but ourselves, we pay a living wage, and each year we give a twentieth of the profit to path repair.
""",
    ),
    PlainPage(
        "/contact/",
        "Contact the shop",
        """
The quickest way to an answer is the telephone, between nine and five from Monday to Saturday. Somebody who has used the thing you ask about will pick up. Letters reach us at Harrowfell, The Old Sorting Office, Fell Lane, and we like getting them.
For advice before you buy, tell us where you are going, for how long, and what you own already. For a repair, a photograph in daylight says more than a page of description. Please clean things before you send them: the post room is small and the dogs are curious.
If an order has gone wrong, have the number at hand and we will put it right on the same day. For the press and for clubs there is a separate desk in the mornings. We do not take part in link exchanges and do not publish articles written by others, so there is no need to ask. Directions: take the bus to the church, walk down the lane, and follow the sound of sewing machines. Parking is for people who cannot walk that far.
""",
    ),
    PlainPage(
        "/delivery-and-returns/",
        "Delivery and returns",
        """
Orders placed before noon leave on the same working day. Small things go by letter post and arrive in two days, large things by carrier with a time that you choose. Delivery is free above sixty pounds and costs four below it. Islands and highlands cost the same as everywhere else, because that is where our customers are.
Anything unused can come back within a hundred days for the full price. Anything used can come back if it failed, at any time, and we will mend it, replace it or explain honestly why we cannot. Boots may be worn on carpet for a month and still be exchanged, since feet need longer than shops allow.
Print the label from your order, close the box with paper tape and drop it at any counter. Refunds are made on the day the parcel is opened. Gifts are refunded as a voucher, unless the giver asks otherwise. Faulty goods never cost you postage. We keep records of every return and read them aloud once a month, which has improved more products than any meeting.
""",
    ),
    PlainPage(
        "/size-guide/",
        "Size guide",
        """
Measure in the evening, in the clothes that you mean to wear underneath. For jackets take the chest under the arms and the back from the bony bump at the neck to the hip. Our sizes are cut for movement, so there is no need to add anything for a jumper. If you are between two sizes, take the smaller one for running and the larger one for standing about.
For rucksacks the length of the back decides. Tilt your head, find the bump at the neck, and measure down the spine to the line between the tops of your hips. Under forty-five centimetres is short, up to fifty is regular, and anything above is long. Height tells nothing here: we have tall people with short backs on the staff.
For footwear stand on a sheet of paper, draw around both feet with the weight on them, and send us the drawing. Add the socks. For sleeping kit take your height and add thirty centimetres. Children grow by half a size between spring and autumn, so buy for the season and hand it on.
""",
    ),
    PlainPage(
        "/repairs-promise/",
        "Our repairs promise",
        """
We will mend anything that we have ever made, for as long as we are here. In the first five years faults cost nothing. After that you pay for an hour of a machinist’s time, and we tell you beforehand how many hours it will be. If the honest advice is to let it go, we say so and cut it up for patches.
Most repairs are small. A zip slider, a popped seam or a worn buckle takes ten minutes and can be done while you wait. Larger ones join a queue that is shown at the counter. Winter is the quiet season for shelters and the busy one for footwear. Write your name inside, empty the pockets, and tell us what happened, however silly it may be.
We also publish guides for home repair and sell the same thread, tape and glue that we use. Half a million landfill kilos is a number that nobody can picture, so we count in rucksacks: four thousand and twelve of them have gone back on to hills from our bench so far.
""",
    ),
    PlainPage(
        "/privacy/",
        "Privacy",
        """
We keep what we need to send a parcel and to honour a guarantee: a name, an address, what was bought and when. Tax law makes us keep invoices for some years. We do not sell data, we do not rent it, and we would not know to whom.
The website counts visits on our own machine without cookies. The basket uses one cookie, which forgets everything after a week. If you write to us, the letter is kept until the matter is settled. Fitting records stay with us so that the next pair can be chosen by telephone, and they are deleted when you ask.
You may see what we hold, correct it, or have it removed. A postcard is enough; we answer within a fortnight. The person in charge sits next to the kettle and is reachable through the contact page. Payments are handled by a bank, and we never see a card number. This page was last changed when we threw away the old newsletter tool, which had been collecting more than it should.
""",
    ),
    PlainPage(
        "/terms/",
        "Terms of sale",
        """
An order is a request, and the contract begins when we confirm that the thing is on the shelf. Prices include tax. If we make a mistake with a price, we tell you and you decide. Goods remain ours until they are paid for, which in practice means never for longer than a minute.
You have the right to withdraw within fourteen days by law and within a hundred days by our own promise. The guarantee covers faults in material and work for five years. It does not cover tumble dryers, campfires, dogs, or wear from honest use, although we will mend all of these at cost.
Hire and courses have terms of their own that are handed over with the booking. Nothing on the blog replaces judgement on the hill: conditions change, people differ, and no text can see the sky. Should one of these terms turn out to be void, the others stay. Disputes are heard at the county court, but in thirty years we have always managed over a pot of tea.
""",
    ),
    PlainPage(
        "/winter-offers/",
        "Winter offers",
        """
Every January we clear the shelf of last year’s colours. Nothing is wrong with these things except that the fabric mill no longer dyes that shade of green. Quantities are small, sizes are odd, and the guarantee is the same as ever.
This year there are [[category:insulated-jackets|insulated jackets]] in rust, [[category:tents|tents]] with the old poles, and a few hire [[category:sleeping-bags|sleeping bags]] that were washed and weighed by our [[service:down-washing|down washing]] team. Hire equipment is marked with its age. Prices fall a little each Monday until everything is gone, and staff may not buy before the last week.
We post offers in the order in which they are paid for. Returns are possible as always. If you are looking for one particular thing in one particular size, leave a note and we will ring when it turns up. Local customers can try on in the back room, between the boxes, where it is warm. Please bring your own bag.
""",
    ),
    PlainPage(
        "/clubs-and-schools/",
        "Clubs and schools",
        """
Schools, scouts and walking clubs pay a fifth less on everything, and nothing at all for advice. Send us the size of the group, the ages and the place, and we will send back a list that does not try to sell you what you can borrow. Our [[service:equipment-hire|equipment hire]] has sets for groups of thirty.
Teachers can book a workshop afternoon in which every pupil mends one thing. We bring needles, tape and patience. For awards and expeditions we check kit a week before the start and lend what is missing. Club nights in the shop take place on the first Thursday of the month, with soup.
Leaders who need training will find our [[service:navigation-course|navigation course]] useful, and groups can book it for a day of their own. Invoices may be paid within sixty days, because we know how school offices work. Lost property from hire is posted back free. Groups that walk from the bus stop get the first round of tea on the house.
""",
    ),
    PlainPage(
        "/search/",
        "Search the shop",
        """
Type a word and press return. The search looks through names, descriptions and the blog.
""",
        noindex=True,
        in_sitemap=False,
    ),
    PlainPage(
        "/basket/",
        "Your basket",
        """
Your basket is empty. Things that you put in it stay for a week.
""",
        noindex=True,
        in_sitemap=False,
    ),
)
"""All plain pages."""
