"""Where do the groups stand, and which word may be proposed? The figures are those of METHODS (a) and (d)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.core.consensus import Status, Tally, bilateral, bridging, group_stand, stand, wilson
from consult.core.terms import Stance

GROUPS = ("government", "private_sector", "technical_community", "civil_society", "academia")
EXAMPLE = {
    "government": Tally(18, 6, 0, 2, 4),
    "private_sector": Tally(120, 25, 15, 20, 20),
    "technical_community": Tally(14, 3, 0, 2, 1),
    "civil_society": Tally(8, 4, 6, 2, 10),
    "academia": Tally(3, 0, 0, 0, 0),
}


def close(value: float) -> object:
    return pytest.approx(value, abs=5e-7)


@pytest.mark.parametrize(
    ("group", "accept", "low", "high", "oppose"),
    [
        ("government", 0.8, 0.657489, 0.892876, 0.133333),
        ("private_sector", 0.8, 0.749611, 0.842381, 0.1),
        ("technical_community", 0.85, 0.678172, 0.938418, 0.05),
        ("civil_society", 0.6, 0.450581, 0.732874, 0.333333),
        ("academia", 1.0, 0.525804, 1.0, 0.0),
    ],
)
def test_each_group_has_its_shares_and_interval(group, accept, low, high, oppose):
    one = group_stand(group, EXAMPLE[group])
    assert (one.accept, one.low, one.high) == (close(accept), close(low), close(high))
    assert one.oppose == close(oppose)


def test_the_headline_is_the_mean_over_groups_beside_the_pooled_figure():
    found = stand(EXAMPLE, GROUPS)
    assert (found.mean, found.low, found.high) == (close(0.81), close(0.700536), close(0.847892))
    assert found.pooled == close(0.784452)
    assert sum((one.tally for one in found.groups), Tally()).count == 283
    assert found.weakest == "civil_society"


def test_pooled_numbers_would_pass_what_one_group_opposes():
    assert stand(EXAMPLE, GROUPS).status is Status.SIGNIFICANT_OPPOSITION


def test_ten_times_the_companies_move_the_pooled_figure_and_not_the_mean():
    flooded = EXAMPLE | {"private_sector": Tally(1200, 250, 150, 200, 200)}
    assert stand(flooded, GROUPS).mean == close(0.81)
    assert stand(flooded, GROUPS).pooled == close(0.797888)


def test_one_group_moves_the_mean_by_its_own_part_at_most():
    unanimous = EXAMPLE | {"private_sector": Tally(1960, 40, 0, 0, 0)}
    assert stand(unanimous, GROUPS).mean == close(0.85)
    assert stand(unanimous, GROUPS).pooled == close(0.989918)


@pytest.mark.parametrize(("k", "n", "low"), [(4, 4, 0.597), (3, 3, 0.526)])
def test_small_unanimous_groups_are_sure_of_a_half(k, n, low):
    assert wilson(k, n)[0] == pytest.approx(low, abs=5e-4)


def test_two_thirds_are_sure_only_from_six_of_six():
    assert wilson(6, 6)[0] == close(0.689216)
    assert wilson(5, 5)[0] == close(0.648883)
    assert wilson(0, 5) == (0.0, close(0.351117))
    assert wilson(24, 60) == (close(0.302463), close(0.506167))


@pytest.mark.parametrize(
    ("tallies", "open_objections", "status"),
    [
        ([Tally(4), Tally(2, 1, 1)], 0, Status.FULL_CONSENSUS),
        ([Tally(2, abstain=1), Tally(4)], 0, Status.FULL_CONSENSUS),  # exactly two thirds
        ([Tally(3, object=1), Tally(4)], 0, Status.CONSENSUS),  # exactly a quarter
        ([Tally(3, object=1), Tally(4)], 1, Status.CONSENSUS_ONCE_ANSWERED),
        ([Tally(2, object=1), Tally(4)], 0, Status.SIGNIFICANT_OPPOSITION),
        ([Tally(1, object=2), Tally(3)], 0, Status.SIGNIFICANT_OPPOSITION),  # the mean is exactly two thirds
        ([Tally(1, object=2), Tally(2, object=1)], 0, Status.DIVERGENCE),
        ([Tally(2), Tally(9)], 0, Status.INSUFFICIENT),
        ([Tally(9)], 0, Status.INSUFFICIENT),  # the other required group is absent
    ],
)
def test_the_proposed_status_follows_the_table(tallies, open_objections, status):
    found = stand(dict(zip("ab", tallies, strict=False)), "ab", open_objections)
    assert found.status is status


def test_confirmed_asks_that_every_group_is_sure_of_a_half():
    assert stand({"a": Tally(4), "b": Tally(3)}, "ab").is_confirmed
    assert not stand({"a": Tally(4), "b": Tally(2, abstain=1)}, "ab").is_confirmed
    assert not stand({"a": Tally(20, object=9), "b": Tally(9)}, "ab").is_confirmed


def test_another_group_stands_beside_and_decides_nothing():
    with_other = stand(EXAMPLE | {"intergovernmental": Tally(object=50)}, GROUPS)
    assert [one.group for one in with_other.beside] == ["intergovernmental"]
    without = stand(EXAMPLE, GROUPS)
    assert (with_other.mean, with_other.pooled, with_other.status) == (
        without.mean,
        without.pooled,
        without.status,
    )


def test_one_required_group_has_its_own_interval_and_no_mean():
    found = stand(EXAMPLE, ["government"])
    assert found.mean is None
    assert (found.low, found.high) == (close(0.657489), close(0.892876))
    assert found.status is Status.CONSENSUS


def test_a_silent_group_leaves_the_mean_open_and_is_named():
    found = stand({"a": Tally(4)}, "ab")
    assert found.mean is None
    assert found.too_small == ("b",)
    assert found.groups[1].accept is None
    assert found.weakest == "a"


@pytest.mark.parametrize(
    ("one", "other", "status"),
    [
        (Stance.SUPPORT, Stance.CAN_LIVE_WITH, Status.FULL_CONSENSUS),
        (Stance.SUPPORT, Stance.ABSTAIN, Status.DIVERGENCE),
        (Stance.OBJECT, Stance.SUPPORT, Status.DIVERGENCE),
        (None, Stance.SUPPORT, Status.INSUFFICIENT),
    ],
)
def test_two_parties_agree_when_both_accept(one, other, status):
    assert bilateral(one, other) is status


def votes(*shares: str) -> dict[str, Tally]:
    pairs = [tuple(map(int, share.split("/"))) for share in shares]
    return {f"g{at}": Tally(support=a, object=n - a) for at, (a, n) in enumerate(pairs)}


@pytest.mark.parametrize(
    ("tallies", "score", "is_listed"),
    [
        (votes("9/12", "30/45", "8/10", "14/20"), 0.700594, True),
        (votes("2/12", "180/200", "3/10", "6/20"), 0.377762, False),
        (votes("1/1", "1/1", "0/0", "0/0"), 0.577350, False),
        (votes("11/12", "40/45", "10/10", "1/20"), 0.499620, False),
        (EXAMPLE, 0.752942, False),
    ],
)
def test_an_amendment_bridges_only_if_every_group_accepts_it(tallies, score, is_listed):
    found = bridging(tallies, list(tallies))
    assert found.score == close(score)
    assert found.is_listed is is_listed


def test_the_worst_side_and_the_missing_ones_are_named():
    assert bridging(EXAMPLE, GROUPS).worst == close(0.593750)
    assert bridging(votes("1/1", "5/5"), ["g0", "g1"]).needs == ("g0",)


def test_a_tally_counts_stances():
    assert Tally.of([Stance.SUPPORT, Stance.OBJECT, Stance.SUPPORT]) == Tally(support=2, object=1)


tallies = st.builds(Tally, *[st.integers(0, 12)] * 5)
several = st.lists(tallies, min_size=1, max_size=5).map(
    lambda some: {f"g{at}": one for at, one in enumerate(some)}
)


@settings(max_examples=150, deadline=None)
@given(several, st.integers(0, 4), st.integers(2, 10))
def test_multiplying_a_group_at_constant_shares_changes_neither_mean_nor_status(given_, which, times):
    group = f"g{which % len(given_)}"
    if given_[group].count < 3:
        return
    larger = given_ | {group: sum([given_[group]] * times, Tally())}
    before, after = stand(given_, list(given_)), stand(larger, list(given_))
    assert after.status is before.status
    assert after.mean == (None if before.mean is None else pytest.approx(before.mean, abs=1e-12))


@settings(max_examples=150, deadline=None)
@given(several, st.randoms(use_true_random=False))
def test_renaming_or_reordering_groups_changes_nothing(given_, chance):
    order = list(given_)
    chance.shuffle(order)
    renamed = {f"other {group}": given_[group] for group in order}
    before, after = stand(given_, list(given_)), stand(renamed, list(renamed))
    for fact in ("mean", "low", "high", "pooled", "status", "is_confirmed"):
        assert getattr(after, fact) == getattr(before, fact)
    assert bridging(renamed, list(renamed)).score == bridging(given_, list(given_)).score


@settings(max_examples=150, deadline=None)
@given(several, st.integers(0, 4))
def test_one_more_acceptance_never_lowers_the_bridging_rank(given_, which):
    group = f"g{which % len(given_)}"
    more = given_ | {group: given_[group] + Tally(can_live_with=1)}
    assert bridging(more, list(given_)).score >= bridging(given_, list(given_)).score
