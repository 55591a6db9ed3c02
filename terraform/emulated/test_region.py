"""One region through its life: made, changed in every way its variables offer, and removed."""

import pytest

from harness.inventory import everything
from harness.region import Watched, assert_no_secret, hosted_zone, put_secrets, variables
from harness.terraform import Terraform

REGION = "eu-west-1"


class Story:
    """What the steps share."""


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    one.zone = hosted_zone(emulator)
    one.before = everything(emulator, REGION)
    one.terraform = Terraform(
        directory / REGION, emulator, REGION, variables(REGION, gateway_image="ghcr.io/my-org/slipway-gateway:1.0"))
    one.aws = Watched(emulator, None)
    return one


def test_apply_makes_a_region(story):
    story.terraform.init()
    story.terraform.apply()
    story.aws.outputs = story.terraform.outputs()
    assert story.aws.service()["runningCount"] == 2
    assert len(story.aws.healthy_targets()) == 2
    assert list(story.aws.listeners()) == [80]


def test_a_second_plan_says_no_changes_whatever_secrets_the_operator_puts(story, emulator):
    put_secrets(emulator, story.aws.outputs)
    story.terraform.assert_no_changes()


def test_roles_may_do_their_work_and_nothing_else(story):
    outputs, task = story.aws.outputs, story.aws.task_definition()
    log = f"arn:aws:logs:{REGION}:000000000000:log-group:{outputs['cloudwatch_log_group_name']}:log-stream:ecs/server/1"
    for secret in (outputs["secret_arn"], outputs["fleet_key_secret_arn"]):
        assert story.aws.may(task["executionRoleArn"], "secretsmanager:GetSecretValue", secret)
        assert not story.aws.may(task["executionRoleArn"], "secretsmanager:PutSecretValue", secret)
        assert not story.aws.may(task["taskRoleArn"], "secretsmanager:GetSecretValue", secret)
    assert story.aws.may(task["executionRoleArn"], "logs:PutLogEvents", log)
    for action, resource in {
        "secretsmanager:GetSecretValue": outputs["secret_arn"].replace("my-mcp", "another"),
        "logs:PutLogEvents": log.replace("my-mcp", "another"),
        "logs:CreateLogGroup": log,
        "ecs:UpdateService": outputs["ecs_service_id"],
    }.items():
        assert not story.aws.may(task["executionRoleArn"], action, resource), action


def test_another_desired_count_takes_effect_and_leaves_a_clean_plan(story):
    for count in (4, 1):
        story.terraform.apply(desired_count=count)
        assert (story.aws.service()["desiredCount"], story.aws.service()["runningCount"]) == (count, count)
        assert len(story.aws.healthy_targets()) == count
    story.terraform.assert_no_changes()


def test_a_count_set_by_an_operator_is_no_difference(story):
    story.aws.set_range(3, 3)
    assert story.aws.service()["desiredCount"] == 3
    story.terraform.assert_no_changes()


def test_another_size_and_image_are_a_deployment_of_the_same_service(story):
    planned = story.terraform.planned(cpu=2048, memory=4096, container_image="ghcr.io/my-org/my-mcp:1.1")
    assert planned["aws_ecs_service.main"] == ["update"]
    story.terraform.apply_planned()
    made = story.aws.task_definition()
    assert (made["cpu"], made["memory"]) == ("2048", "4096")
    assert {one["image"] for one in made["containerDefinitions"]} == {
        "ghcr.io/my-org/my-mcp:1.1", "ghcr.io/my-org/slipway-gateway:1.0"}
    assert story.aws.service()["desiredCount"] == 3, "a deployment took the operator's count back"
    story.terraform.assert_no_changes()


def test_the_balancer_can_be_turned_off(story):
    group = story.aws.outputs["target_group_arn"]
    planned = story.terraform.planned(create_alb=False)
    assert {address for address, actions in planned.items() if "delete" in actions} == {
        "aws_lb.main[0]", "aws_lb_listener.http[0]"}
    story.terraform.apply_planned()
    assert story.aws.balancers() == []
    assert story.terraform.outputs()["target_group_arn"] == group
    assert story.aws.service()["runningCount"] == 3
    story.terraform.assert_no_changes()


def test_the_schedule_can_be_turned_on(story):
    """Without a balancer, to spare the minute that one takes; the schedule of tasks knows nothing of it."""
    story.terraform.apply(enable_weekend_only=True, timezone="Europe/London", weekend_hours_end=24)
    actions = story.aws.scheduled_actions()
    assert actions and {one["Timezone"] for one in actions.values()} == {"Europe/London"}
    assert {one["ScalableTargetAction"]["MaxCapacity"] for one in actions.values()} == {0, 1}
    story.terraform.assert_no_changes()


@pytest.mark.parametrize("end", ["down", "up"])
def test_what_the_schedule_does_is_no_difference(story, end):
    """The emulator's scaling service has no clock: the harness does to the range what each action says it does."""
    actions = [one["ScalableTargetAction"] for name, one in story.aws.scheduled_actions().items() if f"-{end}-" in name]
    story.aws.set_range(actions[0]["MinCapacity"], actions[0]["MaxCapacity"])
    assert story.aws.service()["runningCount"] == {"down": 0, "up": 1}[end]
    story.terraform.assert_no_changes()


def test_the_schedule_can_be_turned_off(story):
    story.aws.set_range(0, 0)
    story.terraform.apply(enable_weekend_only=False, desired_count=2)
    assert story.aws.scheduled_actions() == {}
    assert story.aws.service()["runningCount"] == 2
    story.terraform.assert_no_changes()


def test_balancer_and_domain_can_be_turned_on(story):
    story.terraform.apply(create_alb=True, enable_domain=True, domain_name="example.com", hosted_zone_id=story.zone)
    listeners = story.aws.listeners()
    assert sorted(listeners) == [80, 443]
    assert listeners[80]["DefaultActions"][0]["Type"] == "redirect"
    assert listeners[443]["SslPolicy"].startswith("ELBSecurityPolicy-TLS13-1-")
    assert ("mcp.example.com.", "A", REGION) in story.aws.records(story.zone)
    assert len(story.aws.healthy_targets()) == 2
    story.terraform.assert_no_changes()


@pytest.mark.always
def test_destroy_leaves_nothing_behind(story, emulator):
    story.terraform.destroy()
    assert everything(emulator, REGION) - story.before == set()
    assert story.before - everything(emulator, REGION) == set()


@pytest.mark.always
def test_no_secret_is_in_state_plans_or_logs(story, directory):
    assert_no_secret(directory)
