"""Frames of sentences: what the sample shop says around facts and names, with slots to fill.

Chance fills `{place}`, `{month}`, `{weather}`, `{who}`, `{n}`, `{few}` and `{year}`. `{f}` is a
fact, `{p}` a product (`{is}`, `{has}`, `{s}`, `{it}` and `{its}` agree with it), `{many}` a shelf
and `{service}` a service.
"""

from collections.abc import Mapping

__all__ = [
    "ASIDE",
    "CLOSING",
    "FACT",
    "FEATURE",
    "HEADINGS",
    "MEASURE",
    "MONTHS",
    "OPENING",
    "PLACES",
    "PRODUCT",
    "SECOND",
    "SERVICE",
    "SHELF",
    "SHELF_OPENING",
    "WEATHER",
    "WHO",
]


def _rows(text: str) -> tuple[str, ...]:
    return tuple(text.strip().splitlines())


MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)

PLACES = _rows("""
the Lakes
the Cairngorms
Snowdonia
the Pennines
the Peak
the Cheviots
Galloway
the Howgills
Knoydart
the Mournes
Weardale
the Ochils
Torridon
the Dales
Lochaber
Assynt
Wester Ross
the Black Mountains
the Southern Uplands
Northumberland
the Trossachs
Swaledale
the Rhinogs
Glen Affric
Teesdale
the Grampians
the Berwyns
Upper Nithsdale
""")
"""Where people walk."""

WEATHER = _rows("""
a wet Saturday
three days of drizzle
a night of gales
a week without sun
a hard frost
a bright cold morning
a long thaw
a sudden squall
an afternoon of hail
a heavy dew
a month of showers
the first snow
a muggy evening
a biting east wind
a day of low cloud
a shower of sleet
a hot, thundery weekend
a gusty crossing of the tops
a foggy morning
a long day of side wind
""")
"""What people remember of a walk."""

WHO = _rows("""
our fitter
the repair bench
the hire desk
a retired guide
the oldest hand in the shop
a rescue volunteer
a hut warden
our youngest colleague
a postman who walks to work
a teacher who takes forty children out each year
the buyer
a shepherd we know
a customer of twenty years
a geologist among our customers
the woman at the workshop press
a nurse who walks after night shifts
the leader of a walking club
a farmer at the end of the lane
one of the apprentices
a couple who finished the coast path last year
""")
"""Who says so."""

FACT = _rows("""
experience in {place} says that {f}
{who} puts it this way: {f}
it bears repeating that {f}
{weather} in {place} made it plain that {f}
few people are told that {f}
we learnt in {place} that {f}
the short version is that {f}
every {month} shows again that {f}
after {n} years of trading we still say that {f}
in {month} customers tell us that {f}
most of our staff would add that {f}
a note from {who}: {f}
there is no way round it: {f}
one lesson from {place}: {f}
it sounds obvious, but {f}
ask {who} and you will hear that {f}
it took {weather} in {place} to teach us that {f}
what {who} noticed first is that {f}
{weather} will convince anyone that {f}
on the way home from {place} we agreed that {f}
our notes from {month} say it plainly: {f}
{n} trips to {place} have shown that {f}
the guest book of a hut in {place} has it in pencil: {f}
{who} would put it first that {f}
what holds in {place} holds at home: {f}
beginners are surprised to hear that {f}
it is an old rule in {place} that {f}
a rough guide for {month}: {f}
we tell every customer from {place} the same thing: {f}
the advice has not changed since {year}: {f}
by {month} most people have found out that {f}
as {who} likes to say, {f}
a letter from {place} reminded us that {f}
in {place} you soon notice that {f}
{who} learnt in {month} that {f}
as a rule of thumb for {place}, {f}
besides, {f}
in our experience {f}
on the whole {f}
by {month} at the latest, {f}
in {place} as elsewhere, {f}
after {weather} it is clear enough that {f}
in {month} as in {month2}, {f}
from {place} to {place2}, {f}
""")
"""Sentences around a fact."""

FEATURE = _rows("""
customers like that {f}
it helps in {place} that {f}
we insisted that {f}
the first thing people notice is that {f}
after {weather} in {place} we made sure that {f}
{who} asked for it, and so {f}
it is a small thing, but {f}
on {n} days of testing we found that {f}
in {month} it is a comfort that {f}
what the photographs do not show is that {f}
what won over {who} is that {f}
thanks to a letter from {place}, {f}
since the {year} model {f}
{who} was glad in {place} that {f}
people who come back from {place} tell us that {f}
unlike our first try in {year}, {f}
""")
"""Sentences around a feature of a product."""

