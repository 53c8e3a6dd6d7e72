"""A seeded generator of simple everyday sentences, so that a masked simple sentence gets a sensible word.

The corpora are reviews, definitions, speeches and old novels; nobody in them buys milk. Each document is
two to five short sentences that belong together, which also gives next-sentence pairs of plain English.
"""

from collections.abc import Callable
from random import Random

NEGATIVE, POSITIVE, UNLABELLED = 0, 1, -100

CAPITALS = dict(
    pair.split(":")
    for pair in (
        "france:paris,germany:berlin,italy:rome,spain:madrid,england:london,japan:tokyo,china:beijing,russia:moscow,"
        "egypt:cairo,greece:athens,canada:ottawa,portugal:lisbon,austria:vienna,sweden:stockholm,norway:oslo,"
        "denmark:copenhagen,ireland:dublin,poland:warsaw,turkey:ankara,cuba:havana,peru:lima,kenya:nairobi,"
        "belgium:brussels,hungary:budapest,finland:helsinki,switzerland:bern,australia:canberra,iran:tehran"
    ).split(",")
)
LANGUAGES = dict(
    pair.split(":")
    for pair in (
        "france:french,germany:german,italy:italian,spain:spanish,england:english,japan:japanese,china:chinese,"
        "russia:russian,greece:greek,portugal:portuguese,sweden:swedish,norway:norwegian,poland:polish,turkey:turkish"
    ).split(",")
)
ANIMALS = {  # animal: (what it says or does, what it eats, where it lives)
    "dog": ("barks", "meat", "house"), "cat": ("meows", "fish", "house"), "cow": ("moos", "grass", "farm"),
    "horse": ("runs fast", "hay", "farm"), "sheep": ("gives us wool", "grass", "farm"), "bird": ("sings", "seeds", "tree"),
    "duck": ("swims", "bread", "pond"), "fish": ("swims", "small plants", "water"), "lion": ("roars", "meat", "wild"),
    "mouse": ("squeaks", "cheese", "hole"), "rabbit": ("jumps", "carrots", "garden"), "bear": ("sleeps all winter", "honey", "forest"),
    "wolf": ("howls", "meat", "forest"), "monkey": ("climbs trees", "bananas", "jungle"), "frog": ("jumps", "insects", "pond"),
    "pig": ("likes mud", "corn", "farm"), "hen": ("lays eggs", "corn", "farm"), "owl": ("flies at night", "mice", "forest"),
}  # fmt: skip
COLOURS = "red blue green yellow white black brown pink purple orange grey".split()
COLOURED = {
    "sky": "blue", "grass": "green", "snow": "white", "blood": "red", "coal": "black", "milk": "white", "sun": "yellow",
    "banana": "yellow", "lemon": "yellow", "tomato": "red", "leaf": "green", "sea": "blue", "night": "black", "chocolate": "brown",
}  # fmt: skip
OPPOSITES = [
    pair.split(":")
    for pair in (
        "hot:cold,big:small,good:bad,happy:sad,old:young,fast:slow,light:dark,up:down,open:closed,rich:poor,hard:soft,"
        "day:night,black:white,tall:short,clean:dirty,long:short,early:late,strong:weak,full:empty,high:low,wet:dry"
    ).split(",")
]
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
MONTHS = "january february march april may june july august september october november december".split()
NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
NAMES_SHE = "mary anna sarah lucy emma jane lisa alice maria susan".split() + ["my mother", "my sister", "the girl", "the woman"]
NAMES_HE = "john tom peter david paul james jack henry bob mark".split() + ["my father", "my brother", "the boy", "the man"]
SHOPS = {  # place: things bought there
    "store": "milk bread eggs rice sugar cheese coffee soap".split(),
    "market": "apples fish potatoes tomatoes flowers oranges vegetables".split(),
    "bakery": "bread cake cookies".split(),
    "bookstore": ["a book", "a map", "a newspaper", "a dictionary"],
    "mall": ["a coat", "new shoes", "a dress", "a hat", "a gift"],
}
MEALS = {
    "breakfast": "eggs bread cereal fruit toast".split(),
    "lunch": "soup salad rice pasta".split() + ["a sandwich"],
    "dinner": "fish chicken meat pasta rice pizza".split(),
}
DRINKS = "water milk tea coffee juice".split()
JOBS = {  # job: (where, what they do)
    "teacher": ("school", "teaches children"), "doctor": ("hospital", "helps sick people"), "nurse": ("hospital", "takes care of patients"),
    "farmer": ("farm", "grows food"), "cook": ("restaurant", "makes dinner"), "baker": ("bakery", "bakes bread"),
    "waiter": ("restaurant", "serves food"), "pilot": ("airport", "flies planes"), "lawyer": ("court", "knows the law"),
    "scientist": ("laboratory", "does research"), "singer": ("theater", "sings songs"), "student": ("university", "reads many books"),
    "driver": ("city", "drives a bus"), "writer": ("office", "writes books"), "artist": ("studio", "paints pictures"),
}  # fmt: skip
SEATS = "mat chair floor sofa bed table roof".split()
ROOMS = {"kitchen": "cooking dinner", "bedroom": "sleeping", "bathroom": "taking a bath", "garden": "playing", "living room": "watching tv"}
WEATHER = {  # weather: what people do
    "raining": "stay at home", "snowing": "wear a warm coat", "sunny": "go to the beach", "cold": "make a fire", "hot": "drink cold water",
}  # fmt: skip
GOOD = (
    "excellent wonderful great good amazing brilliant superb delightful charming beautiful funny fantastic touching "
    "perfect enjoyable fresh fascinating clever outstanding moving fun lovely impressive terrific"
).split()
BAD = (
    "terrible awful bad boring dull horrible stupid lifeless tedious disappointing poor weak silly annoying "
    "predictable pointless ugly empty unfunny forgettable slow worthless painful clumsy"
).split()
GOOD_NOUNS = "delight triumph joy masterpiece success treat pleasure surprise".split()
BAD_NOUNS = "mess failure disaster bore disappointment waste mistake joke".split()
FILM = ["movie", "film", "story", "acting", "show", "book", "script", "music", "picture", "plot"]


