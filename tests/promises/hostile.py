"""What nobody should type, and everybody does once."""

# ruff: noqa: E501 - tables of examples keep to a line

from hypothesis import strategies as st

MARKUP = "<img src=x onerror=alert(1)>"
#: after the Big List of Naughty Strings: one of each kind, written anew
STRINGS = [
    "", " ", "\u00a0", "0", "-0", "-1", "1.0", ".5", "1e400", "NaN", "Infinity", "1,000", "1_000", "0x1F", "٣", "１２",
    "9" * 60, "1/0", "null", "NULL", "None", "undefined", "true", "\\", "\\\\", "/", "../../etc/passwd", "%s%n", "%00",
    "'", '"', "''", "`", "'; DROP TABLE patient; --", "1 OR 1=1", "{{ 7*7 }}", "{% now %}", "${7*7}", "=1+1", "@SUM(A1)",
    MARKUP, "<script>alert(1)</script>", "&lt;b&gt;&amp;", "]]>", "javascript:alert(1)", "\" onfocus=\"alert(1)",
    "\u202eabc", "\u200b", "a\u200bb", "\ufeffx", "\u2028", "e\u0301", "ﬁ", "İ", "ß", "🏳️‍🌈", "👩‍⚕️💉", "田中", "عائشة",
    "Nguyễn", "O'Brien", "a\tb", "a\nb\r\nc", "x" * 5_000, "9999-12-31", "0001-01-01", "2026-02-30", "24:00", "12/31/99",
    "2026-11-01", "13/13/2026", "\x07", "\x1b[31m", "\x7f", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]  # fmt: skip
ANY = st.one_of(
    st.sampled_from(STRINGS),
    st.text(alphabet=st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=120),
    st.integers().map(str),
    st.decimals(allow_nan=True).map(str),
    st.dates().map(str),
    st.from_regex(r"[0-9]{1,4}/[0-9]{1,4}/[0-9]{1,5}", fullmatch=True),
)
