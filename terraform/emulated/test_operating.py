"""A region operated by hand: scaled, restarted, deployed to, taken back, moved by its schedule and held off it, with
slipway as an operator types it."""

import json
import re

import pytest

from harness.inventory import everything
from harness.machine import Machine
from harness.operator import SLIPWAY, Operator
from harness.region import Watched, hosted_zone
from harness.registry import DIGEST, Registry
from harness.terraform import Terraform

pytestmark = pytest.mark.skipif(not SLIPWAY.exists(), reason="slipway is not built: swift build")
REGION = "eu-west-1"
WRITTEN = "ghcr.io/my-org/my-mcp:1.0"
OURS = ("--region", REGION)


class Story:
    """What the steps share."""

    def change(self, *words, **more):
        """The region's row of a verb's answer, and everything that was said meanwhile."""
        run = self.slipway(*words, *OURS, "--json", **more)
        return json.loads(run.stdout)["changes"][0], run.stderr

    def image(self):
        return self.aws.task_definition()["containerDefinitions"][0]["image"]


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    one.zone = hosted_zone(emulator)
    one.before = everything(emulator, REGION)
    folder = directory / "fleet"
    folder.mkdir()
    (folder / "slipway.yaml").write_text(f"""
project_name: my-mcp
environment: test
server: {{ command: [my-server], image: {WRITTEN} }}
regions: {{ {REGION}: {{}}, us-east-1: {{}} }}
domain: {{ enable_domain: true, domain_name: example.com, hosted_zone_id: {one.zone} }}
schedule: {{ enable_weekend_only: true, destroy_albs_when_scaled_down: true, timezone: Europe/Berlin }}
""")
    one.slipway = Operator(folder, emulator.url)
    return one


def test_a_region_is_made(story, directory, emulator):
    variables = json.loads(story.slipway("check", "--tfvars", REGION).stdout)
    story.terraform = Terraform(
        directory / REGION, emulator, REGION, variables | {"provider_settings": {"max_retries": 4}})
    story.terraform.init()
    story.terraform.apply()
    story.aws = Watched(emulator, story.terraform.outputs())
    story.machine = Machine(story.aws)


def test_show_tells_the_hours_and_what_stands(story):
    shown = story.slipway.json("schedule", "show", *OURS)
    assert shown["regions"] == [{
        "region": REGION, "is_paused": False, "least": 0, "most": 2,
        "edge": {"phase": "open", "stack": "CREATE_COMPLETE"}}]
    assert len(shown["changes"]) == 4 and {one["phase"] for one in shown["changes"]} == {"up", "down"}
    lines = story.slipway("schedule", "show", *OURS).stdout.splitlines()
    assert lines[0].startswith("Saturdays and Sundays, 6:00 to 22:00 Europe/Berlin. Now it is to be ")
    assert lines[1].split() == ["NEXT", "Europe/Berlin", "UTC"]
    assert lines[-1].split() == [REGION, "on", "0", "to", "2", "open", "CREATE_COMPLETE"]


def test_scale_sets_the_range_and_waits_for_the_tasks(story):
    assert story.change("scale", "3", "--dry-run")[0]["state"] == "would change"
    assert story.aws.range() == (0, 2)
    row, said = story.change("scale", "3")
    assert (row["was"], row["now"], row["state"]) == ("0 to 2", "3", "done")
    assert row["tasks"] == {"desired": 3, "healthy_targets": 3, "running": 3}
    assert f"{REGION}: 3 of 3 tasks run, 3 targets are healthy\n" in said
    assert any("slipway schedule pause" in note for note in row["notes"])
    assert any("desired_count: 3 into slipway.yaml" in note for note in row["notes"])
    assert story.aws.range() == (3, 3) and story.aws.service()["runningCount"] == 3
    assert story.change("scale", "3")[0]["state"] == "unchanged"
    story.terraform.assert_no_changes()


def test_scale_takes_two_ends_and_nothing_at_all(story):
    story.change("scale", "--least", "1")
    assert story.aws.range() == (1, 3)
    story.change("scale", "--least", "2", "--most", "5")
    assert story.aws.range() == (2, 5)
    row, _ = story.change("scale", "0")
    assert row["tasks"]["running"] == 0 == story.aws.service()["runningCount"]
    story.change("scale", "2")
    for nonsense in (["1001"], ["-1"], ["--least", "3", "--most", "2"], ["2", "--least", "1"], []):
        story.slipway("scale", *nonsense, expect=64)


