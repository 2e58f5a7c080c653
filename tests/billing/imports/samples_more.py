"""A small file of the fee schedule's, the places' and the drug numbers' layouts, written here."""

# ruff: noqa: E501 - a line of a file stays on one line

from tests.billing.imports.sample import Sample

_TAIL = "9,XXX,0.00,0.00,0.00,9,9,9,9,9,9,,33.4009,09,0,99,0.00,0.00,0.00"
RVU_CSV = Sample(
    "fee-schedule",
    "PPRRVU2026_Jul_nonQPP.csv",
    (
        ",,2026 National Physician Fee Schedule Relative Value File July Release,,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
        ",,RELEASED 06/30/2026,,,,,,,,,,,,,,,,,,,,,,,,,,,,,",
        ",,,,,,,,,,,,,,,,,,,,,,,,,,,,,NON-FACILITY,FACILITY,",
        ",,,,NOT USED,,,,,,,,,,,,,,,,,,,,,,PHYSICIAN,,DIAGNOSTIC,PE USED,PE USED,MP USED",
        ",,,,FOR,,,NON-FAC,,FACILITY,,,,,,,,,,,,,,,,,SUPERVISION OF,,IMAGING,FOR OPPS,FOR OPPS,FOR OPPS",
        ",,,STATUS,MEDICARE,WORK,NON-FAC,NA,FACILITY,NA,MP,NON-FACILITY,FACILITY,PCTC,GLOB,PRE,INTRA,POST,MULT,BILAT,"
        "ASST,CO-,TEAM,PRIC,ENDO,CONV,DIAGNOSTIC,CALCULATION,FAMILY,PAYMENT,PAYMENT,PAYMENT",
        "HCPCS,MOD,DESCRIPTION,CODE,PAYMENT,RVU,PE RVU,INDICATOR,PE RVU,INDICATOR,RVU,TOTAL,TOTAL,IND,DAYS,OP,OP,OP,PROC,"
        "SURG,SURG,SURG,SURG,IND,BASE,FACTOR,PROCEDURES,FLAG,INDICATOR,AMOUNT,AMOUNT,AMOUNT",
        f"J3420,,Vitamin b12 injection,E,,0.00,0.00,,0.00,,0.00,0.00,0.00,{_TAIL}",
        "96372,,A text that is not ours,A,,0.17,0.28,,0.28,NA,0.01,0.46,0.46,5,XXX,0.00,0.00,0.00,0,0,0,0,0,0,,33.4009,"
        "09,0,99,0.00,0.00,0.00",
    ),
    2,
    money="0.17",
    first_row=8,
)
RVU_TEXT = Sample(
    "fee-schedule",
    "PPRRVU2025_Oct.txt",
    (
        "HDR CPT CODES AND DESCRIPTIONS ONLY ARE COPYRIGHT ",
        "HDR RESERVED.                                     ",
        "22526                                                    N+  5.85  49.39     3.38NA  0.60  55.84   9.839XXX.00.00.0099999"
        "             32.3465 090 99      0.00   0.00   0.00",
        "96372  A text that is not ours                           A   0.17   0.25     0.25NA  0.01   0.43  0.435XXX.00.00.0000000"
        "             32.3465 090 99      0.00   0.00   0.00",
    ),
    2,
    money="0.17",
    first_row=3,
)
LOCALITY = Sample(
    "fee-schedule",
    "PFREV26B.txt",
    (
        '"2026","01112","05","21610","  ","0001337.33","0001337.33"," ","0","A","2","0000000.00","0000000.00","9",'
        '"0000000.00","0000000.00"',
        '"2026","15202","00","Q4440","  ","0000116.19","0000116.19"," ","3","A","0","0000000.00","0000000.00","9",'
        '"0000000.00","0000000.00"',
        '"TRL- CPT CODES AND DESCRIPTIONS ONLY ARE COPYRIGHT 2026 AMERICAN MEDICAL ASSOCIATION. "',
    ),
    2,
    money="0000116.19",
    first_row=1,
    end="\n",
)
GPCI = Sample(
    "gpci",
    "GPCI2026.csv",
    (
        "ADDENDUM E. FINAL CY 2026 GEOGRAPHIC PRACTICE COST INDICES (GPCIs) BY STATE AND MEDICARE LOCALITY,,,,,,",
        ",,,,,,",
        "Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,2026 PW GPCI (with 1.0 Floor)***,"
        "2026 PE GPCI,2026 MP GPCI",
        "10112,AL,00,ALABAMA,1.000,0.875,0.566",
        "02102,AK,01,ALASKA*,1.500,1.065,0.551",
        ",,,,,,",
        "*Work GPCI reflects a 1.5 floor in Alaska established by the MIPPA.,,,,,,",
    ),
    2,
    money="0.875",
    first_row=4,
    end="\n",
)
PLACES = Sample(
    "place-of-service",
    "place_of_service_2024q1.csv",
    (
        "pos_code,payment_type,name,description",
        "10,Non-Facility,Telehealth Provided in Patient’s Home,At home",
        '19,Facility,Off Campus-Outpatient Hospital,"A portion of a hospital, off its campus"',
        "28,Unassigned,Unassigned,Unassigned",
    ),
    3,
    end="\n",
    encoding="utf-8",
)
PRODUCTS = Sample(
    "ndc",
    "product_2026q3.txt",
    (
        "PRODUCTID\tPRODUCTNDC\tPRODUCTTYPENAME\tPROPRIETARYNAME\tPROPRIETARYNAMESUFFIX\tNONPROPRIETARYNAME\tDOSAGEFORMNAME\t"
        "ROUTENAME\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tMARKETINGCATEGORYNAME\tAPPLICATIONNUMBER\tLABELERNAME\t"
        "SUBSTANCENAME\tACTIVE_NUMERATOR_STRENGTH\tACTIVE_INGRED_UNIT\tPHARM_CLASSES\tDEASCHEDULE\tNDC_EXCLUDE_FLAG\t"
        "LISTING_RECORD_CERTIFIED_THROUGH",
        "0002-1200_4bd4\t0002-1200\tHUMAN PRESCRIPTION DRUG\tAmyvid\t\tFlorbetapir\tINJECTION, SOLUTION\tINTRAVENOUS\t20120601\t"
        '20280910\tNDA\tNDA202008\tEli Lilly "and" Company\tFLORBETAPIR\t51\tmCi/mL\t\t\tN\t20271231',
        "123456-1200_9\t123456-1200\tHUMAN PRESCRIPTION DRUG\tLater\t\tLonger\tINJECTION\tINTRAVENOUS\t20120601\t\tNDA\t"
        "NDA1\tFirm\tX\t1\tmg\t\tCII\tN\t20271231",
    ),
    2,
    end="\n",
)
PACKAGES = Sample(
    "ndc",
    "package_2026q3.txt",
    (
        "PRODUCTID\tPRODUCTNDC\tNDCPACKAGECODE\tPACKAGEDESCRIPTION\tSTARTMARKETINGDATE\tENDMARKETINGDATE\tNDC_EXCLUDE_FLAG\t"
        "SAMPLE_PACKAGE",
        "0002-1200_4bd4\t0002-1200\t0002-1200-30\t1 VIAL in 1 CAN (0002-1200-30)  > 30 mL\t20120601\t20290203\tN\tY",
        "123456-1200_9\t123456-1200\t123456-1200-01\t1 VIAL\t20120601\t\tN\tN",
    ),
    2,
    end="\n",
)
