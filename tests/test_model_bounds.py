"""The sums of the model hold every label, however long: 16 bits a concept, a byte at most from each feature."""

from dataclasses import replace
from math import exp

import pytest

from pressmark.mapping.features import SHARED, Context, bucket, features, words
from pressmark.mapping.model import LEAST, models
from pressmark.resources import rows

EVERYTHING = (*(row["code"] for row in rows("taxonomy/cues.tsv")), SHARED)
PLACE = Context("IS", "REV", "NI", "money", "operating expenses", EVERYTHING, "latest")


def test_no_label_gives_more_features_than_the_sums_hold() -> None:
    label = tuple(f"word{i}" for i in range(500))
    assert len(features(label, PLACE)) * 255 < 1 << 16


def test_a_label_of_known_words_without_end_has_chances() -> None:
    chances = models()["IS"].chances(("income", "tax", "interest", "expense") * 200, PLACE)
    assert chances
    assert abs(sum(chances.values()) - 1) < 0.5


@pytest.mark.parametrize("label", ["Depreciation and amortization", "Other, net", "Zeppelin rental, gross", "Total"])
@pytest.mark.parametrize("statement", ["BS", "IS", "CF", "CI"])
def test_chances_are_those_of_a_softmax(statement: str, label: str) -> None:
    place = replace(PLACE, statement=statement)
    model = models()[statement]
    sums = [0.0] * len(model.concepts)
    for key in {bucket(f) for f in features(words(label), place)} & set(model.index):
        at = model.index[key]
        for i in range(model.offsets[at], model.offsets[at + 1]):
            sums[model.classes[i]] += model.weights[i] * model.scale
    powers = [exp(s - max(sums)) for s in sums]
    right = {name: p / sum(powers) for name, p in zip(model.concepts, powers, strict=True)}
    chances = model.chances(words(label), place)
    assert {n for n, p in right.items() if p > LEAST * 1.05} <= set(chances)
    assert all(abs(p - right[n]) < 0.025 for n, p in chances.items())


def test_chances_follow_a_bonus() -> None:
    model, label = models()["IS"], words("Other, net")
    least = list(model.chances(label, PLACE))[-1]
    assert model.chances(label, PLACE, {least: 4.0})[least] > 10 * model.chances(label, PLACE)[least]
