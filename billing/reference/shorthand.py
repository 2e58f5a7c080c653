"""How people shorten the names of drugs: words that stand for others, and words that break off."""

from __future__ import annotations

#: short words that stand for one longer word only
DRUG_WORDS: dict[str, str] = {
    "pcn": "penicillin",
    "vit": "vitamin",
    "subcu": "subq",
    "decanoas": "decanoate",
}
#: letters that a broken-off word needs to be read as the longer one
_ENOUGH = 3


def short_for(full: str, written: str) -> bool:
    """Whether a name is another with some words broken off: "haldol dec", "methylpred acetate", "depo prov".

    Both are words in lower case. At least one word stands in full, and each word of the one begins just one of the
    other: "dex" alone may be several drugs and is short for none.
    """
    whole, short = full.split(), written.split()
    if len(whole) != len(short) or len(whole) < 2 or whole == short:
        return False
    return (
        set(whole) & set(short) != set()
        and all(sum(_breaks_off(w, word) for word in whole) == 1 for w in short)
        and all(any(_breaks_off(w, word) for w in short) for word in whole)
    )


def _breaks_off(short: str, word: str) -> bool:
    return short == word or (len(short) >= _ENOUGH and short.isalpha() and word.startswith(short))