def test_a_region_that_was_never_applied_is_told_and_does_not_hide_the_other(story):
    run = story.slipway("scale", "2", expect=1)
    assert run.stdout.splitlines()[1].split() == [REGION, "2", "2", "unchanged"]
    assert run.stderr.startswith("Error: us-east-1: there is no scalable target service/my-mcp-test-us-east-1-cluster/")


def test_restart_is_followed_by_its_deployment(story):
    before = story.aws.service()["deployments"][0]["id"]
    row, said = story.change("restart")
    assert (row["state"], row["tasks"]["running"]) == ("done", 2)
    after = story.aws.service()["deployments"]
    assert [one["id"] for one in after] != [before] and after[0]["rolloutState"] == "COMPLETED"
    assert story.change("restart", "--no-wait")[0]["state"] == "begun"


def test_an_image_of_ecr_is_deployed_by_its_digest_and_nothing_else_changes(story):
    ecr = story.aws.client("ecr")
    ecr.create_repository(repositoryName="my-mcp")
    digest = ecr.put_image(repositoryName="my-mcp", imageTag="1.2", imageManifest="{}")["image"]["imageId"]["imageDigest"]
    before = story.aws.task_definition()
    registry = f"000000000000.dkr.ecr.{REGION}.amazonaws.com/my-mcp"
    assert story.change("deploy", "--image", f"{registry}:1.2", "--dry-run")[0]["now"] == f"{registry}@{digest}"
    row, said = story.change("deploy", "--image", f"{registry}:1.2")
    assert (row["was"], row["now"], row["state"]) == (WRITTEN, f"{registry}@{digest}", "done")
    assert row["notes"] == [
        f"The next plan wants to go back to {WRITTEN}, and an apply does. To keep this image, write "
        f"image: {registry}@{digest} under server in slipway.yaml."]
    after = story.aws.task_definition()
    assert after["revision"] > before["revision"] and story.image() == f"{registry}@{digest}"
    own = {"taskDefinitionArn", "revision", "registeredAt"}
    before["containerDefinitions"][0]["image"] = story.image()
    assert {key: value for key, value in after.items() if key not in own} == {
        key: value for key, value in before.items() if key not in own}
    missing = story.slipway("deploy", "--image", f"{registry}:9", *OURS, expect=1).stderr
    assert missing.startswith(f"Error: {REGION}: there is no image {registry}:9\n")
    assert story.change("deploy", "--image", f"{registry}:1.2")[0]["state"] == "unchanged"


def test_an_image_of_a_public_registry_too(story):
    with Registry() as registry:
        row, _ = story.change("deploy", "--image", f"{registry.host}/my-org/my-mcp:1.1", "--canary", REGION)
        assert (row["now"], row["state"]) == (f"{registry.host}/my-org/my-mcp@{DIGEST}", "done")
    assert story.image() == row["now"]


def test_an_image_that_does_not_come_up_is_a_failure_with_its_reasons(story):
    kept = story.aws.service()["taskDefinition"]
    run = story.slipway("deploy", "--image", "127.0.0.1:9/broken/my-mcp:2", *OURS, expect=1)
    assert run.stdout == ""
    assert f"{REGION}: task " in run.stderr and " stopped: TaskFailedToStart: CannotPullContainerError: " in run.stderr
    assert f"Error: {REGION}: the deployment of my-mcp-test-{REGION}-task:" in run.stderr
    assert f" did not come up, and ECS went back to {kept.split('/')[-1]}\n" in run.stderr
    assert re.search(r"\n  \d+ tasks? stopped: TaskFailedToStart: CannotPullContainerError: ", run.stderr)
    assert story.aws.service()["taskDefinition"] == kept


def test_a_canary_that_does_not_come_up_spares_the_others(story):
    """The other region was never applied, so it would be a problem of its own, had it been touched."""
    run = story.slipway("deploy", "--image", "127.0.0.1:9/broken/my-mcp:3", "--canary", REGION, "--json", expect=1)
    answer = json.loads(run.stdout)
    assert [(one["region"], one["state"]) for one in answer["changes"]] == [("us-east-1", "not begun")]
    assert [(one["region"], one["kind"]) for one in answer["problems"]] == [(REGION, "failed")]


