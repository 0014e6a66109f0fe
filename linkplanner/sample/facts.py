"""What the sample shop knows: facts about each shelf by theme, features of products, services.

A fact is a clause that starts in lower case and has no full stop, so that `prose` can set it in
many sentences. `{m}` in a feature stands for the model.
"""

from functools import cache

__all__ = ["THEMES", "facts", "features", "service_facts"]

THEMES = ("choose", "use", "care", "avoid")
"""Themes of the facts about a shelf, in the order of the text."""

_FACTS = {
    "tents": """
choose: a tent that stands up to wind has short unsupported spans of fabric between its poles
a porch of half a metre is enough for boots, but cooking in the rain needs a whole one
two people sleep head to tail in most two-person tents unless the foot end is wide
a solo tent under a kilo saves more effort on day five than it does in the shop
hydrostatic head above three thousand millimetres on the floor keeps kneeling campers dry
the weight printed on the label often leaves out pegs, bags and the repair sleeve
use: pegs hold best at right angles to the guy line and pushed right down to the head
a pitch with the narrow end into the wind stays quiet all night
condensation falls by half when both vents stay open, even in drizzle
a groundsheet that sticks out from under the flysheet collects every drop that runs down
frozen ground takes a thin steel peg where a wide aluminium one bends
the quickest way to strike camp in rain is to pack the inner first under the standing fly
care: a tent put away wet for four days grows mould that no cleaner takes out
seams can be resealed at home in an evening with a brush and one small tube
pole shock cord loses its pull after about six years and costs a few pounds to replace
sunlight ages nylon faster than any storm, so a shaded pitch adds seasons
zips run for years on a drop of silicone and die in one summer of sand
cold water and a sponge clean a flysheet better than any machine
avoid: a hollow that looks sheltered at noon fills with cold air and water after midnight
pitching too slack is the usual reason that a good tent flaps and wears
a footprint larger than the inner turns every shower into a bath
cooking inside a closed tent is the one mistake that nobody gets to learn from twice
a car camping tent on a ridge will be flat before breakfast
stuffing poles in with the fabric is how most holes are made
""",
    "sleeping-bags": """
choose: the comfort figure is for a cold sleeper and the limit figure for a warm one
a bag cut ten centimetres too long leaves a pocket of air that feet must heat all night
down gives twice the warmth for its weight, and synthetic fill half the worry in the wet
a three-season bag covers nine nights out of ten in these islands
side zips on opposite sides let a pair of bags join up
fill power says how springy the down is and fill weight says how much of it there is
use: a bag shaken out an hour before bed has its loft back when it matters
a dry pair of socks warms a sleeper more than a second jumper
a bottle of hot water at the feet buys two hours of comfort
the hood drawn in to the size of a face saves more heat than any liner
breathing inside the bag fills it with damp that comes back as cold tomorrow
a light supper before bed keeps the body working through the small hours
care: down should hang loose in a cupboard and never live in its stuff sack
a wash every second year brings back loft that grease has flattened
clean tennis balls in a cool tumble dryer break up the clumps after washing
a silk liner keeps skin oil off the shell and doubles the time between washes
loose feathers at a seam are normal, loose feathers from a panel are not
airing a bag over a line each morning is worth more than any product
avoid: a compression sack that squeezes down for months breaks the plumes
ordinary detergent strips the natural oil from down within two washes
wearing every layer to bed squashes the fill from the inside
a summer bag with a liner is not a winter bag
buying for the coldest night of the year means sweating through the other fifty
a wet bag dried by a fire smells of smoke and has holes in it
""",
    "sleeping-mats": """
choose: an R-value of two is for summer, four for most of the year and six for snow
half of the cold that wakes a camper comes up from the ground
side sleepers need seven centimetres under the hip or they touch stone
a tapered mat saves a hundred grams and costs the restless their elbows
foam never punctures, which is why winter parties still carry it
a long mat matters more than a thick one to anyone above six foot
use: a mat left half inflated for ten minutes adjusts to the temperature of the ground
a little less air makes an inflatable mat warmer and far more comfortable
foam under an air mat adds its R-value to the total
a pump sack keeps the moisture of breath out of the tubes
sloping ground feels flat when the rucksack goes under the low side
grit brushed off the groundsheet at dusk saves a repair at midnight
care: a mat stored open and flat keeps its foam springy for ten years
pinholes show up as bubbles in a bath with the valve closed
a patch holds only on fabric that was cleaned with alcohol first
valves want a rinse after beach trips and nothing else
sunscreen eats the coating of light mats
tree sap comes off with cooking oil and then soap
avoid: blowing up a mat in the sun and leaving it there bursts baffles
dragging a mat over twigs to get a better view has ended many trips
a short mat in snow leaves heels on ice
a mat without insulation is a lilo, however well it is marketed
rolling foam the same way every time sets a curl that never lies flat
lending a mat to a dog is lending it for good
""",
    "rucksacks": """
choose: back length and not body height decides which size of rucksack fits
the hip belt should carry four fifths of the load on the bones and none on the belly
forty-five litres hold two nights for anyone who owns small kit
a lid pocket is quicker than a roll top for everything wanted twice a day
bigger bags get filled, and then they get carried
load lifters work only when the frame stands higher than the shoulders
use: heavy things belong close to the spine and level with the shoulder blades
a liner inside keeps kit drier than any cover outside
loosening the shoulder straps on a climb gives the chest room to breathe
a bag packed in the order of the day never needs emptying in the rain
water on one side only will pull a walker crooked by the afternoon
the last thing in should be the waterproof, since it is the first thing out
care: a brush and lukewarm water take out sweat before it rots the foam
buckles crack in frost when they are stepped on, and a spare weighs nothing
straps with melted ends never fray
mice come for crumbs in hip belt pockets every winter
a rucksack hung by its haul loop keeps the shape of its straps
fabric proofing lasts two seasons of weekly use
avoid: a rucksack tried on empty tells nobody anything
dangling mugs and mats catch wind, branches and the patience of friends
carrying the whole family’s lunch is how backs go wrong on day one
too tight a chest strap is behind many a headache on the hill
a bag washed at sixty degrees leaves its coating in the drum
lifting a full load by one shoulder strap tears the stitching first
""",
    "walking-boots": """
choose: feet swell by half a size in the course of a day, so boots are best tried on at teatime
a thumb’s width in front of the toes saves the nails on every descent
stiff soles help on steep ground and punish on roads
leather takes longer to break in and lasts about twice as long as fabric
a heel that lifts on the ramp will blister on the hill
membranes keep short trips dry and keep long summer days damp
use: lacing loose over the instep and firm at the ankle suits most climbs
a surgeon’s knot halfway up lets the two halves be laced differently
socks changed at lunch prevent more blisters than any plaster
boots worn on the stairs for a week break in without pain
damp ground asks for gaiters before it asks for new boots
short steps on wet rock keep the weight over the sole where the grip is
care: newspaper dries a boot overnight and a radiator ruins it in the same time
wax feeds leather but closes the pores of suede, which wants a spray
mud left on for a week draws the oil out of the uppers
a resole costs half of a new pair and keeps the fit that took a year to make
soles that stand unused for eight years can crumble on the first walk
insoles dried outside the boot stop most smells
avoid: buying a size up in place of a wider last only moves the rubbing
new boots on the first day of a long trail are a gift to the pharmacy
cotton socks hold water against the skin from the first hill to the last
a loose rand peels a little each week and then all at once
putting proofing on dirty leather seals in the dirt
tight laces over the top of the foot give the pain that people blame on the boot
""",
    "waterproof-jackets": """
choose: three layers last longest, two and a half weigh least
a hood with a stiff peak and a rear cord turns with the head and not against it
pockets above the hip belt are the ones that get used
breathability falls to nothing when the outside of the fabric wets out
a longer cut keeps trousers dry, a shorter one steps higher
pit zips do more for comfort than five thousand more on the label
use: opening the front zip before the climb and not after it keeps the layers dry
cuffs worn over gloves in rain and under them in snow keep water out
a shell goes on at the first drops, because wet wool stays wet
a cap under the hood holds it off glasses
eating with the hood up costs less warmth than stopping without it
wind takes more heat than rain, and a shell stops both
care: water that stops beading is a sign of dirt long before it is a sign of age
a rinse with technical soap restores what softener has clogged
twenty minutes of gentle heat bring the repellent finish back to life
proofing is due about every tenth wash or when the shoulders darken
small tears patched from the inside last as long as the jacket
body oil at the collar is what lifts the tape from the seams
avoid: fabric softener is the quickest way to turn a shell into a sponge
a wet jacket rolled up in the car boot smells of it for a year
wearing a shell all day in dry cold soaks it from within
the cheapest waterproof is dear when it lasts one winter
rucksack straps wear through light fabric, so heavy loads want tougher shoulders
ironing seam tape undoes it in one pass
""",
    "insulated-jackets": """
choose: down is for dry cold and synthetic fill for wet cold, whatever the thermometer says
a belay jacket must go over everything else, helmet included
box walls stop cold spots where stitched-through seams let the wind in
a gilet keeps the core warm and lets the arms cool on the climb
a two-way zip makes room for a harness or for sitting down
fleece moves moisture best and stops wind worst
use: an insulated jacket goes on at the start of the break and not when the shivering begins
a warm layer kept dry at the bottom of the bag is worth two on the back
walking in down is a sure way to arrive cold
two thin layers trap more air than a thick one and adjust to the hour
a hood adds as much warmth as a hundred grams of fill
hot drinks warm the hands, dry gloves keep them warm
care: down dries through in three hours on low heat with patience
a patch of repair tape with round corners stays on for years
synthetic fill loses a fifth of its loft in two winters in a stuff sack
sparks make holes that grow, so fires and fine nylon live apart
fleece washed inside out pills half as fast
a washing bag catches the fibres that fleece sheds
avoid: too close a fit flattens the fill over the shoulders
sweat freezes in the outer baffles on a long winter day
dry cleaning takes the life out of down for good
a jacket bought to look at summits is too warm to climb them
waterproof down is still down when the zip leaks
leaving the big jacket in the tent is the story behind most cold summits
""",
    "base-layers": """
choose: merino stays fresh for days, synthetic dries in minutes
flat seams away from the shoulders spare the skin under straps
a zip at the neck is the cheapest thermostat there is
wool of around one hundred and fifty grams suits three seasons
a long back stays tucked in when arms reach up
socks matter as much as boots and cost a tenth
use: a base layer works only when it touches the skin
starting out cool means staying dry, and staying dry means staying warm
a dry top saved for the evening makes every camp feel warmer
liner socks move the friction away from the skin
rolled sleeves cool a body faster than an open shell
a neck tube does the work of a hat, a scarf and a mask
care: wool wants cool water, wool soap and no twisting
a flat towel dries knitwear without stretching the hem
synthetic tops lose their smell in a soak with vinegar
a darned hole holds for years and a neglected one for a week
cedar in the drawer keeps moths from the best jumpers
thirty degrees is enough for anything that was only sweated in
avoid: cotton next to the skin chills at the first halt
bleach turns elastic to string
tumble drying shrinks wool by a size in one go
three thick layers over a wet shirt are colder than one dry shirt
tight cuffs under gloves slow the blood that warms the fingers
new socks on top of old blisters only hide the matter
""",
    "camping-stoves": """
choose: gas is simple down to freezing, and liquid fuel goes on where gas gives up
a wide burner simmers, a narrow one boils
remote canisters sit low and take a big pan without a wobble
integrated systems win in wind and lose at cooking anything but water
a wood stove needs no fuel in the bag and dry twigs in the forest
eight grams of gas boil half a litre on a calm day
use: a windshield halves the fuel on an exposed pitch
a lid is the lightest way to save gas
a canister kept in the jacket before breakfast burns like a new one
snow melts faster with a splash of water in the pan
a level stone under the stove prevents more spilt suppers than care does
cooking downwind of the door keeps smells and sparks away from fabric
care: a pricker clears the jet in ten seconds when the flame turns yellow
a drop of oil on the seal stops a hiss at the valve
soot wipes off pans that were rubbed with soap on the outside first
half-empty canisters can be weighed on kitchen scales to see what is left
dried-out pump leathers come back with a little oil
titanium pans scorch when they are left dry
avoid: a windshield wrapped tight round a canister can overheat it
refuelling anywhere near a flame is how eyebrows are lost
gas from last winter’s cupboard has often leaked by spring
frying at full heat wastes gas and burns the middle
a stove tested for the first time on the hill fails on the hill
carrying fuel above the food flavours the food
""",
    "water-filters": """
choose: a hollow fibre filter takes out bacteria and protozoa but not viruses
a purifier is for travel, a filter for hill streams
gravity systems need no effort and a tree
a flow of a litre a minute is fast enough for anyone who is not in a race
bottle openings wide enough for ice are wide enough for cleaning
steel lasts longest, soft bottles weigh least
use: clear running water above the last farm makes every filter last longer
a bandana over the intake keeps silt out of the fibres
half a litre an hour is the usual need in mild weather and double that in heat
a drink at the stream saves carrying it up the next climb
tablets work in half an hour in summer and need two in near-frozen water
a pinch of salt in the second litre helps on long hot days
care: backwashing after each trip keeps the flow at its first speed
a filter that has frozen wet must be replaced, because the fibres split unseen
a weak bleach solution cleans bladders and hoses
storing a filter damp and sealed keeps the fibres from sticking
white vinegar clears lime from bottles in one night
a dried bladder hung open with a whisk inside never turns green
avoid: mixing up the dirty and the clean bottle undoes the whole exercise
squeezing harder does not make a clogged filter faster, it makes it burst
water below a sheep pen is water below a sheep pen
waiting for thirst is waiting too long
boiling every litre is safe and burns a canister in three days
a new taste from an old bottle is the bottle asking to be washed
""",
    "head-torches": """
choose: two hundred lumens find a path and four hundred find a way without one
burn time is quoted down to a glow that nobody can walk by
a reactive beam saves power on open ground and flickers in fog
red light keeps the eyes used to the dark and the hut asleep
buttons must work in gloves or they do not work in winter
a spare battery weighs less than the second torch and helps as much
use: a torch held at the hip shows the relief of the path that a beam from the brow hides
the low setting is enough at camp and keeps hours in hand
a lock on the switch stops a torch from shining all day in the bag
a beam tilted to three paces ahead keeps the stride natural
a bottle of water over an upturned torch makes a lantern
six flashes a minute are the signal for help in the hills
care: contacts rubbed with an eraser bring a dim torch back
lithium cells like to be stored half full and cool
a headband washes at thirty degrees with the lamp off
seals want a trace of silicone grease each autumn
salt water is rinsed off the same day or it stays for good
a charge on the first of each winter month keeps cells healthy
avoid: packing the only torch at the bottom of the bag guarantees finding it by touch
a phone light leaves no hands and soon no phone
old and new batteries together leak before they shine
looking at a friend with the beam on blinds the friend for ten minutes
a torch without a spare is a plan to be down by four
charging ports left open fill with grit
""",
    "trekking-poles": """
choose: carbon is light and snaps, aluminium is heavier and bends
a folded length under forty centimetres fits across a rucksack
cork grips stay dry in warm hands and foam stays warm in cold ones
lever locks can be worked in gloves, twist locks collect grit
a pole sized for an elbow at a right angle suits most ground
two poles share the work, a single staff leaves a hand for the map
use: poles a little longer downhill and a little shorter uphill save the knees
a hand through the strap from below lets the wrist push without gripping
planting both poles before a stream step gives four feet on the bed
poles cut the load on the knees by about a fifth on long descents
a steady rhythm of pole and opposite foot comes by itself in ten minutes
poles go on the bag before the scramble begins
care: sections pulled apart at home dry out before they corrode
a turn of the lever screw each month keeps poles from slipping
carbide tips last about a thousand miles of mixed ground
grit wiped off the joints saves the anodising
a rubber foot hardens in three years and slips on slate
locks are never oiled, since oil is what makes them slip
avoid: levering a pole from between two stones is how most shafts break
wrist straps on boulder fields turn a stumble into a sprain
poles left outside a hut are poles lent to strangers
wearing baskets on summer paths collects half the heather
carbon with a deep scratch has already decided to fail
leaning on a half-locked section ends in the ditch
""",
    "maps-and-compasses": """
choose: a one to twenty-five thousand sheet shows walls, and walls find the way in mist
a compass with a long baseplate makes straight lines across folds
a mirror sight halves the error of a bearing on far features
waterproof paper costs three pounds more and lasts ten times as long
declination is small here now, but the scale for it matters abroad
a wrist altimeter tells which contour the tent stands on
use: the map turned to match the ground is easier to read than any screen
a bearing aimed off to one side of a bridge tells which way to turn at the stream
double paces counted over a hundred metres make distance out of steps
a handrail such as a wall or stream is worth a longer route in cloud
contours close together on paper are steep on the legs an hour later
a glance at the map every ten minutes prevents a long look every hour
care: folded corners taped on the first day never split
a compass kept away from phones and car speakers keeps its north
bubbles that come at height go again in the valley
paper maps dry flat under books and never on heaters
a case with a working zip outlives five without
old sheets make good wrapping and poor guides
avoid: a phone at five per cent is not a map
following the party in front is following somebody who may be lost
guessing at a path junction costs more time than stopping at it
the red end of the needle belongs in the red house, and half of all errors live there
a route planned without contour lines ends in a gully
magnets in jacket closures have sent whole groups the wrong way
""",
}

