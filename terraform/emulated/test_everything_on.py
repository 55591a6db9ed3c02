"""Every option at once, on the second emulator too: what the two agree on is hardly the mistake of one.

The zone is looked up by its name here, and known by its id in the other stories.
"""

import pytest

from harness.inventory import everything
from harness.region import ACCESS_LOGS, Watched, assert_no_secret, hosted_zone, options, put_secrets, variables
from harness.terraform import Terraform

EMULATOR = "moto"
REGION = "us-east-1"


class Story:
    """What the steps share."""


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    emulator.client("s3", REGION).create_bucket(Bucket=ACCESS_LOGS)
    one.zone = hosted_zone(emulator)
    one.before = everything(emulator, REGION)
    one.terraform = Terraform(
        directory / REGION, emulator, REGION, variables(REGION) | options(REGION))
    return one


def test_apply_makes_a_region_with_every_option(story, emulator):
    story.terraform.init()
    story.terraform.apply()
    story.aws = Watched(emulator, story.terraform.outputs())
    assert sorted(story.aws.listeners()) == [80, 443]
    assert story.aws.balancers()[0]["IpAddressType"] == "dualstack"
    assert {key[1] for key in story.aws.records(story.zone)} >= {"A", "AAAA"}


def test_a_second_plan_says_no_changes(story, emulator):
    put_secrets(emulator, story.aws.outputs)
    story.terraform.assert_no_changes()


def test_a_new_image_is_a_deployment_of_the_same_service(story):
    image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/my-mcp:1.1"
    assert story.terraform.planned(container_image=image)["aws_ecs_service.main"] == ["update"]
    story.terraform.apply(enable_weekend_only=True)
    assert story.aws.scheduled_actions()
    story.terraform.assert_no_changes()


@pytest.mark.always
def test_destroy_leaves_nothing_behind(story, emulator):
    story.terraform.destroy()
    assert everything(emulator, REGION) - story.before == set()


@pytest.mark.always
def test_no_secret_is_in_state_plans_or_logs(directory):
    assert_no_secret(directory)
