"""What kind of place a location is: CMS's two digits in our own words, and what they mean for whoever charts there.

Without the two codes for telehealth: nobody is injected through a screen. Source: CMS place of service code set.
"""

from __future__ import annotations

#: places whose practice charges for the injection itself
OWN = {
    "01": "pharmacy",
    "03": "school",
    "04": "homeless shelter",
    "05": "Indian Health Service, free-standing",
    "07": "tribal 638, free-standing",
    "09": "prison",
    "11": "office",
    "12": "patient's home",
    "13": "assisted living",
    "14": "group home",
    "15": "mobile unit",
    "16": "temporary lodging",
    "17": "walk-in retail clinic",
    "18": "worksite",
    "20": "urgent care",
    "25": "birthing center",
    "27": "street outreach",
    "32": "nursing facility",
    "33": "custodial care",
    "49": "independent clinic",
    "50": "federally qualified health center",
    "54": "intermediate care",
    "55": "residential substance use",
    "57": "non-residential substance use",
    "58": "opioid treatment",
    "60": "mass immunization",
    "62": "outpatient rehabilitation",
    "65": "dialysis facility",
    "66": "PACE",
    "71": "public health clinic",
    "72": "rural health clinic",
    "81": "laboratory",
    "99": "other place",
}
#: places that charge for what is given there: the practice's own claim then holds neither the act nor the drug
FACILITIES = {
    "06": "Indian Health Service, provider-based",
    "08": "tribal 638, provider-based",
    "19": "off-campus hospital department",
    "21": "inpatient hospital",
    "22": "on-campus hospital department",
    "23": "hospital emergency room",
    "24": "surgery center",
    "26": "military treatment facility",
    "31": "skilled nursing facility",
    "34": "hospice",
    "41": "ambulance, land",
    "42": "ambulance, air or water",
    "51": "inpatient psychiatric",
    "52": "psychiatric, partial stay",
    "53": "community mental health center",
    "56": "psychiatric residential",
    "61": "inpatient rehabilitation",
}
ALL = OWN | FACILITIES


def choices(kept: str) -> list[tuple[str, str]]:
    """The office first, then by code; with the code that is kept, where it is not one of the published ones."""
    codes = sorted(ALL.keys() | {kept}, key=lambda code: (code != "11", code))
    return [(code, words(code)) for code in codes if code]


def words(code: str) -> str:
    """ "22, on-campus hospital department"; the code alone where it is not published."""
    return f"{code}, {ALL[code]}" if code in ALL else code