PRODUCT = _rows("""
for {purpose} we would pick the {p}
the {p} came along to {place} in {month} and nobody complained
after {weather} in {place} the {p} had proved {its} worth
a good example {is} the {p}, made for {purpose}
our own {p} weigh{s} {weight} and {is} meant for {purpose}
readers often ask about the {p}, which we made for {purpose}
the {p} went through {weather} in {place} before we put {it} on the shelf
we lent the {p} to {who} for a whole {month}, and the verdict was kind
at {price} pounds the {p} {is} not the cheapest answer, but the one we use ourselves
the {p} {has} been on our shelf since {year} and {has} changed very little
whoever has met {weather} in {place} understands why we make the {p}
two of us carry the {p} from {month} until the clocks change
letters about the {p} mostly come from {place}
nothing in the shop has been borrowed by the staff as often as the {p}
the {p} turned up in half of the photographs that customers sent us from {place}
last {month} the {p} went round {place} with a party of {few}
there is a reason why the {p} {is} so often sold out by {month}
on paper the {p} {is} for {purpose}, in practice we have seen {it} everywhere
{who} swears by the {p} in {place}
a pencil mark in our logbook says that the {p} survived {weather}
if the budget stretches to {price} pounds, the {p} will make {weather} easier to bear
we packed the {p} for {few} days in {place} and would do so again
with the {p} we had {purpose} in mind
the {p} took {few} winters to get right
{who} has worn out one set of maps and not yet the {p}
somebody always brings the {p} to {place}, and somebody always asks to borrow {it}
between {month} and the end of the season the {p} {is} what we reach for
in our window stand{s} the {p}, scuffed from {weather} in {place}
the question that led to the {p} came from {who}
a pair of sisters walked across {place} with the {p} and wrote us {few} pages about it
when {weather} was forecast for {place}, we took the {p}
{few} of the nine of us own the {p}
we have mended the {p} for {who}, which says more than a brochure
the {p} cost{s} {price} pounds, and a soaked weekend costs more
""")
"""Sentences that name a product."""

SHELF = _rows("""
the same holds for {many}
anyone comparing {many} will meet the same trade-off in {place}
a look through our {many} shows how wide the choice has become
it pays to think about {many} in the same breath
good {many} make up for {weather}
{many} are where people save money and regret it by {month}
we wrote this with {many} in mind as well
in {month} half of the questions at our counter are about {many}
people who already own good {many} have half of the answer
no two walkers in {place} agree on {many}
our shelf of {many} has grown from three to over a dozen
money spent on {many} is rarely wasted
the right {many} turn {weather} into a story worth telling
{who} keeps a list of {many} by the till
it is hard to talk about this without talking about {many}
after {weather} in {place} everyone had an opinion on {many}
for a first winter in {place} we would look at {many} before anything else
the wrong {many} cost one of us a summit in {place}
choosing {many} takes less time than people fear
we have tried {many} from the shelf against each other in {place}
{who} has strong views on {many}
the talk on the bus to {place} was all about {many}
a week in {place} changes what people want from {many}
there were no {many} of this kind when we opened
we laid out all our {many} on the floor before the trip to {place}
much that is written about {many} leaves out {weather}
""")
"""Sentences that name a shelf by its plural."""

SERVICE = _rows("""
our {service} exists for exactly this case
when in doubt, our {service} is a phone call away
we see the results at our {service} every {month}
a booking for our {service} costs less than a mistake in {place}
much of what stands here comes from our {service}
our {service} has room most weeks in {month}
the people behind our {service} helped with this page
anyone who is unsure should try our {service} before {month}
after {weather} in {place} the queue for our {service} was out of the door
{who} came for our {service} and stayed for tea
it is what our {service} is asked about most in {month}
before a trip to {place} our {service} is worth a visit
""")
"""Sentences that name a service."""

