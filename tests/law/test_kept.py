"""Values kept in a file: what comes back is what was kept, and only what is touched is read."""

import copy
import pickle
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest

from sojourn.law.kept import Kept, dump, load


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 0


@dataclass(frozen=True)
class Leaf(Kept):
    apart: ClassVar[tuple[tuple[str, ...], ...]] = (("heavy", "also"), ("rest",))

    name: str
    heavy: tuple[Point, ...]
    also: str
    rest: Any


@dataclass(frozen=True)
class Tree(Kept):
    apart: ClassVar[tuple[tuple[str, ...], ...]] = (("within",),)

    leaves: dict[str, Leaf]
    within: dict[str, Any]


def tree() -> Tree:
    leaves = {f"leaf{i}": Leaf(f"leaf{i}", (Point(i), Point(i, 2)), "also", {"rest": [i]}) for i in range(3)}
    whole = Tree(leaves, {})
    whole.within["home"] = whole  # what is kept apart may lead back to the whole
    return whole


def unread(value: Kept) -> set[str]:
    return {name for names in value.apart for name in names} - set(vars(value))


def test_what_comes_back_is_what_was_kept():
    before, after = tree(), load(dump(tree()))
    assert after.leaves == before.leaves
    assert after.within["home"] is after


def test_only_what_is_touched_is_read():
    read = load(dump(tree()))
    one, other = read.leaves["leaf0"], read.leaves["leaf1"]
    assert one.name == "leaf0"
    assert unread(one) == {"heavy", "also", "rest"}
    assert one.also == "also"
    assert unread(one) == {"rest"}, "what is kept together is read together"
    assert unread(other) == {"heavy", "also", "rest"}
    assert unread(read) == {"within"}


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x)), lambda x: load(dump(x))])
def test_a_copy_stands_on_its_own(copied):
    leaf = load(dump(tree())).leaves["leaf2"]
    assert copied(leaf) == tree().leaves["leaf2"]


def test_no_other_field_is_made_up():
    with pytest.raises(AttributeError, match="nothing"):
        _ = load(dump(tree())).leaves["leaf0"].nothing


@pytest.mark.parametrize("cut", [0, 10, 24, 60, -1])
def test_what_was_cut_short_is_refused(cut):
    data = dump(tree())
    with pytest.raises(ValueError, match="not all of it"):
        load(data[:cut])
