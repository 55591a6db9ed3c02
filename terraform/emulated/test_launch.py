"""A fleet of three regions from an empty folder to nothing, with slipway alone, as its README types it: through a
region whose AWS fails half-way, an operator who stops, and somebody who changes things by hand."""

import json
import re
import subprocess
import time

import pytest

from harness.faults import Fault, FaultyProxy
from harness.inventory import everything
from harness.operator import SLIPWAY, ArgumentWatch, Operator
from harness.region import SECRETS, Watched, assert_hides, assert_no_secret
from harness.registry import DIGEST, Registry
from harness.signatures import assert_signed_as_botocore_does

pytestmark = pytest.mark.skipif(not SLIPWAY.exists(), reason="slipway is not built: swift build")
REGIONS = ["eu-west-1", "us-east-1", "ap-south-1"]
FIRST, SECOND, THIRD = REGIONS
BUCKET = "my-org-terraform-state"


class Story:
    """What the steps share."""

    def states(self):
        listed = self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {one["Key"]: self.s3.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read() for one in listed}

    def locks(self):
        return [key for key in self.states() if key.endswith(".tflock")]

    def watch(self):
        """Looks at every region from now on, past slipway."""
        self.aws = {one["region"]: Watched(self.emulator, one["outputs"])
                    for one in self.slipway.json("output")["regions"]}
        assert list(self.aws) == REGIONS

    def changes(self, *words):
        """The regions' rows of a verb that changes what runs, each of which has done it."""
        rows = self.slipway.json(*words, seconds=200)["changes"]
        assert [(one["region"], one["state"]) for one in rows] == [(region, "done") for region in REGIONS]
        return rows


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    one.emulator = emulator
    one.before = {region: everything(emulator, region) for region in REGIONS}
    one.proxy = FaultyProxy(emulator.url).start()
    one.s3 = emulator.client("s3", FIRST)
    folder = directory / "fleet"
    folder.mkdir()
    one.slipway = Operator(folder, one.proxy.url)
    one.arguments = ArgumentWatch(SECRETS.values())
    yield one
    one.arguments.stop()
    one.proxy.stop()


def test_a_fleet_file_is_written_and_good(story):
    regions = [word for region in REGIONS for word in ("--region", region)]
    story.slipway("init", *regions, "--name", "my-mcp", "--image", "ghcr.io/my-org/my-mcp:1.0", "--", "my-server")
    file = story.slipway.directory / "slipway.yaml"
    text = file.read_text().replace("  # secret_keys:", "  secret_keys: [API_KEY] #")
    file.write_text(text.replace("enable_weekend_only: false", "enable_weekend_only: true"))
    assert "slipway.yaml is good: my-mcp (dev) in 3 regions." in story.slipway("check").stdout


def test_a_first_region_keeps_its_state_in_a_file(story):
    plan = story.slipway.json("plan", "--region", FIRST, expect=2)
    assert plan["problems"] == [] and plan["regions"][0]["count"]["add"] > 30
    said = story.slipway("apply", "--region", FIRST, expect=1, seconds=60).stderr
    assert "nobody could be asked, and nothing was changed" in said
    run = story.slipway("apply", "--region", FIRST, "--planned", "--yes", expect=1, seconds=400)
    assert "no task can start before there is a value for API_KEY" in run.stderr
    assert (story.slipway.directory / "slipway-state" / f"{FIRST}.tfstate").exists()
    rows = story.slipway.json("secret", "status", "--region", FIRST, expect=1)["rows"]
    assert [(one["key"], one["state"]) for one in rows] == [("fleet key", "set"), ("API_KEY", "missing")]


def test_the_state_moves_into_the_bucket_that_bootstrap_makes(story):
    said = story.slipway("state", "bootstrap", BUCKET, "--yes", seconds=200).stdout
    assert said.startswith(f"The bucket {BUCKET} keeps the states from now on.")
    plan = story.slipway("plan", "--region", FIRST, seconds=200)
    assert f"{FIRST}  no changes" in plan.stdout
    assert not (story.slipway.directory / "slipway-state" / f"{FIRST}.tfstate").exists()
    assert f"my-mcp/dev/{FIRST}.tfstate" in story.states()


