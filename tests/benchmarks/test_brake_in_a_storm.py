"""While posts come faster than Slack takes messages, everybody still hears of the brake at once."""

from tests.proof.brake import READ_WITHIN, REFUSED_WITHIN, measure


def test_everybody_reads_within_two_seconds_who_braked() -> None:
    found = measure(posts=120)
    assert max(found.refused) < REFUSED_WITHIN
    assert found.slowest <= READ_WITHIN
    assert found.is_good
