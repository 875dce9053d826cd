"""Objects that move to other numbers."""

from __future__ import annotations

import zlib

from warraq.engine.movable import ENTRY, OBJECT, Movable, movable, packs

NUMBERS = {OBJECT + 5: 0, OBJECT + 9: 1}


def test_references_and_entries_move() -> None:
    page = movable(b"<</A %d 0 R/B [%d 0 R]/StructParents %d>>" % (OBJECT + 5, OBJECT + 9, ENTRY + 2), NUMBERS)
    assert page.at(40, 7).split() == b"<</A 40 0 R/B [ 41 0 R]/StructParents 9>>".split()


def test_numbers_of_entries_move_in_the_tree_of_parents_alone() -> None:
    data = b"<</Nums [%d [%d 0 R] %d %d 0 R]>>" % (ENTRY, OBJECT + 9, ENTRY + 1, OBJECT + 5)
    assert movable(data, NUMBERS, lists_entries=True).at(40, 7).split() == b"<</Nums [ 7 [ 41 0 R] 8 40 0 R]>>".split()
    assert movable(b"[%d]" % ENTRY, NUMBERS).at(40, 7) == b"[%d]" % ENTRY


def test_a_telephone_number_does_not_move() -> None:
    data = b"<</URI (tel:8005551234)/Contents (7000000005, 100%% 7000000123 0 R)>>"
    assert movable(data, NUMBERS).at(40, 7) == data


def test_packed_objects_stand_where_they_are_said_to() -> None:
    things = [Movable(b"<</P %7d 0 R>>", (0,)), Movable(b"(%%)"), Movable(b"[%7d %7d]", (2, ~1))]
    [pack] = packs(things, 1)
    for base, entry in ((3, 0), (1_234_567, 76_543)):
        data = pack.at(base, entry, ())
        numbers = [int(number) for number in data[: pack.first].split()]
        assert numbers[::2] == [base + own for own in (1, 2, 3)]
        ends = [pack.first + offset for offset in (*numbers[3::2], len(data))]
        found = [data[pack.first + start : end].strip() for start, end in zip(numbers[1::2], ends, strict=False)]
        assert found == [b"<</P %7d 0 R>>" % base, b"(%)", b"[%7d %7d]" % (base + 2, entry + 1)]


def test_many_objects_are_packed_apart() -> None:
    made = list(packs([Movable(b"null")] * 4500, 10))
    assert [(pack.own, pack.count) for pack in made] == [(10, 2000), (2010, 2000), (4010, 500)]
    assert zlib.decompress(made[2].template).count(b"null") == 500
