"""Where this dose may go on this patient: the tiles, what stands on each, and where it is on the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from injections.facts import Administration, PastDose, Product, SparedSide, known
from injections.quantity import format_dose
from injections.sites import Anchor, Site, belongs_to, over_usual_volume, site_of, sites_for
from injections.templatetags.words import day as day_words

OTHER = {"left": "right", "right": "left"}
VIEWS = ("front", "back")
#: the picture: each view is 84 wide and the body 200 tall, cut below the knees
WIDTH, HEIGHT, GAP, APART = 84, 200, 14, 13


@dataclass(slots=True)
class SiteTile:
    """One answer: "deltoid:left". ``when`` is the day it was last used, ``back`` how many doses ago (1 to 3, 0 is
    longer ago or never), ``suggested`` says why it is, ``avoid`` why no needle goes there."""

    value: str
    words: str
    sub: str
    anchor: Anchor
    side: str = ""
    when: date | None = None
    back: int = 0
    suggested: str = ""
    note: str = ""
    avoid: str = ""
    zone: tuple[int, int] = (0, 0)

    @property
    def under(self) -> str:
        """The second line of the tile: a warning wins over a hint, a hint over history, history over plain words."""
        if self.avoid:
            return f"avoid: {self.avoid}"
        if self.suggested:
            return self.suggested
        if self.when:
            return f"{'last time, ' if self.back == 1 else ''}{day_words(self.when)}"
        return self.note or self.sub


@dataclass(slots=True)
class BodyMap:
    """The tiles in anatomical order, and the views of the body that they need."""

    tiles: list[SiteTile] = field(default_factory=list)
    views: tuple[str, ...] = ()

    @property
    def used(self) -> bool:
        """Whether any of these places was used before."""
        return any(tile.back for tile in self.tiles)

    @property
    def width(self) -> int:
        return len(self.views) * WIDTH + (len(self.views) - 1) * GAP

    @property
    def back_at(self) -> int:
        """Where the back begins on the picture."""
        return self.views.index("back") * (WIDTH + GAP) if "back" in self.views else 0


def body_map(dose: Administration, history: Iterable[PastDose], spared: Iterable[SparedSide] = ()) -> BodyMap:
    """The places for the route of this dose, those of the drug's own file where it names any.

    ``spared`` are the sides of this patient to avoid: they are marked, and never suggested.
    """
    tiles = [tile for site in _offered(dose) for tile in _tiles(site, dose)]
    _spare(tiles, list(spared))
    used = [past for past in history if past.site]
    _remember(tiles, used)
    _suggest(tiles, used)
    views = tuple(view for view in VIEWS if any(tile.anchor.view == view for tile in tiles))
    found = BodyMap(tiles, views)
    _place(found)
    return found


def _place(found: BodyMap) -> None:
    """Where each zone stands on the picture; one that would cover another is moved down."""
    taken: list[tuple[int, int]] = []
    for tile in found.tiles:
        shift = found.back_at if tile.anchor.view == "back" else 0
        x, y = round(tile.anchor.x * WIDTH / 100) + shift, round(tile.anchor.y * HEIGHT / 100)
        while any(abs(x - other) < APART and abs(y - above) < APART for other, above in taken):
            y += 2
        taken.append((x, y))
        tile.zone = (x, y)


def _offered(dose: Administration) -> list[Site]:
    by_route = list(sites_for(known(dose.route)))
    product: Product | None = dose.product
    named = [site for site in by_route if product is not None and site.key in product.sites]
    return named or by_route


def _tiles(site: Site, dose: Administration) -> Iterator[SiteTile]:
    """Right and left of a paired place; the plain word first, the muscle under it."""
    muscle, _, plain = site.words.partition(" (")
    name, sub = (plain.rstrip(")"), muscle) if plain else (muscle, "")
    usual = site.usual_volume if over_usual_volume(site, dose.volume) else None
    note = f"usually up to {format_dose(usual)}" if usual is not None else ""
    for side in ("right", "left") if site.paired else ("",):
        words = _sided(name, side)
        value = f"{site.key}:{side}" if side else site.key
        yield SiteTile(value, words, sub, site.anchor.on(side), side, note=note)


def _sided(name: str, side: str) -> str:
    """ "Right deltoid", "Front of the right thigh"."""
    words = name.replace(" of the ", f" of the {side} ") if " of the " in name else f"{side} {name}"
    words = " ".join(words.split())
    return words[:1].upper() + words[1:]


def _spare(tiles: list[SiteTile], spared: list[SparedSide]) -> None:
    """The reason on each place of a side to avoid."""
    for tile in tiles:
        site = site_of(tile.value.partition(":")[0])
        reasons = [one.why for one in spared if one.side == tile.side and belongs_to(site, one.part)]
        tile.avoid = ", ".join(dict.fromkeys(reasons))


def _remember(tiles: list[SiteTile], used: list[PastDose]) -> None:
    """The last three places with their days, the latest first."""
    for back, past in enumerate(reversed(used[-3:]), start=1):
        value = f"{past.site}:{past.side}" if past.side else str(past.site)
        for tile in tiles:
            if tile.value == value and not tile.back:
                tile.when, tile.back = past.given, back


def _suggest(tiles: list[SiteTile], used: list[PastDose]) -> None:
    """The other side of the last place; where that is to be avoided, the next place that is not.

    Without history nothing is said.
    """
    if not used or used[-1].side not in OTHER:
        return
    last = used[-1]
    wanted = f"{last.site}:{OTHER[str(last.side)]}"
    turn = next((tile for tile in tiles if tile.value == wanted), None)
    if turn is not None and turn.avoid:
        free = (tile for tile in tiles if not (tile.avoid or tile.note or tile.back == 1))
        turn = next(free, None)
        reason = "suggested: a new place"
    else:
        reason = "suggested: its turn"
    if turn is not None and not turn.note:
        turn.suggested = reason


def words_of(value: str) -> str:
    """ "deltoid:left" as the page says it; anything else as it stands."""
    key, _, side = value.partition(":")
    try:
        return f"{side} {site_of(key).words}".strip()
    except KeyError:
        return value
