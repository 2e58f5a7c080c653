"""Anatomy: the code that a place on the body leads to, read from the words of the chart. Pure, and nothing guessed."""

from __future__ import annotations

import re

from billing.codes import GUIDED_JOINTS

_SMALL = re.compile(
    r"finger|toe|thumb|mcp|\bp\.?i\.?p|\bd\.?i\.?p|mtp|metacarp|metatars|interphal|cmc|carpometacarp|basal|small", re.I
)
_MIDDLE = re.compile(
    r"wrist|elbow|ankle|temporomand|tmj|acromioclav|\bac\b|olecranon|radiocarp|subtalar|sternoclav|retrocalcan|"
    r"calcaneal bursa|achilles bursa|retro-?achill|sinus tarsi|intermediate",
    re.I,
)
_LARGE = re.compile(
    r"knee|shoulder|\bhip\b|subacrom|glenohum|trochant|patell|major|large|anserin|subdeltoid|ischial|"
    r"ischiogluteal|iliopsoas|iliopectin|gluteus med|semimembran",
    re.I,
)
_JOINTS = tuple(zip((_SMALL, _MIDDLE, _LARGE), GUIDED_JOINTS.items(), strict=True))

_NERVES = (
    ("64450", re.compile(r"(lesser|third|3rd|least) occipital", re.I)),
    ("64405", re.compile(r"occipital", re.I)),
    ("64505", re.compile(r"sphenopalat", re.I)),
    ("28899", re.compile(r"tarsal tunnel", re.I)),
    ("64400", re.compile(r"trigemin|supraorbital|infraorbital|mental nerve", re.I)),
    ("64418", re.compile(r"suprascap", re.I)),
    ("64415", re.compile(r"brachial", re.I)),
    ("64417", re.compile(r"axillary", re.I)),
    ("64420", re.compile(r"intercostal", re.I)),
    ("64425", re.compile(r"ilioinguin|iliohypog", re.I)),
    ("64430", re.compile(r"pudendal", re.I)),
    ("64445", re.compile(r"sciatic", re.I)),
    ("64447", re.compile(r"femoral(?! cut)", re.I)),
    ("64454", re.compile(r"genicular", re.I)),
    ("64455", re.compile(r"morton|plantar digital|interdigital", re.I)),
)
#: blocks that are no block of a peripheral nerve; their codes lie outside of an injection office
_NOT_PERIPHERAL = re.compile(
    r"facet|medial branch|zygapophys|transforaminal|paravertebral|stellate|celiac|hypogastric|"
    r"lumbar plexus|cervical plexus|sympathetic|\btap\b|transversus|epidural|(?<!palatine )ganglion",
    re.I,
)
_LESIONS = (
    ("20527", re.compile(r"palmar|dupuytren|M72\.?0", re.I)),
    ("20612", re.compile(r"ganglion|M67\.?4", re.I)),
    ("30200", re.compile(r"turbinate", re.I)),
    ("54200", re.compile(r"peyronie|plaque of the penis|N48\.?6", re.I)),
)
_REGIONS = (
    ("64617", re.compile(r"larynx|laryng|vocal|dysphonia|J38\.?3", re.I)),
    ("64615", re.compile(r"migraine|head and neck|forehead.*neck|procerus|corrugator|G43", re.I)),
    ("64616", re.compile(r"cervical|neck|torticollis|splenius|sternocleido|G24\.?3", re.I)),
    ("52287", re.compile(r"bladder|detrusor|N32|N31", re.I)),
    ("64611", re.compile(r"saliva|parotid|sialorrh|K11\.?7", re.I)),
    ("64612", re.compile(r"bleph|eyelid|hemifacial|facial|orbicularis|G24\.?5|G51", re.I)),
    ("64650", re.compile(r"axill|armpit|L74\.?510", re.I)),
    ("64653", re.compile(r"palm|sole|sweat|L74\.?51", re.I)),
    ("64646", re.compile(r"trunk|paraspinal|abdominal wall", re.I)),
    (
        "64642",
        re.compile(
            r"limb|\barm|\bleg|spastic|calf|forearm|biceps|triceps|gastrocnem|soleus|hamstring|adductor|thigh|"
            r"\bhand\b|wrist|\bfoot\b|G81|G80|I69",
            re.I,
        ),
    ),
)
#: the joints of the spine, and the small nerves that serve them
_FACET = re.compile(r"facet|zygapophys|medial branch", re.I)
_LOWER_SPINE = re.compile(r"lumb|sacr|caudal|\b[ls][1-5]\b", re.I)
_UPPER_SPINE = re.compile(r"cervic|thorac|\bneck\b|\b[ct]1?[0-9]\b", re.I)
#: acts on one side of the body, which say which
SIDED = frozenset(
    {"20600", "20604", "20605", "20606", "20610", "20611", "20550", "20551", "27096", "67028", "69801", "64450"}
    | {"20526", "20527", "20612", "64612", "64616", "64617"}
    | {"64479", "64480", "64483", "64484", "64490", "64491", "64492", "64493", "64494", "64495"}
    | {"0213T", "0214T", "0215T", "0216T", "0217T", "0218T"}
    | {code for code, _ in _NERVES}
)
#: chemodenervation of one side only; the other regions are treated once, both sides together
ONE_SIDED_TOXIN = frozenset({"64612", "64616", "64617"})
_ON_DIGITS = frozenset({"20550", "20551", "20600", "20604"})
#: joints that one code holds together, by the words of their parts
_PARTS = (
    ("knee", re.compile(r"knee|patell|anserin|semimembran", re.I)),
    ("shoulder", re.compile(r"shoulder|subacrom|glenohum|subdeltoid", re.I)),
    ("hip", re.compile(r"\bhip\b|trochant|iliopsoas|iliopectin|gluteus med", re.I)),
    ("wrist", re.compile(r"wrist|radiocarp", re.I)),
    ("elbow", re.compile(r"elbow|olecranon", re.I)),
    ("ankle", re.compile(r"ankle|subtalar|calcaneal bursa|achilles bursa|sinus tarsi", re.I)),
)
_SIDE_WORDS = re.compile(r"\b(left|right|lt|rt|bilateral|both)\b|[^a-z0-9 ]", re.I)
_FINGERS: tuple[str, ...] = (
    r"thumb|pollicis",
    r"index|pointer|\b2nd|second",
    r"middle|\blong\b|\b3rd|third",
    r"\bring|\b4th|fourth",
)
_FINGERS += (r"little|small finger|small toe|pinky|\b5th|fifth",)
_TOES: tuple[str, ...] = (r"great|big|hallu|\b1st|first", *_FINGERS[1:])


