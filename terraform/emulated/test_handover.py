"""The balancer goes from Terraform to the weekend schedule and back, within the hours: neither apply may end without
what it found.
"""

import time

import pytest

from harness.inventory import everything
from harness.region import Watched, assert_no_secret, hosted_zone, put_secrets, variables
from harness.terraform import Terraform

REGION = "eu-west-1"


class Story:
    """What the steps share."""

    def serves(self):
        """The public name points at the one balancer there is, which listens and has healthy tasks behind it."""
        record = self.aws.records(self.zone).get(("mcp.example.com.", "A", REGION))
        balancers = self.aws.balancers()
        assert len(balancers) == 1
        assert sorted(self.aws.listeners()) == [80, 443]
        assert record, "there is no public name"
        assert record["AliasTarget"]["DNSName"].removeprefix("dualstack.").rstrip(".") == balancers[0]["DNSName"]
        assert len(self.aws.healthy_targets()) == 2
        return True


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    one.zone = hosted_zone(emulator)
    one.before = everything(emulator, REGION)
    # Within the hours whenever it runs: the clock is real.
    days = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
    today = time.gmtime().tm_wday
    one.terraform = Terraform(directory / REGION, emulator, REGION, variables(
        REGION, enable_domain=True, domain_name="example.com", hosted_zone_id=one.zone, enable_weekend_only=True,
        weekend_days=[days[today], days[(today + 1) % 7]], weekend_hours_start=0, weekend_hours_end=24))
    return one


def test_a_region_that_sleeps_outside_of_its_hours_is_made_and_begins_awake(story, emulator):
    story.terraform.init()
    story.terraform.apply()
    story.aws = Watched(emulator, story.terraform.outputs())
    put_secrets(emulator, story.aws.outputs)
    assert story.serves()


def test_the_balancer_can_be_handed_to_the_schedule(story):
    """One owner at any time: Terraform's balancer goes before the stack's comes."""
    service = story.aws.service()["createdAt"]
    story.terraform.apply(destroy_albs_when_scaled_down=True)
    assert [one for one in story.terraform.resources() if one.startswith("aws_lb.")] == []
    assert story.serves()
    assert story.aws.service()["createdAt"] == service, "the service was made anew"
    story.terraform.assert_no_changes()


def test_the_schedule_can_give_the_balancer_back(story):
    story.terraform.apply(destroy_albs_when_scaled_down=False)
    assert "aws_lb.main[0]" in story.terraform.resources()
    assert story.serves()
    story.terraform.assert_no_changes()


@pytest.mark.always
def test_destroy_leaves_nothing_behind(story, emulator):
    story.terraform.destroy()
    assert everything(emulator, REGION) - story.before == set()


@pytest.mark.always
def test_no_secret_is_in_state_plans_or_logs(directory):
    assert_no_secret(directory)
