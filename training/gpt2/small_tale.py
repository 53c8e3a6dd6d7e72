"""A grammar of very small stories: somebody finds, wants or loses a thing, is in danger or runs a race, and it ends.

In a line `{name}` stands for what the tale is about, and `(a|b|c)` for one of these.
"""

import re
from random import Random

from everyday import an

HEROES = [  # who, pronouns, home
    *[(who, "he him his", home) for who, home in (
        ("fox", "forest"), ("bear", "forest"), ("rabbit", "garden"), ("mouse", "old house"), ("frog", "pond"), ("wolf", "forest"),
        ("dog", "farm"), ("king", "castle"), ("boy", "village"), ("farmer", "farm"),
    )],
    *[(who, "she her her", home) for who, home in (
        ("cat", "house"), ("duck", "pond"), ("bird", "tall tree"), ("hen", "farm"), ("girl", "village"), ("queen", "castle"),
        ("princess", "castle"), ("owl", "old tree"), ("cow", "farm"),
    )],
]  # fmt: skip
TRAITS = "little old young kind clever lazy happy sad brave small hungry quiet".split()
THINGS = [
    "red ball", "golden key", "small boat", "warm coat", "silver bell", "big apple", "blue hat", "loaf of bread", "magic stone",
    "yellow flower", "old book", "jar of honey", "little lamp", "round cake",
]  # fmt: skip
PLACES = [
    "under a tree", "by the river", "in the grass", "near the well", "behind the house", "on the hill", "in the snow", "on the road",
]  # fmt: skip

WHEN = ["One day", "One morning", "One evening", "In the winter", "One summer day"]
OPENINGS = [
    ["Once upon a time there was {a_hero}.", "{He} lived {at_home}."],
    ["There was once {a_hero} who lived {at_home}."],
    ["{A_hero} lived {at_home}."],
    ["Long ago {a_hero} lived {at_home} with {his} (mother|three brothers|two sisters|old father|friends)."],
]
CLOSINGS = ["And they lived happily ever after.", "That is the end of the story.", "And that was that."]
PLOTS = {  # plot: the alternatives of each line in the middle, the alternatives of the end
    "find": (
        [
            ["{when} the {hero} found {a_thing} {place}.", "{when} {he} went for a walk and saw {a_thing} {place}."],
            [
                '"(What is this|Whose is it|Is it mine)?" said the {hero}.',
                "{He} was very (happy|glad|surprised).",
                "{He} took the {short} home.",
            ],
            [
                'But {an_other} came and said, "That is my {short}."',
                "Then {he} met {an_other} who was looking for the {short}.",
                "But the {short} belonged to {an_other}.",
            ],
        ],
        [
            ["So the {hero} gave the {short} back.", "The {other} thanked {him}, and they became friends."],
            ["The {hero} did not want to give it back.", "So the {other} went away and never spoke to {him} again."],
            ['"Let us share it," said the {hero}.', "And so they did."],
        ],
    ),
    "want": (
        [
            ["{He} wanted (more than anything|very much) to have {a_thing}."],
            [
                "{when} {he} asked the {other}, but the {other} had none.",
                "{when} {he} went to the market to buy one.",
                "{when} {he} worked all day for the {other}.",
            ],
            ["{He} looked {place}, but {he} found nothing.", "It was (a long way|cold and dark|very far), but {he} did not stop."],
        ],
        [
            ["At last {he} found {a_thing} {place}.", "The {hero} was happy for the rest of {his} life."],
            ["In the evening the {other} gave {him} {a_thing}.", '"Thank you," said the {hero}.'],
            ["When {he} came home, {his} mother had {a_thing} for {him}.", "{He} laughed and danced all night."],
        ],
    ),
    "lose": (
        [
            ["{He} had {a_thing}, and {he} loved it very much."],
            ["{when} {he} lost it {place}.", "{when} the {short} was gone.", "{when} {an_other} took it away."],
            ["The {hero} (cried|was very sad|could not sleep).", '"Where is my {short}?" {he} cried.', "{He} looked everywhere."],
        ],
        [
            ['Then the {other} came and said, "I will help you."', "Together they found the {short} {place}."],
            ["But nobody had seen it.", "So the {hero} went to bed without {his} {short}."],
            ["The {other} found it {place} and brought it back.", "From that day the {hero} and the {other} were good friends."],
        ],
    ),
    "danger": (
        [
            [
                "{when} the {hero} fell into the (river|well|snow|water).",
                "{when} there was a great (fire|storm|wind).",
                "{when} {he} lost {his} way in the dark forest.",
            ],
            ['"Help, help!" {he} cried.', "{He} was very (afraid|cold|tired).", "Nobody was there."],
            ["{An_other} heard {him} and came as fast as {they} could.", "But {an_other} saw what had happened."],
        ],
        [
            ["The {other} pulled {him} out, and they went home together.", "A friend in need is a friend indeed."],
            ["The {other} showed {him} the way home.", "The {hero} never forgot it."],
            ['"Do not be afraid," said the {other}.', "Soon the {hero} was safe and warm at home."],
        ],
    ),
    "race": (
        [
            [
                '{when} {he} said to the {other}, "I am (faster|stronger|wiser) than you."',
                "{when} the {hero} and the {other} ran a race to the river.",
            ],
            ["The {other} only laughed.", "The {hero} ran fast, but soon {he} was tired.", "All the animals came to see it."],
            ["The {hero} sat down {place} and slept.", "The {other} went on step by step."],
        ],
        [
            ["When {he} woke up, the {other} had won.", "Pride comes before a fall."],
            ["So the {other} came first.", "Slow and steady wins the race."],
            ["In the end they came home at the same time.", '"We are both good," said the {other}, and they laughed.'],
        ],
    ),
}


def small_tale(rng: Random) -> list[str]:
    """A tale of three to eight sentences."""
    (hero, pronouns, home), (other, other_pronouns, _) = rng.sample(HEROES, 2)
    he, him, his = pronouns.split()
    trait, thing, place = rng.choice(TRAITS), rng.choice(THINGS), rng.choice(PLACES)
    a_hero, an_other = an(f"{trait} {hero}"), an(other)
    names = {
        "hero": hero, "other": other, "he": he, "He": he.capitalize(), "him": him, "his": his, "they": other_pronouns.split()[0],
        "a_hero": a_hero, "A_hero": a_hero.capitalize(), "an_other": an_other, "An_other": an_other.capitalize(),
        "a_thing": an(thing), "short": thing.split()[-1], "place": place, "at_home": f"{'on' if home == 'farm' else 'in'} {an(home)}",
    }  # fmt: skip

    def told(alternatives: list[list[str]]) -> list[str]:
        """One of the alternatives; the choices within each are made before, whichever is told."""
        filled = [[fill(line) for line in lines] for lines in alternatives]
        return filled[0] if len(filled) == 1 else rng.choice(filled)

    def fill(line: str) -> str:
        return re.sub(r"\(([^)]+)\)", lambda found: rng.choice(found[1].split("|")), line).format(**names)

    opening = told(OPENINGS)
    names["when"] = rng.choice(WHEN)
    middle, end = PLOTS[rng.choice(list(PLOTS))]
    story = opening + [line for lines in middle for line in told([[line] for line in lines])] + told(end)
    if rng.random() < 0.3:
        story.append(rng.choice(CLOSINGS))
    return [sentence[0].upper() + sentence[1:] for sentence in story]
