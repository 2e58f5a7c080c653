"""Rows of the scope of practice, as state boards publish it. Each is to be looked up anew before relying on it."""

from __future__ import annotations

ASSISTANTS = "MA CMA RMA CCMA NCMA MAC"
SHOTS = "IM SC ID on-body"
VEIN = "IV IV-push IV-infusion"
ANY = "*"
PRACTITIONERS = "MD DO DPM DDS DMD NP APRN ARNP FNP DNP PA CNS CNM CRNA"

#: states in which an order for nobody in particular covers only some drugs: their classes or names, and who says so
PROTOCOLS: dict[str, tuple[str, str]] = {
    "NY": (
        "vaccine skin-test epinephrine naloxone",
        "NY Education Law 6909 and 6527: immunizations, tuberculin tests, anaphylaxis and overdose only (recheck)",
    ),
}

ROWS: tuple[dict[str, str], ...] = (
    {
        "state": "*",
        "credentials": PRACTITIONERS,
        "routes": ANY,
        "verdict": "ALLOWED",
        "source": "state practice acts of physicians and advanced practitioners",
    },
    {
        "state": "*",
        "credentials": "RN BSN MSN",
        "routes": f"{SHOTS} {VEIN}",
        "verdict": "ALLOWED",
        "source": "state practice acts of registered nurses",
    },
    {
        "state": "*",
        "credentials": "LPN LVN",
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "state practice acts of practical nurses (confirm)",
    },
    {
        "state": "*",
        "credentials": "LPN LVN",
        "routes": VEIN,
        "verdict": "QUESTION",
        "source": "many states limit intravenous pushes by practical nurses (recheck the state)",
    },
    {
        "state": "*",
        "credentials": ASSISTANTS,
        "routes": VEIN,
        "verdict": "QUESTION",
        "source": "most states keep intravenous drugs from medical assistants (recheck the state)",
    },
    {
        "state": "NY",
        "credentials": ASSISTANTS,
        "routes": f"{SHOTS} {VEIN}",
        "verdict": "FORBIDDEN",
        "source": "New York State Education Department: medical assistants are unlicensed for injections (recheck)",
    },
    {
        "state": "CT",
        "credentials": ASSISTANTS,
        "routes": f"{SHOTS} {VEIN}",
        "verdict": "FORBIDDEN",
        "source": "Connecticut: medical assistants give no injections but vaccines (recheck)",
    },
    {
        "state": "CT",
        "credentials": ASSISTANTS,
        "routes": "IM SC",
        "classes": "vaccine",
        "verdict": "TRAINED",
        "source": "Connecticut Public Act 22-58: vaccines, by certified assistants after training (confirm)",
    },
    {
        "state": "CA",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "TRAINED",
        "source": "California Business and Professions Code 2069: after documented training (confirm)",
    },
    {
        "state": "TX",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Texas Occupations Code 157.001: by delegation of a physician (confirm)",
    },
    {
        "state": "FL",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Florida Statutes 458.3485: under direct supervision of a physician (confirm)",
    },
    {
        "state": "AZ",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "TRAINED",
        "source": "Arizona Revised Statutes 32-1456: after an approved training (confirm)",
    },
    {
        "state": "WA",
        "credentials": "CMA MAC",
        "routes": SHOTS,
        "verdict": "TRAINED",
        "source": "Washington RCW 18.360.050: assistants whom the state has certified (confirm)",
    },
    {
        "state": "GA",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Georgia Code 43-34-44: injections under a physician's supervision in the office (confirm)",
    },
    {
        "state": "NJ",
        "credentials": "CMA RMA CCMA NCMA",
        "routes": SHOTS,
        "verdict": "TRAINED",
        "source": "New Jersey N.J.A.C. 13:35-6.4: certified assistants after training, a physician on site (confirm)",
    },
    {
        "state": "NJ",
        "credentials": "MA MAC",
        "routes": SHOTS,
        "verdict": "QUESTION",
        "source": "New Jersey N.J.A.C. 13:35-6.4: certified assistants only (confirm)",
    },
    {
        "state": "NJ",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "classes": "controlled antineoplastic allergen local-anaesthetic",
        "verdict": "FORBIDDEN",
        "source": "New Jersey N.J.A.C. 13:35-6.4: no controlled, cancer, allergen or numbing drugs (confirm)",
    },
    {
        "state": "OH",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Ohio Administrative Code 4731-23-03: delegated by a physician who is on site (confirm)",
    },
    {
        "state": "OH",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "classes": "controlled",
        "verdict": "QUESTION",
        "source": "Ohio Administrative Code 4731-23-03: controlled drugs may not be delegated (confirm)",
    },
    {
        "state": "PA",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Pennsylvania 49 Pa. Code 18.402: by delegation of a physician (confirm)",
    },
    {
        "state": "IL",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Illinois 225 ILCS 60/54.2: by delegation of a physician (confirm)",
    },
    {
        "state": "MI",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "Michigan Public Health Code 333.16215: by delegation under supervision (confirm)",
    },
    {
        "state": "NC",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "ALLOWED",
        "source": "North Carolina General Statutes 90-18(c)(13): by delegation of a physician (confirm)",
    },
    {
        "state": "MA",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "verdict": "QUESTION",
        "source": "Massachusetts M.G.L. c. 112 s. 265 speaks of immunizations only (confirm)",
    },
    {
        "state": "MA",
        "credentials": "CMA RMA CCMA NCMA",
        "routes": "IM SC",
        "classes": "vaccine",
        "verdict": "TRAINED",
        "source": "Massachusetts M.G.L. c. 112 s. 265: immunizations, by certified assistants after training (confirm)",
    },
    {
        "state": "SC",
        "credentials": "CMA RMA CCMA NCMA",
        "routes": SHOTS,
        "verdict": "TRAINED",
        "source": "South Carolina Code 40-47-196: credentialed assistants, delegated directly (confirm)",
    },
    {
        "state": "SC",
        "credentials": ASSISTANTS,
        "routes": SHOTS,
        "classes": "controlled antineoplastic chemodenervation",
        "verdict": "QUESTION",
        "source": "South Carolina Code 40-47-196: no controlled drugs, chemotherapy or neurotoxin (confirm)",
    },
)
