"""The weekend schedule with teardown: the state machine is executed, repeated, interrupted, disturbed, and finished."""

import datetime
import time

import pytest

from harness import cron
from harness.inventory import everything
from harness.machine import Machine
from harness.region import Watched, assert_no_secret, hosted_zone, put_secrets, variables
from harness.terraform import Terraform

REGION = "eu-west-2"
CLOSED, OPEN = (0, [], 0, 0), (1, [80, 443], 2, 1)
STANDS = {"up": OPEN, "down": CLOSED}
OTHER = {"up": "down", "down": "up"}
# More than an execution makes calls, in either direction.
ENOUGH_CALLS = 25


class Story:
    """What the steps share."""

    def go(self, phase):
        """Brings the edge to where `phase` leaves it, undisturbed."""
        self.machine.plan_fault()
        assert self.machine.run(phase) == ("SUCCEEDED", None)
        assert self.machine.standing(self.zone) == STANDS[phase]


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    one.zone = hosted_zone(emulator)
    one.before = everything(emulator, REGION)
    one.terraform = Terraform(directory / REGION, emulator, REGION, variables(
        REGION, enable_domain=True, domain_name="example.com", hosted_zone_id=one.zone, enable_weekend_only=True,
        destroy_albs_when_scaled_down=True, timezone="Europe/London", monitoring={"alarms": True},
    ))
    return one


def test_apply_makes_a_region_whose_edge_the_schedule_owns(story, emulator):
    story.terraform.init()
    story.terraform.apply()
    story.aws = Watched(emulator, story.terraform.outputs())
    story.machine = Machine(story.aws)
    put_secrets(emulator, story.aws.outputs)
    assert story.machine.standing(story.zone) == OPEN, "a region begins open, whatever the hour"
    story.terraform.assert_no_changes()


@pytest.mark.parametrize("phase", ["up", "down"])
def test_the_machine_does_its_work_and_a_second_time_changes_nothing(story, phase):
    story.go(phase)
    edge = story.aws.balancers()
    story.go(phase)
    assert story.aws.balancers() == edge, "the balancer was made again"
    story.terraform.assert_no_changes()


@pytest.mark.parametrize("phase", ["up", "down"])
def test_an_execution_stopped_before_any_of_its_calls_is_finished_by_the_next(story, phase):
    for call in range(1, ENOUGH_CALLS):
        story.go(OTHER[phase])
        story.machine.plan_fault(kind="stop", call=call)
        status, _ = story.machine.run(phase)
        if status == "SUCCEEDED":
            break
        assert status == "ABORTED", f"stopped before call {call}"
        story.machine.plan_fault()
        assert story.machine.run(phase) == ("SUCCEEDED", None), f"after a stop before call {call}"
        assert story.machine.standing(story.zone) == STANDS[phase], f"after a stop before call {call}"
    assert status == "SUCCEEDED" and call > 5, "the executions were not interrupted at all"


@pytest.mark.parametrize("kind", ["throttle", "lose"])
@pytest.mark.parametrize("phase", ["up", "down"])
def test_a_call_that_is_throttled_or_whose_answer_is_lost_is_made_again(story, phase, kind):
    for call in range(1, ENOUGH_CALLS):
        story.go(OTHER[phase])
        story.machine.plan_fault(kind=kind, call=call)
        assert story.machine.run(phase) == ("SUCCEEDED", None), f"{kind} at call {call}"
        assert story.machine.standing(story.zone) == STANDS[phase], f"{kind} at call {call}"
        if len(story.machine.calls()) < call:
            break
    assert call > 5, "the executions were not disturbed at all"


def test_two_executions_at_once_take_turns(story):
    story.go("down")
    up, down = story.machine.start("up"), story.machine.start("down")
    assert [story.machine.wait(one) for one in (up, down)] == [("SUCCEEDED", None)] * 2
    assert story.machine.standing(story.zone) in (OPEN, CLOSED), "the two left a mixture"
    story.go("up")


def test_an_execution_that_does_not_find_itself_in_the_list_goes_on(story):
    """ListExecutions "may not reflect very recent updates", says its page: not even the caller's own start."""
    story.go("down")
    story.machine.plan_fault(kind="blind", call=1)
    assert story.machine.run("up") == ("SUCCEEDED", None)
    assert story.machine.standing(story.zone) == OPEN