def test_rollback_goes_to_the_revision_before_and_to_any_other(story):
    now = story.image()
    shown, _ = story.change("rollback", "--dry-run")
    assert (shown["was"], shown["state"]) == (now, "would change") and "ecr" in shown["now"]
    row, _ = story.change("rollback")
    assert (row["now"], row["revision"], row["state"]) == (shown["now"], shown["revision"], "done")
    assert story.image() == shown["now"]
    assert story.change("rollback", "--to", "1")[0]["now"] == WRITTEN == story.image()
    assert story.aws.service()["taskDefinition"].endswith(":1")
    absent = story.slipway("rollback", *OURS, expect=1).stderr
    assert absent.startswith(f"Error: {REGION}: there is no revision before my-mcp-test-{REGION}-task:1\n")
    assert "there is no task definition" in story.slipway("rollback", "--to", "99", *OURS, expect=1).stderr
    story.terraform.assert_no_changes()


def test_pause_and_resume_hold_the_schedule_and_nothing_else(story):
    story.aws.set_range(2, 2, SuspendedState={"DynamicScalingInSuspended": True})
    row, _ = story.change("schedule", "pause")
    assert (row["was"], row["now"], row["state"]) == ("on", "paused", "done")
    assert story.slipway.json("schedule", "show", *OURS)["regions"][0]["is_paused"]
    assert story.machine.run("down", by="schedule") == ("SUCCEEDED", None)
    assert story.aws.service()["runningCount"] == 2
    assert story.change("schedule", "pause")[0]["state"] == "unchanged"
    story.change("schedule", "resume")
    target = story.aws.client("application-autoscaling").describe_scalable_targets(
        ServiceNamespace="ecs")["ScalableTargets"][0]
    assert target["SuspendedState"] == {"DynamicScalingInSuspended": True, "ScheduledScalingSuspended": False}


def test_down_and_up_are_the_machine_that_the_clock_starts(story):
    row, said = story.change("schedule", "down")
    assert (row["now"], row["state"], row["tasks"]["running"]) == ("0", "done", 0)
    assert story.machine.standing(story.zone) == (0, [], 0, 0)
    assert f"{REGION}: the edge is closed, its stack in UPDATE_COMPLETE" in said
    assert story.slipway.json("schedule", "show", *OURS)["regions"][0]["edge"]["phase"] == "closed"
    refused = story.slipway("scale", "2", *OURS, expect=1).stderr
    assert refused.startswith(f"Error: {REGION}: the edge is closed, so nobody could reach a task\n")
    assert story.change("restart")[0]["tasks"]["desired"] == 0
    row, _ = story.change("schedule", "up")
    assert (row["now"], row["state"], row["tasks"]["healthy_targets"]) == ("2", "done", 2)
    assert story.machine.standing(story.zone) == (1, [80, 443], 2, 1)
    assert [one for one in story.machine.states.list_executions(stateMachineArn=story.machine.arn)["executions"]
            if one["name"].startswith("up-by-operator-")]


def test_a_machine_that_does_not_succeed_is_told_by_name(story):
    story.machine.plan_fault(kind="stop", call=3)
    said = story.slipway("schedule", "down", *OURS, expect=1).stderr
    assert "  Somebody stopped it.\n" in said
    assert f"Error: {REGION}: the machine that was told to go down ended with Harness.Stopped\n" in said
    story.machine.plan_fault()
    assert story.change("schedule", "up")[0]["state"] == "done"


def test_an_apply_goes_back_to_what_the_file_says_as_deploy_foretold(story):
    with Registry() as registry:
        story.change("deploy", "--image", f"{registry.host}/my-org/my-mcp:1.1")
    assert story.terraform.planned() == {"aws_ecs_service.main": ["update"]}
    story.terraform.apply_planned()
    assert story.image() == WRITTEN
    story.terraform.assert_no_changes()


@pytest.mark.always
def test_destroy_leaves_nothing_but_the_revisions_that_deploy_made(story, emulator):
    story.terraform.destroy()
    left = everything(emulator, REGION) - story.before
    assert {what for what, _ in left} == {"task definition"}, left
