"""Places for kashidas, on words that typographers have an opinion about."""

from __future__ import annotations

import pytest

from warraq.arabic.kashida import TATWEEL, joints


def best(word: str) -> str:
    """Draw a tatweel at the best place of a word."""
    found = joints(word)
    return word[: found[0].place] + TATWEEL + word[found[0].place :] if found else word


@pytest.mark.parametrize(
    ("word", "stretched"),
    [
        ("المسلمين", "المسـلمين"),  # seen, before all else
        ("الصلاة", "الصـلاة"),
        ("مدينة", "مدينـة"),  # before a final ta marbuta
        ("التوحيد", "التوحيـد"),
        ("كتاب", "كتـاب"),  # before an alef
        ("تنفيذ", "تنفيـذ"),
        ("الممالك", "الممـالك"),  # the last lam is first of its letters: nothing before the kaf
        ("تحقيق", "تحقيـق"),
    ],
)
def test_the_best_place(word: str, stretched: str) -> None:
    assert best(word) == stretched


@pytest.mark.parametrize("word", ["من", "على", "كان", "الله", "والله", "لله", "اللهم", "بالله", "أوراد", "دار"])
def test_short_words_names_of_god_and_words_of_unjoined_letters_have_none(word: str) -> None:
    assert joints(word) == ()


def test_never_within_lam_alef() -> None:
    word = "الإسلام"
    assert all(word[joint.place - 1 : joint.place + 1] not in {"لا", "لإ"} for joint in joints(word))


def test_never_after_a_letter_with_a_mark() -> None:
    assert all(word[joint.place - 1].isalpha() for word in ("مُسَلَّمة", "كتّاب", "المُسْلِمِين") for joint in joints(word))


def test_never_between_a_prefix_and_its_word() -> None:
    for word, prefix in (("الكتاب", "ال"), ("بالكتاب", "بال"), ("للكتاب", "لل"), ("والكتاب", "وال"), ("بكتابه", "ب")):
        assert all(joint.place > len(prefix) for joint in joints(word))


def test_never_in_a_word_that_the_author_stretched() -> None:
    assert joints("كتـاب") == ()


def test_persian_letters_are_known() -> None:
    assert best(["می", "خواهند"][1]) == "خواهنـد"


def test_brief_words_and_first_letters_of_stems_come_later() -> None:
    assert joints("وفيه")[0].priority > joints("مدينة")[0].priority
    assert joints("حسين")[0].priority == joints("المسلمين")[0].priority
    (torn,), (parted, *_) = joints("فمولود"), joints("كروية")
    assert torn.priority > parted.priority
