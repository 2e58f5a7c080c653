"""Reading product files: what is not wholly understood is refused, with the file and the key named."""

from __future__ import annotations

import datetime

import pytest

from injections.facts import Equation
from injections.formulary import FormularyError, load_product, load_products
from injections.quantity import Quantity

HEAD = 'key = "shot"\nname = "shot"\ndisplay = "Shot"\nsource = "label"\n'
CODING = '[[coding]]\ncode = "J1234"\namount = "5 mg"\nsince = 2020-01-01\nsource = "CMS"\n'
PACKAGE = '[[package]]\nndc = "12345-6789-01"\nlabeler = "Maker"\nsource = "CMS"\n'
LIMIT = '[[limit]]\nmax_single = "5 mg"\nsource = "label"\n'
SCREENING = '[[screening]]\nkey = "pregnancy"\nask = "Pregnant?"\nsafe_answers = ["no"]\nsource = "label"\n'


def write(folder, text, name="shot.toml"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_becomes_a_product(tmp_path):
    head = HEAD + 'classes = ["vitamin"]\nroutes = ["IM"]\nsites = ["deltoid"]\nsupports = ["D51"]\n'
    package = PACKAGE + 'holds = "5 mg"\nvolume = "1 mL"\n'
    product = load_product(write(tmp_path, head + CODING + package + LIMIT + SCREENING))
    (coding,), (package,) = product.codings, product.packages
    assert (coding.code, coding.amount, coding.up_to) == ("J1234", Quantity.parse("5 mg"), False)
    assert coding.covers(datetime.date(2026, 1, 1))
    assert not coding.covers(datetime.date(2019, 12, 31))
    assert (package.holds, package.single_dose) == (Quantity.parse("5 mg"), None)
    assert product.limits[0].max_single == Quantity.parse("5 mg")
    assert product.screening[0].stops


def test_a_code_per_dose_has_no_amount(tmp_path):
    product = load_product(write(tmp_path, HEAD + CODING.replace('amount = "5 mg"', "per_dose = true")))
    assert product.codings[0].amount is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + "colour = 1\n", "colour"),
        (HEAD + CODING + 'until_when = "x"\n', "coding 1: until_when"),
        (HEAD + PACKAGE + 'lot = "1"\n', "package 1: lot"),
        (HEAD + LIMIT + "from_weight = 5\n", "limit 1: from_weight"),
        (HEAD + SCREENING + "blocks = true\n", "screening 1: blocks"),
    ],
    ids=["product", "coding", "package", "limit", "screening"],
)
def test_an_unknown_key_is_refused(tmp_path, text, says):
    with pytest.raises(FormularyError, match=rf"shot\.toml.*{says}"):
        load_product(write(tmp_path, text))


@pytest.mark.parametrize("key", ["key", "name", "display", "source"])
def test_a_product_without_its_main_facts_is_refused(tmp_path, key):
    text = "\n".join(line for line in HEAD.splitlines() if not line.startswith(key))
    with pytest.raises(FormularyError, match=rf"shot\.toml: {key} is missing"):
        load_product(write(tmp_path, text))


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("since = 2020-01-01\n", "", "since is missing"),
        ("since = 2020-01-01", 'since = "2020-01-01"', "since"),
        ("since = 2020-01-01", "since = 2020-01-01T00:00:00", "since is a time"),
        ("since = 2020-01-01", "since = 2020-01-01\nuntil = 2019-12-31", "until comes before since"),
        ('amount = "5 mg"', 'amount = "5 mgg"', "amount"),
        ('amount = "5 mg"', "amount = 5.0", "amount"),
        ('amount = "5 mg"', 'amount = "0 mg"', "amount is zero"),
        ('amount = "5 mg"\n', "", "amount is either given"),
        ('amount = "5 mg"', 'amount = "5 mg"\nper_dose = true', "amount is either given"),
        ('amount = "5 mg"', "per_dose = true\nup_to = true", "up_to needs an amount"),
        ('code = "J1234"', 'code = "J12"', "is not a HCPCS code"),
        ('source = "CMS"\n', "", "source is missing"),
        ('source = "CMS"', 'source = "CMS"\nroutes = ["by spoon"]', 'routes does not know "by spoon"'),
        ('source = "CMS"', 'source = "CMS"\npayer_kinds = ["uncle"]', "payer_kinds"),
    ],
)
def test_a_bad_coding_is_refused(tmp_path, good, bad, says):
    assert good in CODING
    with pytest.raises(FormularyError, match=rf"shot\.toml: coding.*{says}"):
        load_product(write(tmp_path, HEAD + CODING.replace(good, bad)))


