"""Groups words by the elements whose lines they word, so that the model knows a word like the ones it resembles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from pressmark.mapping.features import small_words, words
from training import STATEMENTS, Line, worded, wordings

CLASSES = 128
DIMENSIONS = 60
USERS = 5  # companies; what fewer say, and no wording by hand does, is mostly a name or a slip
ROUNDS = 25
RECENT_COUNT = 3.0  # a recent line counts as so many older ones


def word_classes(lines: Sequence[Line]) -> dict[str, int]:
    """The class of each word that two or more companies use, by number.

    Words are placed by how much more often than by chance they word the lines of each element (positive pointwise
    mutual information), brought to few dimensions (truncated SVD); k-means over directions makes the classes.
    """
    by_hand = [x for s in STATEMENTS for x in worded([y for y in lines if y.context.statement == s])[0]]
    once = {(x.company, x.label, x.concept, x.context.statement): x for x in (*lines, *by_hand)}
    vocabulary, table = counts(list(once.values()))
    often = np.asarray(table.sum(axis=1)).ravel()
    points = directions(table, often)
    return dict(zip(vocabulary, grouped(points, np.log1p(often)).tolist(), strict=True))


def common(lines: Sequence[Line]) -> frozenset[str]:
    """The words of wordings by hand, and those that `USERS` or more companies use."""
    users: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        for word in line.label:
            users[word].add(line.company)
    by_hand = (word for row in wordings() for word in words(row["wording"]))
    return frozenset(by_hand) | {word for word, who in users.items() if len(who) >= USERS}


def counts(lines: Sequence[Line]) -> tuple[list[str], sparse.csr_matrix]:
    """The words, and how often each words the lines of each element of a statement."""
    users: dict[str, set[str]] = defaultdict(set)
    found: Counter[tuple[str, tuple[str, str]]] = Counter()
    for x in lines:
        core = [w for w in x.label if w not in small_words()]
        count = RECENT_COUNT if x.context.recent else 1.0
        for word in set(core):
            users[word].add(x.company)
            found[word, (x.context.statement, x.concept)] += count / len(core) ** 0.5
    places = {w: i for i, w in enumerate(sorted(w for w, who in users.items() if len(who) >= 2))}
    elements = {e: i for i, e in enumerate(sorted({e for _, e in found}))}
    cells = [(places[w], elements[e], n) for (w, e), n in found.items() if w in places]
    at_word, at_element, number = zip(*cells, strict=True)
    return list(places), sparse.csr_matrix((number, (at_word, at_element)), (len(places), len(elements)))


def directions(table: sparse.csr_matrix, often: np.ndarray) -> np.ndarray:
    """The words as directions in few dimensions."""
    cells = table.tocoo()
    of_element = np.asarray(table.sum(axis=0)).ravel()
    more = np.log(cells.data * often.sum() / (often[cells.row] * of_element[cells.col]))
    excess = sparse.csr_matrix((np.maximum(more, 0), (cells.row, cells.col)), cells.shape)
    start = np.random.default_rng(1).standard_normal(min(cells.shape))
    left, scale, _ = svds(excess, k=DIMENSIONS, v0=start)
    return unit(left * np.sqrt(scale))


def grouped(points: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The number of the class of each point, by k-means over directions."""
    rng = np.random.default_rng(1)
    centres = points[rng.choice(len(points), CLASSES, replace=False)]
    for _ in range(ROUNDS):
        nearest = (points @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, nearest, points * weights[:, None])
        empty = ~sums.any(axis=1)
        sums[empty] = points[rng.choice(len(points), empty.sum())]
        centres = unit(sums)
    return np.asarray((points @ centres.T).argmax(axis=1))


def unit(vectors: np.ndarray) -> np.ndarray:
    """The vectors at length one."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9))