def test_a_region_that_fails_half_way_neither_stops_nor_hides_the_others(story):
    story.proxy.faults = [
        Fault("throttled", region=SECOND, service="ec2", after=3, count=2),
        Fault("error", region=SECOND, service="ecs", after=2, count=1),
        Fault("lost", region=SECOND, action="CreateCluster", count=1),
        Fault("hang", region=SECOND, service="logs", count=1, seconds=5),
        Fault("error", region=THIRD, after=60),
    ]
    run = story.slipway("apply", "--yes", "--no-wait", expect=1, seconds=500)
    rows = {line.split()[0]: line.split()[1] for line in run.stdout.splitlines()[1:]}
    assert rows == {FIRST: "unchanged", SECOND: "applied"}
    assert f"Error: {THIRD}: terraform apply ended with" in run.stderr
    assert "changes were made; the state knows them." in run.stderr
    assert f"Everything it said: .slipway/{THIRD}/apply.log" in run.stderr
    assert [one.struck for one in story.proxy.faults[:4]] == [2, 1, 1, 1]


def test_a_second_apply_heals_it_and_no_lock_is_left(story):
    story.proxy.faults = []
    assert story.locks() == []
    run = story.slipway("apply", "--region", THIRD, "--yes", "--no-wait", seconds=500)
    assert f"{THIRD}  applied" in run.stdout
    story.slipway("secret", "set", "API_KEY", "--restart", given=SECRETS["api_key"])
    assert [one["state"] for one in story.slipway.json("status")["regions"]] == ["running"] * 3
    story.watch()
    keys = {one.client("secretsmanager").get_secret_value(
        SecretId=one.outputs["fleet_key_secret_arn"])["SecretString"] for one in story.aws.values()}
    assert len(keys) == 1, "the regions have different keys"
    story.keys = keys


def test_every_region_is_scaled_deployed_to_and_taken_back(story):
    assert [one["tasks"]["running"] for one in story.changes("scale", "3")] == [3] * 3
    before = [one.task_definition()["revision"] for one in story.aws.values()]
    with Registry() as registry:
        rows = story.changes("deploy", "--image", f"{registry.host}/my-org/my-mcp:1.1", "--canary", FIRST)
    assert [one["now"] for one in rows] == [f"{registry.host}/my-org/my-mcp@{DIGEST}"] * 3
    assert [one["now"] for one in story.changes("rollback")] == ["ghcr.io/my-org/my-mcp:1.0"] * 3
    assert [one.task_definition()["revision"] for one in story.aws.values()] == before


def test_the_schedule_is_moved_by_hand_and_the_logs_of_all_regions_are_one(story):
    assert [one["tasks"]["running"] for one in story.changes("schedule", "down")] == [0] * 3
    assert [one["state"] for one in story.slipway.json("status")["regions"]] == ["asleep"] * 3
    assert [one["tasks"]["running"] for one in story.changes("schedule", "up")] == [2] * 3
    for number, region in enumerate(REGIONS):
        story.aws[region].write_log("aaaaaaaa11", f"a line of {region}", at=time.time() - 30 + number)
    lines = story.slipway("logs", "--filter", "line").stdout.splitlines()
    assert [(line.split()[0], line.split()[-1]) for line in lines] == [(region, region) for region in REGIONS]


def test_three_regions_plan_no_changes_and_have_not_drifted(story):
    run = story.slipway("plan", seconds=200)
    assert [line.split(None, 1) for line in run.stdout.splitlines()[1:]] == [[one, "no changes"] for one in REGIONS]
    story.slipway("drift", seconds=200)


def test_what_somebody_did_by_hand_is_drift_and_what_is_theirs_is_none(story):
    aws = story.aws[SECOND]
    aws.set_range(3, 3)
    aws.client("logs").put_retention_policy(
        logGroupName=aws.outputs["cloudwatch_log_group_name"], retentionInDays=30)
    run = story.slipway("drift", expect=2, seconds=200)
    assert "aws_cloudwatch_log_group.main: retention_in_days was 7, is 30" in run.stdout
    assert "aws_appautoscaling_target" not in run.stdout
    assert f"{FIRST}   as applied" in run.stdout and f"{SECOND}   1 drifted" in run.stdout
    story.slipway("apply", "--yes", "--region", SECOND, "--no-wait", seconds=300)
    story.slipway("drift", "--region", SECOND, seconds=100)
    assert aws.range() == (3, 3)