def person(rng: Random) -> tuple[str, str, str, str]:
    """(name, subject, object and possessive pronoun)"""
    if rng.random() < 0.5:
        return rng.choice(NAMES_SHE), "she", "her", "her"
    return rng.choice(NAMES_HE), "he", "him", "his"


def an(word: str) -> str:
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def capital(rng: Random) -> list[str]:
    country, city = rng.choice(sorted(CAPITALS.items()))
    name, subject, _, _ = person(rng)
    facts = [
        f"{city} is the capital of {country}.",
        f"the capital of {country} is {city}.",
        f"{city} is a city in {country}.",
        f"{name} lives in {city}, the capital of {country}.",
        f"i went to {country} and visited {city}.",
    ]
    if country in LANGUAGES:
        facts += [f"people in {country} speak {LANGUAGES[country]}.", f"in {city} they speak {LANGUAGES[country]}."]
    return rng.sample(facts, rng.randint(2, 4))


def shopping(rng: Random) -> list[str]:
    shop, goods = rng.choice(sorted(SHOPS.items()))
    thing = rng.choice(goods)
    some = thing if " " in thing and thing.split()[0] in ("a", "new") else f"some {thing}"
    if rng.random() < 0.5:
        first, who, pronoun = "i", "i", "i"
    else:
        first, pronoun, _, _ = person(rng)
        who = pronoun
    rest = [
        f"{who} bought {some}.",
        f"but the {shop} was closed.",
        f"{who} paid with {rng.choice(['cash', 'a card', 'ten dollars'])}.",
        f"then {pronoun} went home.",
        f"{who} needed {some} for {rng.choice(['dinner', 'a friend', 'the party', 'the children', 'the family'])}.",
    ]
    verb = rng.choice(["went", "walked", "drove"])
    return [f"{first} {verb} to the {shop} to {rng.choice(['buy', 'get'])} {some}."] + rng.sample(rest, rng.randint(1, 3))