def joint_codes(place: str) -> tuple[str, str] | None:
    """The codes for a joint or bursa without and with ultrasound; ``None`` where the words name no joint."""
    return next((codes for words, codes in _JOINTS if words.search(place)), None)


def is_facet(place: str) -> bool:
    """Whether the words name a joint of the spine, or the branches of nerves that are blocked for it."""
    return _FACET.search(place) is not None


def spine_region(place: str) -> str | None:
    """``upper`` for neck and chest, ``lower`` for the lower back; between chest and loins the lower one."""
    if _LOWER_SPINE.search(place):
        return "lower"
    return "upper" if _UPPER_SPINE.search(place) else None


def body_part(place: str) -> str:
    """The place without its side: a knee is a knee on either side, and no shoulder."""
    named = next((part for part, words in _PARTS if words.search(place)), None)
    return named or " ".join(_SIDE_WORDS.sub(" ", place.casefold()).split())


def nerve_code(place: str) -> str | None:
    """The code for a block at this nerve; ``None`` where no nerve is named, or one that is not peripheral."""
    if not place.strip() or _NOT_PERIPHERAL.search(place):
        return None
    return next((code for code, words in _NERVES if words.search(place)), "64450")


def is_carpal_tunnel(place: str) -> bool:
    """The tunnel at the wrist has a code of its own, whatever the route is called."""
    return "carpal tunnel" in place.casefold() and "meta" not in place.casefold()


def lesion_code(told: str) -> str | None:
    """The code of its own that a lesion has; ``None`` for lesions that are counted."""
    return next((code for code, words in _LESIONS if words.search(told)), None)


def toxin_region(told: str) -> str | None:
    """The code for the region that a botulinum toxin treats; a limb is told by its first code."""
    return next((code for code, words in _REGIONS if words.search(told)), None)


def limb_codes(muscles: tuple[int, ...]) -> tuple[str, ...]:
    """The codes for limbs in the order of their muscles, most first: one first code, the others added to it."""
    ordered = sorted(muscles, reverse=True)
    first = ("64644" if m >= 5 else "64642" for m in ordered[:1])
    return (*first, *("64645" if m >= 5 else "64643" for m in ordered[1:]))


def side_mark(code: str, place: str, side: str | None) -> str | None:
    """The modifier for the side: a finger or toe has its own, both sides together carry 50."""
    if code not in SIDED or side is None:
        return None
    digit = _digit(place, side) if code in _ON_DIGITS else None
    return digit or {"left": "LT", "right": "RT", "both": "50"}.get(side)


def _digit(place: str, side: str) -> str | None:
    """FA and F1 to F9 for fingers, TA and T1 to T9 for toes: left before right, from the thumb or great toe."""
    plain = place.casefold()
    if side not in ("left", "right") or re.search(r"cmc|carpometacarp|basal", plain):
        return None
    toe = re.search(r"\btoe|hallu|mtp|metatars", plain)
    if not toe and not re.search(r"finger|thumb|mcp|\bp\.?i\.?p|\bd\.?i\.?p|trigger|digit", plain):
        return None
    number = next((n for n, words in enumerate(_TOES if toe else _FINGERS) if re.search(words, plain)), None)
    if number is None:
        return None
    letter, place_number = ("T" if toe else "F"), number + (5 if side == "right" else 0)
    return f"{letter}{place_number or 'A'}"