def test_the_machine_may_do_what_it_does_and_its_role_allows_it_no_more(story):
    """Every call above was checked against the role's policies; here is what they were, and that none was refused."""
    story.go("down")
    story.machine.plan_fault()
    assert story.machine.run("up") == ("SUCCEEDED", None)
    assert {one["refused"] for one in story.machine.calls()} == {None}


def test_an_input_that_is_no_phase_is_refused_before_any_call(story):
    story.machine.plan_fault()
    status, error = story.machine.run("sideways")
    assert status == "FAILED" and "phase" in error
    assert story.machine.calls() == []


def test_a_paused_schedule_is_held_and_an_operator_is_not(story):
    story.go("up")
    story.aws.set_range(2, 2, SuspendedState={"ScheduledScalingSuspended": True})
    assert story.machine.run("down", by="schedule") == ("SUCCEEDED", None)
    assert story.machine.standing(story.zone) == OPEN
    story.terraform.assert_no_changes()
    assert story.machine.run("down", by="operator") == ("SUCCEEDED", None)
    assert story.machine.standing(story.zone) == CLOSED
    story.aws.set_range(0, 0, SuspendedState={"ScheduledScalingSuspended": False})


def schedules(story):
    scheduler = story.aws.client("scheduler")
    return [scheduler.get_schedule(Name=one["Name"], GroupName=one["GroupName"])
            for one in scheduler.list_schedules()["Schedules"]]


def test_every_full_hour_of_a_week_has_one_phase(story):
    """The crons, read from the scheduler: at each full hour either up is due or down, never both, never neither."""
    monday = datetime.datetime(2026, 6, 1)
    for hour in range(7 * 24):
        moment = monday + datetime.timedelta(hours=hour)
        due = {one["Target"]["Input"] for one in schedules(story) if cron.is_due(one["ScheduleExpression"], moment)}
        within = moment.weekday() >= 5 and 6 <= moment.hour < 22
        assert len(due) == 1 and ('"up"' in due.pop()) == within, f"{moment:%A %H:%M}"
    assert {one["ScheduleExpressionTimezone"] for one in schedules(story)} == {"Europe/London"}


def test_the_clock_really_starts_the_machine(story):
    """One schedule is told that its time has come; the emulator's scheduler does the rest."""
    story.go("down")
    scheduler = story.aws.client("scheduler")
    one = next(one for one in schedules(story) if '"up"' in one["Target"]["Input"])
    kept = {key: one[key] for key in (
        "Name", "GroupName", "Description", "ScheduleExpressionTimezone", "FlexibleTimeWindow", "Target") if key in one}
    scheduler.update_schedule(**kept, ScheduleExpression="rate(1 minute)")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and story.machine.standing(story.zone) != OPEN:
        time.sleep(0.5)
    assert story.machine.standing(story.zone) == OPEN
    scheduler.update_schedule(**kept, ScheduleExpression=one["ScheduleExpression"])
    story.terraform.assert_no_changes()


def test_the_schedules_may_start_this_machine_only(story):
    for one in schedules(story):
        role, machine = one["Target"]["RoleArn"], one["Target"]["Arn"]
        assert machine == story.machine.arn
        assert story.aws.may(role, "states:StartExecution", machine)
        assert story.aws.may(role, "sqs:SendMessage", one["Target"]["DeadLetterConfig"]["Arn"])
        assert not story.aws.may(role, "states:StartExecution", f"{machine}-another")


def test_an_apply_in_the_night_changes_the_edge_without_waking_it(story):
    story.go("down")
    story.terraform.apply(load_balancer={"idle_timeout": 400}, desired_count=3)
    assert story.machine.standing(story.zone) == CLOSED
    story.terraform.assert_no_changes()
    assert story.machine.run("up") == ("SUCCEEDED", None)
    balancer = story.aws.balancers()[0]["LoadBalancerArn"]
    attributes = story.aws.client("elbv2").describe_load_balancer_attributes(LoadBalancerArn=balancer)["Attributes"]
    assert {"Key": "idle_timeout.timeout_seconds", "Value": "400"} in attributes
    assert story.machine.standing(story.zone) == (1, [80, 443], 3, 1)


@pytest.mark.always
def test_destroy_in_the_hours_leaves_nothing_behind(story, emulator):
    story.terraform.destroy()
    assert everything(emulator, REGION) - story.before == set()


@pytest.mark.always
def test_no_secret_is_in_state_plans_or_logs(directory):
    assert_no_secret(directory)