_FEATURES = {
    "tents": """
colour-coded poles make the {m} easy to pitch with cold fingers
the {m} pitches outer first, so the inner stays dry in a downpour
two vents high on the flysheet let the {m} breathe on still nights
all seams of the {m} are taped in our workshop
guy points on the {m} are reinforced and take storm lines at every corner
a bathtub floor rises twelve centimetres up the walls of the {m}
the {m} packs down to the size of a loaf
the {m} comes with a repair sleeve, spare cord and two more pegs than it needs
pockets at both ends of the {m} keep torches and glasses off the floor
the inner of the {m} unclips, so the fly can serve as a shelter by itself
""",
    "sleeping-bags": """
a draught collar closes the {m} round the neck without a fight
the zip of the {m} has a stiff guard and has not yet eaten its lining
the foot of the {m} is shaped so that toes have room to stand
baffles on the {m} are cut on a slant and leave no seam without fill
fill for the {m} is traced from farm to bag
the {m} has a small pocket at the chest for a phone that dislikes frost
the shell of the {m} sheds the drips that every tent makes by dawn
a cotton storage sack comes with the {m}, and it should live there
the hood of the {m} is drawn in by two different cords that fingers can tell apart
a loop at the foot lets the {m} hang up to air
""",
    "sleeping-mats": """
one wide valve lets the {m} fill in twelve breaths and empty in one
the surface of the {m} grips the bag instead of sliding from under it
the {m} has raised edges that keep a sleeper in the middle
a repair kit with four patches is folded into the sack of the {m}
the {m} makes no crackle when its owner turns over
the cover of the {m} is coated on the inside and can be mended on the outside
the {m} rolls to the width of a rucksack and no wider
the {m} has a press-stud on each side to join it to a second one
dark fabric helps the {m} to dry quickly in weak sun
the {m} was measured for warmth by an outside laboratory
""",
    "rucksacks": """
the back system of the {m} adjusts while it is being worn
the hip belt of the {m} has two pockets that close with one hand
fabric at the base of the {m} is twice as heavy as on the sides
the {m} has side compression that also holds poles or a mat
a stretch pocket on the front of the {m} swallows a wet shell
the {m} opens from the top and, for those who forget things, down the side
the shoulder straps of the {m} are cut to leave the neck free
load lifters on the {m} do what they say because the frame is tall enough
each buckle of the {m} can be replaced without sewing
the {m} comes with a bright liner that makes small things easy to find
""",
    "walking-boots": """
the sole of the {m} is stitched or bonded so that it can be replaced
the tongue of the {m} is joined at the sides and keeps out gravel
the {m} is built on a last with a broad toe box and a narrow heel
a rubber rand takes the knocks that would open the leather of the {m}
the eyelets of the {m} lock, so the ankle can be laced apart from the instep
the {m} arrives with a spare pair of laces in the box
cleats on the {m} are wide apart and let go of mud
the lining of the {m} dries overnight in a cold porch
a firm midsole stops the {m} from folding on sharp stones
the cuff of the {m} is cut low at the back and does not bite
""",
    "waterproof-jackets": """
the hood of the {m} moves with the head and folds away under the collar
the main zip of the {m} runs both ways and needs no flap
pockets on the {m} sit high enough to open above a hip belt
cuffs on the {m} close over a glove with one pull
the seams of the {m} are sealed with narrow tape to save weight
shoulders of the {m} are doubled where straps rub
the {m} is cut with long arms, so the wrists stay covered on a reach
the finish of the {m} is free of fluorine and can be renewed at home
vents under the arms of the {m} open from wrist to waist
the {m} packs into its own pocket with a loop to clip it on
""",
    "insulated-jackets": """
the {m} has a collar tall enough to hide a chin
fill in the {m} is held in small chambers that do not empty at the elbow
an inside pocket of the {m} takes a water bottle to keep it from freezing
the {m} fits over a shell and under a rucksack
elastic at the wrists of the {m} seals without a fastener
the hem of the {m} draws in with one hand
the fabric of the {m} sheds wind and an hour of snow
the {m} stuffs into a sack no larger than a melon
zip pulls on the {m} are long enough for mittens
the {m} can be mended by us for as long as there is anything to mend
""",
    "base-layers": """
the {m} is knitted without side seams and lies flat under straps
thumb loops on the {m} keep the sleeves down when a jacket goes on
the {m} holds no smell after a long day
the {m} stretches both ways and comes back
yarn for the {m} comes from two farms that we have visited
the {m} has a drop tail that stays tucked in
the {m} dries on a line in the time it takes to cook
the {m} is light enough to forget and warm enough to miss
labels in the {m} are printed, so nothing scratches
the {m} has been washed two hundred times in our tests
""",
    "camping-stoves": """
the {m} folds to fit in a pan with a canister
serrated arms on the {m} hold a pan that other stoves let slide
the {m} can be turned down to a real simmer
the {m} comes apart with one tool, and the tool comes with it
the {m} lights with a spark even after a night in frost
metal parts of the {m} are rounded and do not cut the bag
the {m} boils half a litre in a little over three minutes
the {m} stays steady on uneven ground
every {m} is tested with water and fire before it is packed
the {m} weighs so little that a spare is no burden
""",
    "water-filters": """
the {m} can be cleaned in the field without any tool
threads on the {m} fit ordinary drinks bottles
the {m} gives no taste to water, not even on the first day
the {m} is free of plasticisers and safe in the dishwasher’s top rack
a cap on a leash keeps the mouth of the {m} clean
the {m} has marks for every quarter of a litre
the {m} fits the side pocket of all our packs
spare parts for the {m} will be kept for ten years
the {m} still seals after a drop on to stone
the {m} can be filled with one hand in a shallow stream
""",
    "head-torches": """
the {m} shows its charge in five steps and not in two
the {m} has one large button that gloves can find
the headband of the {m} does not slip on a wet forehead
the {m} survives a metre of water for half an hour
the {m} tilts with a firm click and stays where it was put
the {m} remembers its last setting
the {m} charges from any ordinary cable
the housing of the {m} is screwed, so we can repair it
the {m} starts on low and spares everybody’s eyes
a reflective thread makes the {m} easy to find by other torches
""",
    "trekking-poles": """
the {m} locks with a lever that cold hands can trust
straps on the {m} are lined and marked left and right
every section of the {m} can be bought singly
the {m} has a long lower grip for short steep steps
marks on the {m} make it easy to set both sides alike
the {m} comes with mud baskets and rubber feet
the {m} packs short enough for a bus rack
tips on the {m} can be changed with a pair of pliers
the {m} stands in for a tent pole when needed
the {m} has been bent over a knee more often than we like to say
""",
    "maps-and-compasses": """
the {m} can be read by red light
the {m} floats and has a lanyard
the {m} was drawn with the teams that look for lost walkers
the {m} has rounded corners that do not wear holes in pockets
print on the {m} does not rub off in wet gloves
the {m} works from minus thirty to plus fifty degrees
the {m} comes with a card that explains the first three things to learn
the {m} needs no battery and no signal
the {m} fits the chest pocket of all our shells
the {m} is marked with a place for a name and a telephone number
""",
}

