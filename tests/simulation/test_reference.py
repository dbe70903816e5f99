from organizations.models import Place, Platform, ReferenceFigure
from rounds.models import Series
from simulation import reference


def test_loading_the_reference_data_twice_changes_nothing(db: None) -> None:
    first = reference.load()
    rows = list(ReferenceFigure.objects.order_by("pk").values())
    assert reference.load() == first
    assert list(ReferenceFigure.objects.order_by("pk").values()) == rows
    assert (Place.objects.count(), Platform.objects.count()) == (first["places"], first["platforms"])


def test_the_city_has_nine_towns_and_subdistricts_and_platforms_of_three_tiers(db: None) -> None:
    reference.load()
    towns = Place.objects.filter(tier="town", parent__code="330482")
    assert sorted(towns.values_list("code", flat=True)) == [
        "330482001", "330482002", "330482003", "330482101", "330482102", "330482103", "330482106", "330482107",
        "330482108",
    ]  # fmt: skip
    assert towns.get(code="330482107").name == "林埭镇"
    assert Platform.objects.filter(tier="city", parent=None).count() == 1
    assert Platform.objects.filter(tier="town", parent__tier="city").count() == 9
    assert Platform.objects.filter(tier="village", parent__tier="town").exists()
    assert not Platform.objects.filter(is_demo=False).exists()
    assert dict(Series.objects.values_list("code", "name")) == {"HC": "红色创投", "GY": "公益创投"}


def test_published_figures_are_kept_as_they_were_printed_with_source_and_date(db: None) -> None:
    reference.load()
    figures = {f.key: f for f in ReferenceFigure.objects.all()}
    assert figures["organizations-registered"].value == "558家"
    assert figures["incubated-organizations"].value == "50多个"
    assert figures["grid-organizations"].value == "436家"
    assert "24家" in figures["management-fallback-in-text"].note
    assert figures["management-fallback-in-text"].value == "18个"
    assert all(f.source and f.as_of for f in figures.values())
