"""What people type who look for a rule: words of the trade that its own sentences do not use.

They are only looked through, never shown. A chapter's words find every rule of the chapter.
"""

from __future__ import annotations

OF_CHAPTERS: dict[str, str] = {
    "administration": "shot injection IM SC SQ subq intramuscular subcutaneous chemo admin code",
    "covid": "coronavirus COVID vaccination immunization",
    "immunisation": "immunization vaccination vaccine shots flu influenza pneumonia TB PPD allergen immunotherapy VFC",
    "intravenous": "IV infusion push hydration start stop times hierarchy initial sequential concurrent",
    "subcutaneous": "SCIG pump infusion",
    "procedures": "arthrocentesis joint injection cortisone trigger point PRP ultrasound guidance",
    "spine": "epidural ESI TFESI transforaminal facet medial branch block pain management",
    "chemodenervation": "Botox botulinum migraine",
    "drug": "HCPCS J code units rounding NOC unlisted unclassified",
    "source": "white bag brown bag specialty pharmacy sample patient supplied free 340B",
    "wastage": "waste wasted discard discarded JW JZ vial leftover",
    "ndc": "N4 qualifier package national drug code crosswalk",
    "evaluation": "E/M EM office visit modifier 25 significant separately identifiable",
    "nurse_visit": "99211 nurse visit",
    "modifiers": "59 76 77 X modifiers XE XP XS XU repeat duplicate",
    "bundling": "NCCI PTP edits bundled MUE unit limits same day duplicate CO-97",
    "validity": "invalid retired deleted expired code add-on",
    "surgery": "global period postop post-operative global surgery OB package",
    "supervision": "incident to incident-to direct supervision virtual telehealth supervising physician",
    "scope": "scope of practice state law medical assistant license standing order",
    "places": "POS place of service facility hospital SNF nursing home RHC FQHC home",
    "coverage": "SAD list self-administered non-covered noncovered Part D self-pay restriction",
    "notices": "ABN GA GX GY GZ waiver of liability",
    "esa": "ESA Aranesp Procrit Epogen Retacrit hemoglobin hematocrit dialysis",
    "necessity": "medical necessity LCD NCD diagnosis ICD-10 dx linking pointer",
    "reasons": "medical necessity diagnosis documentation",
    "authorization": "prior auth PA precertification eligibility verification",
    "claim": "CMS-1500 837P rendering ordering supervising NPI box 24J",
    "timeliness": "timely filing deadline late appeal corrected claim resubmission",
    "vial": "expired recall recalled lot wrong drug",
    "order": "physician order verbal order standing order signature",
    "completeness": "missing documentation lot expiration site route time",
    "waste": "wastage discard discarded JW JZ witness controlled",
    "screening": "REMS contraindication pregnancy test",
    "patient": "consent allergies identifiers VIS observation reaction",
    "timing": "late entry backdated addendum times",
}