_ANY = """
the {m} comes with a guarantee of five years
the {m} is made in batches of two hundred in our own workshop
the {m} arrives in paper and card and nothing else
every part of the {m} can be replaced at the counter
the {m} finds room in the smallest corner of a load
the {m} was on trial with hire customers for a whole season before it went on sale
the {m} has a loop, so it is not put down and forgotten
the {m} needs no instructions, although two pages come with it
colours of the {m} are dyed without chlorine
the {m} has no part that rattles
the {m} can be sent back to us for mending at any age
the {m} looks better after its second winter than on the shelf
the {m} is checked by hand and signed by whoever checked it
the {m} does one job and leaves the others alone
"""

_SERVICES = {
    "boot-fitting": """
a fitting takes forty minutes and costs nothing when a pair is bought
both feet are measured standing, sitting and on a slope
the ramp in the shop has slabs, scree and a step that finds every loose heel
a fitter watches how the ankle rolls before any box is opened
socks of three thicknesses are there to borrow
insoles are shaped with heat for arches that fall
leather can be stretched over a bunion in two days
a pair that hurts on the carpet can be exchanged within a month
customers with orthotics should bring them along
late afternoon is the best time, since feet have grown by then
children’s feet are measured free every eight weeks
the record of each fitting is kept for the next pair
""",
    "boot-resoling": """
a resole starts with grinding off the old rubber down to the midsole
most stitched boots take three new soles in their life
bonded boots are checked on a jig before a price is given
turnaround is three weeks in summer and two in winter
new rands go on with heat and a day in the press
a choice of three rubbers covers rock, mud and road
boots should arrive clean, dry and with the laces out
uppers that have cracked through cannot be saved and are sent back free
a pair comes home waxed and with new footbeds
hooks and eyelets are replaced at the bench while the glue cures
the cost is about half of a comparable new pair
return postage is paid for anything above one sole
""",
    "tent-repair": """
a torn flysheet is patched on both sides and sealed along the stitch
zips are replaced in matching lengths and keep their storm flaps
bent poles are straightened only once and replaced after that
rucksack buckles, belts and zips are mended while the customer has a coffee
other makers’ tents are welcome when they are clean
mould can be stopped but not removed, and the price says so
a mesh panel takes a day, a groundsheet takes a week
photographs by e-mail are enough for a first estimate
seams are re-taped with a machine that reaches into corners
cat claws account for a third of all punctures on the bench
a repair is guaranteed for two seasons
fabric from tents beyond saving becomes patches and stuff sacks
""",
    "down-washing": """
down is washed by hand in soft water with a soap made for it
drying takes a whole day and is checked every hour by touch
clusters that have broken are topped up with the same fill
shells are reproofed by spray so that the down stays dry
waterproofs are washed, rinsed twice and heated to bring back the beading
a bag comes back in a cotton sack and never in a compression bag
feathers are weighed before and after, and the figures are on the slip
small tears are mended before washing because they grow in the drum
the queue is shortest in February and longest in October
synthetic bags are washed at the same counter for less
stains from sun lotion rarely leave, smells nearly always do
items are posted back tracked and insured
""",
    "equipment-hire": """
hire starts at two nights and is cheapest by the week
every shelter is pitched and dried between customers
a set for two holds shelter, mats, bags, stove and pans
deposits go back on the day the kit is checked
school groups get a list by size and a phone number that is answered
winter sets include axes and crampons for those who have done a course
kit can be picked up at the counter or sent two days ahead
the price of a hire comes off a purchase within a month
a wet return is expected, a muddy one is forgiven
sizes for children start at one metre ten
damage is charged at what the mend costs and no more
the fleet is renewed every third spring and sold in the sale
""",
    "navigation-course": """
a beginners’ day starts with the map on the table and ends on a top without paths
groups are six at most, so everyone leads a leg
the second level is walked at night and in all weathers
instructors hold the mountain leader award and have a first-aid kit with use
compasses and maps are lent for the day
pacing, timing and contours come before any use of a phone
a wet day is a better lesson than a dry one
the route is chosen in the morning to fit the wind
lunch is eaten where it was aimed for or where the group has got to
a certificate can be had, a changed habit is what people come for
private days are arranged for clubs and families
a reading list follows with an exercise for every week of a month
""",
}


@cache
def facts(category: str) -> dict[str, tuple[str, ...]]:
    """Facts about a category by theme."""
    themes: dict[str, list[str]] = {theme: [] for theme in THEMES}
    theme = THEMES[0]
    for row in _rows(_FACTS[category]):
        head, found, rest = row.partition(": ")
        theme, row = (head, rest) if found and head in themes else (theme, row)
        themes[theme].append(row)
    return {theme: tuple(rows) for theme, rows in themes.items()}


@cache
def features(category: str | None) -> tuple[str, ...]:
    """Features of typical products of a category, or of any product; `{m}` is the model."""
    return tuple(_rows(_ANY if category is None else _FEATURES[category]))


@cache
def service_facts(service: str) -> tuple[str, ...]:
    """Facts about a service."""
    return tuple(_rows(_SERVICES[service]))


def _rows(text: str) -> list[str]:
    return text.strip().splitlines()
