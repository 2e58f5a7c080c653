"""A small file of every layout, written here: the form of the published ones, with rows of our own choosing."""

# ruff: noqa: E501 - a line of a file stays on one line

from __future__ import annotations

from tests.billing.imports.sample import Sample
from tests.billing.imports.samples_more import GPCI, LOCALITY, PACKAGES, PLACES, PRODUCTS, RVU_CSV, RVU_TEXT

NOTE = (
    "Note 1: Payment allowance limits subject to the ASP methodology are based on 3Q25 ASP data. They do not indicate "
    "whether Medicare covers a drug with a given HCPCS code."
)


def hcpcs_line(code, sequence, record, long, short="", added="", ended="", action="", xref=""):
    """A 320-byte record by its places."""
    places = {1: code.rjust(5), 6: sequence, 11: record, 12: long, 92: short, 205: xref, 230: "C" if short else ""}
    places |= {269: added, 277: added, 285: ended, 293: action}
    line = [" "] * 320
    for at, text in places.items():
        line[at - 1 : at - 1 + len(text)] = text
    return "".join(line)


HCPCS_TEXT = Sample(
    "hcpcs",
    "HCPC2026_JUL_ANWEB.txt",
    (
        "Note regarding coverage and payment indicators for codes in CMS’ HCPCS Update",
        "",
        hcpcs_line("JZ", "00100", "7", "Zero drug amount discarded", "Zero drug discarded", "20220701", "", "N"),
        hcpcs_line("J1010", "00100", "3", "Injection, methylprednisolone acetate, 1 mg", "Methylpred 1 mg", "20240401"),
        hcpcs_line("J1030", "00100", "3", "Injection, methylprednisolone acetate,", "Methylpred 40", "19860101", "20240331", "D", "J1010"),
        hcpcs_line("J1030", "00200", "4", "40 mg").rstrip(),
        hcpcs_line("J3420", "00100", "3", "Injection, vitamin b-12", "Vitamin b12 injection", "19820101").rstrip(),
    ),
    4,
    first_row=3,
)  # fmt: skip
HCPCS_HEADER = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,XREF1,COV,TOS1,ADD DT,ACT EFF DT,TERM DT,ACTION CD"
)
HCPCS_CSV = Sample(
    "hcpcs",
    "HCPC2026_OCT_ANWEB.csv",
    (
        HCPCS_HEADER,
        '   JZ,0010,7,"Zero drug amount discarded, nobody harmed",Zero drug discarded,,,C,,20220701,20220701,,N',
        "J1030,0010,3,Methylprednisolone,Methylpred 40,51,J1010,C,1,19860101,20240401,20240331,D",
        "J1030,0020,4,forty milligrams,,,,,,,,,",
    ),
    2,
)
BARE = Sample("hcpcs", "hcpcs_level2_codes_2026q3.txt", ("J1010", "J1030", "J3420"), 3, first_row=1)
ASP = Sample(
    "asp-limits",
    "January 2026 Medicare Part B Payment Limit File.csv",
    (
        "Payment Allowance Limits for Medicare Part B Drugs,,,,,,,,,,,",
        ",,,,,,,,,,,",
        '"Effective January 1, 2026 through March 31, 2026",,,,,,,,,,,',
        f'"{NOTE}",,,,,,,,,,,',
        "HCPCS Code,Short Description,HCPCS Code Dosage,Payment Limit,Co-insurance Percentage,Vaccine AWP%,Vaccine Limit,"
        "Blood AWP%,Blood limit,Clotting Factor,Notes,",
        "90371,A text that is not ours,1 ML,137.828,20.000,,,,,,,",
        "A9606,Radium,1 microCurie,N/A,20.000,,,,,,\"microCurie 100% AWP\r\n = $202.82 – see note\",",
        "J3420,Vitamin b12 injection,1000 MCG,0.638,20.000,,,,,,,",
        "J7170,Emicizumab,0.5 MG,58.123,20.000,95,12.5,,,1,,",
    ),
    4,
    money="0.638",
    first_row=6,
)  # fmt: skip
CROSSWALK = Sample(
    "asp-crosswalk",
    "January 2026 ASP NDC-HCPCS Crosswalk.csv",
    (
        "January 2026 ASP NDC - HCPCS Crosswalk for Medicare Part B Drugs" + "," * 30,
        '"     Effective January 1, 2026 through March 31, 2026"' + "," * 30,
        "," * 30,
        "_2026_CODE,Short Description,LABELER NAME,NDC2,Drug Name,HCPCS dosage,PKG SIZE,PKG QTY,BILLUNITS,BILLUNITSPKG"
        + "," * 21,
        'J1010,"Inj, methylpred acetate 1 mg",Pfizer Inc,00009-0280-52,Depo-Medrol,1 MG,10,25,400,10000' + "," * 21,
        "J7331,Synojoynt,Arthrex,888867413689,SynoJoynt,1 MG,2,3,20,60" + "," * 21,
        "Q4111,Gammagraft,Promethean,RZT-30.30,GammaGraft,1 SQ CM,2.25,1,2.25,2.25" + "," * 21,
    ),
    3,
    money="400",
    first_row=5,
)
NCCI_TEXT = Sample(
    "ncci-pairs",
    "ccipra-v322r0-f1.TXT",
    (
        "CPT only copyright 2025 American Medical Association.  All rights reserved.\t\t\t\t\t\t",
        "Column1/Column2 Edits\t\t\t\t\t\t",
        "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
        "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
        "\t\t\t\t*=no data\t1=allowed\t",
        "\t\t\t\t\t9=not applicable\t",
        "96372\t99211\t*\t19960101\t*\t0\tMisuse of Column Two code with Column One code",
        "96365\t96372\t\t20090101\t20191231\t0\tCPT Manual or CMS manual coding instruction",
        "96365\t96372\t\t20200101\t*\t1\tCPT Manual or CMS manual coding instruction",
        "0001A\tG0008\t\t20220101\t20220101\t9\tMutually exclusive procedures",
    ),
    4,
    first_row=7,
)
NCCI_CSV = Sample(
    "ncci-pairs",
    "ptp_practitioner_2024q3.csv",
    (
        "column1,column2,deletion_date,modifier_indicator,ptp_edit_rationale",
        "00100,99211,20191231,0,Standard preparation/monitoring services for anesthesia",
        "00100,99211,*,0,Standard preparation/monitoring services for anesthesia",
        "0001A,90473,20220101,9,CPT Manual or CMS manual coding instruction",
    ),
    3,
    end="\n",
)
MUE = Sample(
    "mue",
    "MCR_MUE_PractitionerServices_Eff_07-01-2026.csv",
    (
        '"CPT codes, descriptions and other data only are copyright 2025 American Medical Association. ',
        "",
        'CPT® is a registered trademark.",,,',
        '"HCPCS/',
        'CPT Code",Practitioner Services MUE Values,MUE Adjudication Indicator,MUE Rationale',
        "0001U,1,2 Date of Service Edit: Policy,Code Descriptor / CPT Instruction",
        "96372,4,3 Date of Service Edit: Clinical,Clinical: Data",
        "J3420,1,1 Line Edit,Prescribing Information",
    ),
    3,
    first_row=6,
    end="\n",
)
AOC = Sample(
    "add-on-codes",
    "AOC_V2026Q3-MCR.csv",
    (
        "Add-On Code,AOC Del Dt,Primary Code,Primary Code Del Dt,AOC Edit Eff Dt,AOC Edit Del Dt,AOC Edit Type,"
        "Special Instruction/notes",
        "90472,9999999,90460,9999999,2013091,9999999,1,(only once a day)",
        "96366,9999999,96365,9999999,2013091,2024366,1,",
        "99100,9999999,CCCCC,9999999,2013091,9999999,2,",
    ),
    3,
)
AOC_UNDATED = Sample(
    "add-on-codes",
    "aoc_add_on_codes_2024q3.csv",
    ("primary_code,add_on_code,aoc_edit_type", "90460,90461,1", "CCCCC,96160,3"),
    2,
    end="\n",
)
ICD_CSV = Sample(
    "icd10cm",
    "icd10cm_fy2026_april.csv",
    ("code,billable,description", "A00,0,Cholera", 'A00.0,1,"Cholera due to Vibrio cholerae 01, biovar cholerae"'),
    2,
    end="\n",
)
ICD_LIST = Sample("icd10cm", "code-list-April-2026.txt", ("1", "A00-A09", "A00", "A000", "A001", "B10", "B10", "B100"), 5, first_row=1, end="\n")  # fmt: skip
ICD_ORDER = Sample(
    "icd10cm",
    "icd10cm_order_2027.txt",
    (
        "00001 A00     0 Cholera                                                      Cholera",
        "00002 A000    1 Cholera due to Vibrio cholerae 01, biovar cholerae           Cholera due to Vibrio cholerae 01",
    ),
    2,
    first_row=1,
)
SAMPLES = (
    HCPCS_TEXT, HCPCS_CSV, ASP, CROSSWALK, NCCI_TEXT, NCCI_CSV, MUE, AOC, AOC_UNDATED, ICD_CSV, ICD_LIST, ICD_ORDER,
    RVU_CSV, RVU_TEXT, LOCALITY, GPCI, PLACES, PRODUCTS, PACKAGES,
)  # fmt: skip