def test_an_operator_who_stops_leaves_no_lock_and_goes_on_later(story):
    file = story.slipway.directory / "slipway.yaml"
    file.write_text(file.read_text().replace("memory: 3072", "memory: 4096"))
    slow = [Fault("late", region=region, action="DeregisterTaskDefinition", seconds=6) for region in REGIONS]
    story.proxy.faults = slow
    code, out, err = story.slipway.interrupted(
        "apply", "--yes", "--no-wait", when=lambda: all(one.struck for one in slow))
    assert code == 130
    assert "Stopping: what is under way ends in order and unlocks its state." in err
    for region in REGIONS:
        assert f"Error: {region}: terraform apply was interrupted" in err
    assert len(re.findall(r"  [01] of 3 changes were made; the state knows them.", err)) == 3
    assert story.locks() == []
    story.proxy.faults = []
    run = story.slipway("apply", "--yes", "--timeout", "3", seconds=300)
    assert [line.split()[1] for line in run.stdout.splitlines()[1:]] == ["applied"] * 3
    assert "2 of 2 tasks run, 2 targets are healthy" in run.stdout
    for region in REGIONS:
        assert story.aws[region].task_definition()["memory"] == "4096"


def test_a_lock_that_a_dead_run_left_is_told_and_taken_away(story):
    key = f"my-mcp/dev/{FIRST}.tfstate.tflock"
    lock = {"ID": "11111111-2222-3333-4444-555555555555", "Operation": "OperationTypeApply", "Info": "",
            "Who": "somebody@laptop", "Version": "1.11.4", "Created": "2026-01-01T00:00:00Z", "Path": key}
    story.s3.put_object(Bucket=BUCKET, Key=key, Body=json.dumps(lock).encode())
    said = story.slipway("apply", "--yes", "--region", FIRST, "--lock-timeout", "2", expect=1,
                         seconds=100).stderr
    assert f"slipway state unlock {lock['ID']} --region {FIRST}" in said
    assert "somebody@laptop" in said
    story.slipway("state", "unlock", lock["ID"], "--region", FIRST)
    assert story.locks() == []
    story.slipway("plan", "--region", FIRST, seconds=100)


def test_eject_writes_what_terraform_runs_by_itself(story, directory):
    story.slipway("eject", str(directory / "ejected"))
    environment = story.slipway.environment({"TF_DATA_DIR": str(directory / "ejected-data")})
    for words in (["init", "-backend=false", "-input=false"], ["validate"]):
        subprocess.run(["terraform", f"-chdir={directory / 'ejected' / 'region'}", *words], env=environment,
                       check=True, capture_output=True, timeout=100)


@pytest.mark.always
def test_destroy_asks_for_the_name_and_leaves_nothing(story, emulator):
    story.proxy.faults = []
    said = story.slipway("destroy", "--confirm", "other", expect=1).stderr
    assert "the project is my-mcp, not other" in said
    run = story.slipway("destroy", given="no\n", expect=1, seconds=200)
    assert "nothing was destroyed, as the project's name was not typed" in run.stderr
    story.slipway("destroy", "--confirm", "my-mcp", seconds=400)
    for version in story.s3.list_object_versions(Bucket=BUCKET).get("Versions", []):
        story.s3.delete_object(Bucket=BUCKET, Key=version["Key"], VersionId=version["VersionId"])
    for marker in story.s3.list_object_versions(Bucket=BUCKET).get("DeleteMarkers", []):
        story.s3.delete_object(Bucket=BUCKET, Key=marker["Key"], VersionId=marker["VersionId"])
    story.s3.delete_bucket(Bucket=BUCKET)
    for region in REGIONS:
        left = everything(emulator, region) - story.before[region]
        # Revisions that deploy made stay listed.
        assert {what for what, _ in left} <= {"task definition"}, left


def test_every_call_was_signed_as_botocore_signs_it(story):
    met = assert_signed_as_botocore_does(story.proxy.requests)
    services = {"application-autoscaling", "ecs", "logs", "secretsmanager"}
    assert met >= {(service, region) for service in services for region in REGIONS} | {("s3", FIRST)}


@pytest.mark.always
def test_no_value_of_a_secret_was_said_or_kept(story, directory):
    said = "\n".join(story.slipway.said).encode()
    assert_hides(said, "what slipway said")
    for key in getattr(story, "keys", []):
        assert key.encode() not in said
    assert_no_secret(directory)
    assert story.arguments.looks > 100 and story.arguments.found == set()
