"""Who works in the demo practice and who is treated there. Nobody here exists."""

from __future__ import annotations

from dataclasses import dataclass

#: one password for everybody in the demo, printed at its start
PASSWORD = "deltoid-demo-visit"  # nosec B105 # noqa: S105 - the demo is for trying, on the person's own machine

PRACTICE = "Northside Clinic"
TIME_ZONE = "America/Chicago"
LOCATIONS = (
    {"name": "Northside Clinic", "city": "Austin", "state": "TX", "npi": "1999999984"},
    {"name": "Riverside Clinic", "city": "Austin", "state": "TX", "npi": "1999999976"},
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the staff: (sign-in name, given, family, role, credential, NPI)."""

    username: str
    given_name: str
    family_name: str
    role: str
    credential: str = ""
    npi: str = ""


STAFF = (
    Person("adams", "Ada", "Adams", "physician", "MD", "1234567893"),
    Person("okafor", "Ben", "Okafor", "physician", "DO", "1999999992"),
    Person("nand", "Priya", "Nand", "physician", "NP", "1999999968"),
    Person("ito", "Kei", "Ito", "nurse", "RN"),
    Person("walker", "Joan", "Walker", "nurse", "LPN"),
    Person("lee", "Jordan", "Lee", "medical-assistant", "CMA"),
    Person("santos", "Rui", "Santos", "medical-assistant", "CMA"),
    Person("reyes", "Alma", "Reyes", "front-desk"),
    Person("osei", "Kofi", "Osei", "biller"),
    Person("grant", "Dana", "Grant", "manager"),
    Person("novak", "Kim", "Novak", "administrator"),
)


@dataclass(frozen=True, slots=True)
class Treated:
    """A patient: born, sex, weight in kg, payer, member number, allergies as (substance, reaction)."""

    family_name: str
    given_name: str
    born: str
    sex: str
    weight_kg: str
    payer: str
    member: str
    allergies: tuple[tuple[str, str], ...] | None = ()
    established: bool = True
    #: side to avoid as (reason, side, part, more about it)
    avoid: tuple[str, str, str, str] | None = None


PATIENTS = (
    Treated("Rivera", "Maria", "1961-03-14", "F", "71.5", "commercial", "DEMO1001", (("penicillin", "hives"),)),
    Treated("Lopez", "Ana", "1990-02-02", "F", "64", "commercial", "DEMO1002"),
    Treated("Lopes", "Anna", "1992-02-12", "F", "58.2", "commercial-bundling", "DEMO1003"),
    Treated("Doe", "Alan", "1948-07-30", "M", "80.1", "medicare", "1DE0TE1ST04"),
    Treated("Mendez", "Luis", "1957-08-08", "M", "77", "medicare", "1DE0TE1ST05"),
    Treated("Park", "Soo-Jin", "1951-11-19", "F", "55.4", "medicare", "1DE0TE1ST06"),
    Treated("Walsh", "Erin", "1986-05-23", "F", "68", "commercial", "DEMO1007", (("codeine", "rash"),)),
    Treated("Haddad", "Nour", "1979-09-01", "F", "73.3", "commercial", "DEMO1008"),
    Treated("Kowalski", "Jan", "1983-12-06", "M", "91", "commercial-bundling", "DEMO1009"),
    Treated("Tran", "Mai", "1974-04-17", "F", "52.6", "commercial", "DEMO1010"),
    Treated("Baker", "Tom", "1949-01-25", "M", "84.9", "medicare", "1DE0TE1ST11"),
    Treated(
        "O'Brien",
        "Siobhán",
        "1966-06-11",
        "F",
        "66.1",
        "medicare-advantage",
        "DEMO1012",
        avoid=("mastectomy", "left", "arm", "2019, lymph nodes removed"),
    ),
    Treated("Nguyễn", "Minh", "1995-10-30", "M", "62.7", "medicaid", "DEMO1013"),
    Treated("Osman", "Leyla", "2001-03-03", "F", "57", "medicaid", "DEMO1014"),
    Treated("Fischer", "Hanna", "1955-02-28", "F", "70.8", "medicare", "1DE0TE1ST15", (("sulfa", "swelling"),)),
    Treated("Greene", "Marcus", "1970-07-07", "M", "96.2", "commercial", "DEMO1016"),
    Treated("Patel", "Ravi", "1963-11-11", "M", "79", "commercial", "DEMO1017"),
    Treated("Silva", "Beatriz", "1998-08-20", "F", "60.3", "self-pay", ""),
    Treated("Young", "Peter", "1946-12-01", "M", "73.9", "medicare", "1DE0TE1ST19"),
    Treated("Adler", "Ruth", "1944-04-09", "F", "61.2", "medicare", "1DE0TE1ST20", (("aspirin", "wheezing"),)),
    Treated("Castillo", "Diego", "1988-01-15", "M", "82.5", "commercial", "DEMO1021"),
    Treated("Dubois", "Claire", "1977-03-29", "F", "59.9", "commercial-bundling", "DEMO1022"),
    Treated("Eze", "Chidi", "1969-10-05", "M", "88.4", "commercial", "DEMO1023"),
    Treated("Flores", "Inés", "1993-06-18", "F", "63.5", "medicaid", "DEMO1024"),
    Treated("Hughes", "Owen", "1952-09-27", "M", "85", "medicare-advantage", "DEMO1025"),
    Treated("Ivanova", "Vera", "1981-02-14", "F", "67.2", "commercial", "DEMO1026", None),
    Treated("Jensen", "Lars", "1959-05-05", "M", "90.6", "commercial", "DEMO1027"),
    Treated("Kim", "Ji-woo", "2000-12-24", "F", "54.1", "commercial", "DEMO1028"),
    Treated("Li", "Na", "1972-08-08", "F", "56.8", "commercial", "DEMO1029"),
    Treated("Moore", "Grace", "1960-10-10", "F", "74.4", "medicare-advantage", "DEMO1030"),
)