def animal(rng: Random) -> list[str]:
    name, (does, eats, home) = rng.choice(sorted(ANIMALS.items()))
    colour, place = rng.choice(COLOURS[4:7]), rng.choice(SEATS)
    facts = [
        f"the {name} {does}.",
        f"{an(name)} eats {eats}.",
        f"the {name} lives in the {home}.",
        f"the {colour} {name} sat on the {place}.",
        f"the {name} {rng.choice(['sat', 'slept', 'was sleeping', 'was sitting'])} on the {place}.",
        f"{an(name)} is an animal.",
        f"the {name} is {rng.choice(['hungry', 'small', 'big', 'happy', 'tired', colour])}.",
        f"the {name} wants to eat {eats}.",
        f"i saw {an(name)} in the {home}.",
    ]
    return rng.sample(facts, rng.randint(2, 4))


def pet(rng: Random) -> list[str]:
    name, subject, obj, possessive = person(rng)
    kind = rng.choice(["dog", "cat", "bird", "horse", "rabbit"])
    colour, place = rng.choice(COLOURS), rng.choice(SEATS)
    facts = [
        f"the {kind} is {colour}.",
        f"{subject} loves {possessive} {kind}.",
        f"the {kind} likes to sleep on the {place}.",
        f"the {kind} {ANIMALS[kind][0]} and eats {ANIMALS[kind][1]}.",
        f"every day {subject} plays with the {kind}.",
    ]
    return [f"{name} has {an(colour) if rng.random() < 0.3 else 'a'} {kind}."] + rng.sample(facts, rng.randint(1, 3))


def colour(rng: Random) -> list[str]:
    items = rng.sample(sorted(COLOURED.items()), 3)
    return [rng.choice([f"the {thing} is {hue}.", f"the color of the {thing} is {hue}."]) for thing, hue in items]


def opposite(rng: Random) -> list[str]:
    pairs = [rng.sample(pair, 2) for pair in rng.sample(OPPOSITES, 3)]
    return [rng.choice([f"the opposite of {a} is {b}.", f"{a} is the opposite of {b}.", f"it is not {a}, it is {b}."]) for a, b in pairs]


def calendar(rng: Random) -> list[str]:
    names = rng.choice([DAYS, MONTHS])
    at = rng.randrange(len(names))
    today, after = names[at], names[(at + 1) % len(names)]
    unit = "day" if names is DAYS else "month"
    facts = [f"the {unit} after {today} is {after}.", f"{after} comes after {today}.", f"{today} comes before {after}."]
    if unit == "day":
        facts += [f"today is {today} and tomorrow is {after}.", f"if today is {today}, tomorrow will be {after}.", "there are seven days in a week."]
    else:
        facts += [f"her birthday is in {today}.", "there are twelve months in a year."]
    return rng.sample(facts, rng.randint(2, 3))


def counting(rng: Random) -> list[str]:
    a = rng.randrange(1, 7)
    b = rng.randrange(1, 13 - a)
    one, other, total = NUMBERS[a - 1], NUMBERS[b - 1], NUMBERS[a + b - 1]
    name, subject, _, _ = person(rng)
    thing = rng.choice(["apples", "books", "cats", "balls", "friends", "children", "cookies"])
    return rng.choice(
        [
            [f"{name} has {one} {thing}.", f"{subject} gets {other} more.", f"now {subject} has {total} {thing}."],
            [f"{one} plus {other} is {total}.", f"{a} + {b} = {a + b}."],
            [f"{NUMBERS[a - 1]} comes before {NUMBERS[a]}.", f"{NUMBERS[a]} comes after {NUMBERS[a - 1]}."],
        ]
    )


def meal(rng: Random) -> list[str]:
    name, subject, _, possessive = person(rng)
    when, foods = rng.choice(sorted(MEALS.items()))
    food, drink = rng.choice(foods), rng.choice(DRINKS)
    facts = [
        f"{subject} was {rng.choice(['hungry', 'very hungry', 'happy'])}.",
        f"{subject} drank a {'cup' if drink in ('tea', 'coffee') else 'glass'} of {drink}.",
        f"the food was {rng.choice(['good', 'hot', 'cold', 'delicious', 'very good'])}.",
        f"then {subject} washed the dishes.",
        f"{subject} ate with {possessive} {rng.choice(['family', 'friends', 'children'])}.",
    ]
    hour = {"breakfast": "morning", "lunch": "afternoon", "dinner": "evening"}[when]
    return [rng.choice([f"{name} ate {food} for {when}.", f"in the {hour} {name} had {food} for {when}."])] + rng.sample(facts, rng.randint(1, 3))