def test_the_same_code_twice_for_one_day_is_refused(tmp_path):
    with pytest.raises(FormularyError, match="J1234 stands twice for the same days"):
        load_product(write(tmp_path, HEAD + CODING + CODING.replace("5 mg", "10 mg")))


@pytest.mark.parametrize("apart", ["days", "routes", "payer_kinds"])
def test_the_same_code_may_change_its_amount_where_it_cannot_be_confused(tmp_path, apart):
    first, second = {
        "days": ("until = 2021-12-31\n", "since = 2022-01-01"),
        "routes": ('routes = ["IM"]\n', 'since = 2020-01-01\nroutes = ["SC"]'),
        "payer_kinds": ('payer_kinds = ["medicare"]\n', 'since = 2020-01-01\npayer_kinds = ["medicaid"]'),
    }[apart]
    text = HEAD + CODING + first + CODING.replace("5 mg", "10 mg").replace("since = 2020-01-01", second)
    assert len(load_product(write(tmp_path, text)).codings) == 2


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("12345-6789-01", "1234-5678-90", "5-4-2"),
        ("12345-6789-01", "12345678901", "5-4-2"),
        ('labeler = "Maker"\n', "", "labeler is missing"),
        ('source = "CMS"', 'source = "CMS"\nvolume = "5 mg"', "volume is not in mL"),
        ('source = "CMS"', 'source = "CMS"\ncontainer = "bucket"', "container"),
        ('source = "CMS"', 'source = "CMS"\nsingle_dose = "yes"', "single_dose"),
    ],
)
def test_a_bad_package_is_refused(tmp_path, good, bad, says):
    with pytest.raises(FormularyError, match=rf"shot\.toml: package 1: .*{says}"):
        load_product(write(tmp_path, HEAD + PACKAGE.replace(good, bad)))


def test_the_same_package_twice_is_refused(tmp_path):
    with pytest.raises(FormularyError, match="12345-6789-01 stands twice"):
        load_product(write(tmp_path, HEAD + PACKAGE + PACKAGE))


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('classes = ["tonic"]', 'classes does not know "tonic"'),
        ('allergy_groups = ["dust"]', "allergy_groups"),
        ('sites = ["elbow grease"]', "sites"),
        ('schedule = "II"', "schedule"),
        ('unconfirmed = ["everything"]', "unconfirmed"),
        ('supports = ["back pain"]', "supports"),
        ('brands = ["A", "A"]', "brands says the same thing twice"),
        ('brands = [""]', "brands"),
        ("minimum_interval_days = -1", "minimum_interval_days"),
        ("minimum_interval_days = 2.5", "minimum_interval_days"),
        ("observation_minutes = true", "observation_minutes"),
        ('high_alert = "yes"', "high_alert"),
    ],
)
def test_a_bad_value_is_refused(tmp_path, line, says):
    with pytest.raises(FormularyError, match=rf"shot\.toml: {says}"):
        load_product(write(tmp_path, HEAD + line + "\n"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (LIMIT.replace('max_single = "5 mg"\n', ""), "max_single is missing"),
        (LIMIT + 'max_daily = "5 mL"\n', "max_daily measures something else"),
        (LIMIT + "below_weight_kg = 49.5\n", "below_weight_kg"),
        (SCREENING.replace('safe_answers = ["no"]\n', ""), "safe_answers is missing"),
        (SCREENING + 'applies_to_sex = "female"\n', "applies_to_sex"),
    ],
)
def test_a_bad_limit_or_question_is_refused(tmp_path, text, says):
    with pytest.raises(FormularyError, match=says):
        load_product(write(tmp_path, HEAD + text))


