"""The sums of the model hold every label, however long: 16 bits a concept, a byte at most from each feature."""

from pressmark.mapping.features import Context, features
from pressmark.mapping.model import models
from pressmark.resources import rows

EVERYTHING = tuple(row["code"] for row in rows("taxonomy/cues.tsv"))
PLACE = Context("IS", "REV", "NI", "money", "operating expenses", EVERYTHING, "latest")


def test_no_label_gives_more_features_than_the_sums_hold() -> None:
    label = tuple(f"word{i}" for i in range(500))
    assert len(features(label, PLACE)) * 255 < 1 << 16


def test_a_label_of_known_words_without_end_has_chances() -> None:
    chances = models()["IS"].chances(("income", "tax", "interest", "expense") * 200, PLACE)
    assert chances
    assert abs(sum(chances.values()) - 1) < 0.5