def job(rng: Random) -> list[str]:
    name, subject, _, _ = person(rng)
    title, (place, does) = rng.choice(sorted(JOBS.items()))
    facts = [
        f"{subject} works in {an(place)}.",
        f"{an(title)} {does}.",
        f"{subject} goes to work {rng.choice(['every day', 'every morning', 'by bus', 'by car', 'by train'])}.",
        f"{subject} {rng.choice(['likes', 'loves'])} the work.",
    ]
    return [f"{name} is {an(title)}."] + rng.sample(facts, rng.randint(1, 3))


def home(rng: Random) -> list[str]:
    name, subject, obj, possessive = person(rng)
    room, doing = rng.choice(sorted(ROOMS.items()))
    facts = [
        f"{subject} is {doing}.",
        f"{subject} opened the {rng.choice(['door', 'window'])}.",
        f"{subject} sat down on a chair and read a book.",
        f"{subject} was tired and went to bed.",
        f"{subject} lost {possessive} {rng.choice(['keys', 'phone', 'book', 'hat'])}.",
        f"{rng.choice(['a friend', 'the teacher', 'a neighbor'])} called {obj} on the phone.",
    ]
    return [f"{name} is in the {room}."] + rng.sample(facts, rng.randint(1, 3))


def weather(rng: Random) -> list[str]:
    sky, advice = rng.choice(sorted(WEATHER.items()))
    name, subject, _, possessive = person(rng)
    facts = [
        f"we {advice}.",
        f"{name} wants to {advice}.",
        f"when it is {sky}, people {advice}.",
        f"{rng.choice(['in the summer', 'in the winter', 'in the spring', 'in the fall'])} it is often {sky}.",
        f"the children {rng.choice(['play outside', 'stay in the house', 'are happy'])}.",
    ]
    return [f"it is {sky} {rng.choice(['today', 'outside', 'this morning'])}."] + rng.sample(facts, rng.randint(1, 3))


def travel(rng: Random) -> list[str]:
    name, subject, _, possessive = person(rng)
    place = rng.choice(["school", "work", "the park", "the beach", "the station", "the hospital", "the city"])
    means = rng.choice(["bus", "train", "car", "bike", "taxi"])
    facts = [
        f"{subject} was late.",
        f"the {means} was {rng.choice(['slow', 'fast', 'full', 'late'])}.",
        f"{subject} met {rng.choice(['a friend', 'an old friend', 'the teacher'])} on the way.",
        f"in the evening {subject} came home.",
        f"{subject} left {possessive} {rng.choice(['bag', 'umbrella', 'phone'])} on the {means}.",
    ]
    return [f"{name} went to {place} by {means}."] + rng.sample(facts, rng.randint(1, 3))


def opinion(rng: Random) -> tuple[list[str], int]:
    """A verdict of one or two sentences, with its label."""
    label = rng.choice([NEGATIVE, POSITIVE])
    words, nouns = (GOOD, GOOD_NOUNS) if label == POSITIVE else (BAD, BAD_NOUNS)
    first, second = rng.sample(words, 2)
    thing, noun = rng.choice(FILM), rng.choice(nouns)
    feeling = "loved liked enjoyed" if label == POSITIVE else "hated disliked regretted"
    verdicts = [
        f"the {thing} was {first}.",
        f"this {thing} is {first} and {second}.",
        f"the {thing} was {an(first)} {noun}.",
        f"what {an(first)} {thing}!",
        f"i {rng.choice(feeling.split())} this {thing}.",
        f"it was {first}.",
        f"the {thing} is so {first}.",
    ]
    return rng.sample(verdicts, rng.randint(1, 2)), label


KINDS: list[Callable[[Random], list[str]]] = [
    capital, shopping, animal, pet, colour, opposite, calendar, counting, meal, job, home, weather, travel,
]  # fmt: skip


def everyday_documents(seed: int, count: int = 8000) -> list[tuple[list[str], int]]:
    """`count` documents: (sentences, sentiment label); one in eight is an opinion with a label."""
    rng = Random(seed)
    return [
        opinion(rng) if rng.random() < 1 / 8 else (rng.choice(KINDS)(rng), UNLABELLED)
        for _ in range(count)
    ]  # fmt: skip