SIZE = '[[size]]\nholds = "60 mg"\ncontainer = "syringe"\nsingle_dose = true\nsource = "label"\n'


def test_a_container_whose_number_is_not_known_is_a_size(tmp_path):
    product = load_product(write(tmp_path, HEAD + SIZE + PACKAGE))
    assert [(size.ndc, size.holds, size.single_dose) for size in product.sizes] == [("", Quantity.parse("60 mg"), True)]
    assert product.containers == product.packages + product.sizes


def test_two_measures_of_one_drug(tmp_path):
    product = load_product(write(tmp_path, HEAD + 'equals = ["300 mcg", "1500 units"]\n'))
    assert product.equals == Equation(Quantity.parse("300 mcg"), Quantity.parse("1500 units"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('equals = ["300 mcg"]\n', "equals is not two amounts in two measures"),
        ('equals = ["300 mcg", "0.3 mg"]\n', "equals"),
        ('equals = ["300 mcg", "0 units"]\n', "equals is zero"),
        ('[[interval]]\nafter = "60 mg"\n', "interval 1: days is missing"),
        ("[[interval]]\ndays = 28\n", "interval 1: after is missing"),
        ('[[interval]]\nafter = "60 mg"\ndays = 0\n', "interval 1: days is missing"),
        (SIZE.replace('holds = "60 mg"\n', ""), "size 1: holds is missing"),
        (SIZE + 'ndc = "12345-6789-01"\n', "size 1: ndc"),
    ],
)
def test_a_bad_size_equation_or_interval_is_refused(tmp_path, text, says):
    with pytest.raises(FormularyError, match=says):
        load_product(write(tmp_path, HEAD + text))


LOADING = '[[loading]]\ndays = [1, 8]\ndoses = ["4 mg", "3 mg"]\nevery_days = 30\nsource = "label"\n'


def test_a_series_that_loads_is_read_by_the_days_of_the_label(tmp_path):
    (series,) = load_product(write(tmp_path, HEAD + LOADING + "early_days = 4\n")).loading
    assert [(step.after_days, str(step.dose), step.early_days) for step in series.doses] == [
        (0, "4 mg", 0),
        (7, "3 mg", 4),
    ]


@pytest.mark.parametrize(
    ("good", "bad", "says"),
    [
        ("days = [1, 8]", "days = [2, 8]", "begin with day 1"),
        ("days = [1, 8]", "days = [1, 1]", "begin with day 1"),
        ("days = [1, 8]", "days = [1, 801]", "begin with day 1"),
        ("days = [1, 8]", "days = [1, 0]", "not a list of whole numbers"),
        ("days = [1, 8]", "days = [1, 8, 15]", "not as many as the days"),
        ("every_days = 30", 'then = "2 mg"', "every_days is missing"),
        ("every_days = 30", "weekly = true", "weekly"),
    ],
)
def test_a_bad_series_is_refused(tmp_path, good, bad, says):
    with pytest.raises(FormularyError, match=rf"loading 1.*{says}"):
        load_product(write(tmp_path, HEAD + LOADING.replace(good, bad)))


def test_the_file_is_named_after_the_key(tmp_path):
    with pytest.raises(FormularyError, match=r"jab\.toml: key"):
        load_product(write(tmp_path, HEAD, name="jab.toml"))


def test_what_is_not_toml_is_refused_by_name(tmp_path):
    with pytest.raises(FormularyError, match=r"shot\.toml: is not TOML"):
        load_product(write(tmp_path, "key = shot"))


def test_a_folder_without_products_is_refused(tmp_path):
    with pytest.raises(FormularyError, match="holds no product file"):
        load_products(tmp_path)


def test_products_come_sorted_by_key(tmp_path):
    for key in ("zinc", "alpha"):
        write(tmp_path, HEAD.replace("shot", key), name=f"{key}.toml")
    assert [product.key for product in load_products(tmp_path)] == ["alpha", "zinc"]