ASIDE = _rows("""
{place} was closed in by cloud for two of the three days
{who} would not call it an exact science
the kettle boiled dry over this question one {month}
we changed our own habits after {weather} in {place}
it is the sort of thing that comes up after {weather}
the bus to {place} leaves time for long arguments about it
a good plan survives {weather}, a perfect one does not
{who} disagrees, and we have let that stand
some of this we had to learn twice, both times in {place}
in {place} the rest is habit
the view from {place} was worth every minute
a flask of tea in {place} settles most of it
we walked in {place} for {few} days with this question in mind
in {month} the hills are quiet enough to try things out
the first hour in {place} told us most of it
that may sound fussy until {weather} comes along
the dog came along to {place} and was not consulted
we went back to {place} in {month} to be certain
a pencil and the back of a map of {place} are all that is needed
{who} drew it for us on a paper bag
we have a photograph from {place} that proves it
it was {month}, and {weather} had cleared the paths
the answer we gave in {year} was shorter and wrong
there is a bench in {place} where this was decided
we asked {few} people in {place} and got as many answers
{who} read this page before you and took out two jokes
most of this was written on a train back from {place}
nobody remembers who started the argument, but it was in {place}
in {place} they have been doing it this way since long before {year}
it took {few} of us and {weather} to find out
a farmer in {place} watched us and kept his thoughts to himself
the notes for this page got wet in {place} and had to be written again
after {weather} nobody argues about it
what worked in {month} had to be tried again in {month2}
the path through {place} is a patient teacher
we have stopped counting how often {who} has asked
those who set out from {place} before breakfast know it already
""")
"""Sentences between the facts."""

CLOSING = _rows("""
if something here differs from what you found in {place}, write to us and we will put it right
see you on the hill in {month}
questions are welcome at the counter until {month}, muddy boots included
try it close to home first, and then in {place}
as always, turn back when the sky says so
we will add to this page after our next trip to {place}
the rest you will find out after {weather}
go gently, and leave {place} as you found it
start small, take notes and enjoy {weather}
bring your own kit to the shop before {month} and we will look at it together
if you have a better way, {who} would like to hear it
we would write it differently after {weather}, but not by much
next time you are in {place}, think of us
there will be more on this in {month}
until then, may {place} be dry and the paths empty
with that, {who} wants the table back
""")
"""Last sentences of an article."""

OPENING = _rows("""
the {p} {is} our answer to {purpose}
we made the {p} for {purpose}
{weather} in {place} gave us the idea for the {p}, made for {purpose}
for {purpose} nothing on our shelves beats the {p}
made for {purpose}, the {p} {is} plain and tough
the {p} {has} one aim: {purpose}
after {few} winters of trials the {p} {is} ready for {purpose}
when customers describe {purpose}, we hand them the {p}
the first sketch of the {p} was drawn in {place} with {purpose} in mind
{who} wanted something for {purpose}, so we made the {p}
""")
"""First sentences about a product."""

MEASURE = _rows("""
{it_s} {weight} and cost{s} {price} pounds
at {weight} and {price} pounds, this is kit to keep
the scales in the shop say {weight}, the till says {price} pounds
for {price} pounds and {weight} there is little to argue about
that is {weight} on the back and {price} pounds out of the purse
the price is {price} pounds, the weight an honest {weight}
""")
"""What a product weighs and costs."""

SHELF_OPENING = _rows("""
all {many} on this page are our own work, tried in {place} before they go on the shelf
we keep few {many}, and each of them has a job
these are the {many} that we take to {place} ourselves
our {many} are made for hills where the forecast is a suggestion
since {year} we have made {many} that can be mended
{who} helped us to choose which {many} to keep
every autumn we take our {many} to {place} and leave the worst ones at home
""")
"""First sentences about a shelf."""

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "choose": (
        "What to look for in {many}",
        "Choosing well",
        "Before you buy",
        "What matters and what does not",
    ),
    "use": (
        "On the hill",
        "How we do it",
        "Getting the most from {many}",
        "In practice",
        "Step by step",
    ),
    "care": ("Looking after {many}", "Care and repair", "Making it last", "Back at home"),
    "avoid": (
        "Mistakes we see",
        "What to avoid",
        "Where it goes wrong",
        "Lessons learnt the hard way",
    ),
}
"""Headings by theme."""

SECOND = (
    "A word on {many}",
    "And what about {many}?",
    "How {many} come into it",
    "Not forgetting {many}",
)
"""Headings above a second shelf."""
