"""The operator's program beside Terraform: what `slipway check --tfvars` says is applied, and `slipway status` and
`slipway secret` are asked about it, as an operator types them."""

import json

import pytest

from harness.inventory import everything
from harness.operator import SLIPWAY, Operator
from harness.region import SECRETS, Watched, assert_hides, assert_no_secret, hosted_zone
from harness.terraform import Terraform

pytestmark = pytest.mark.skipif(not SLIPWAY.exists(), reason="slipway is not built: swift build")
REGION = "eu-west-1"


class Story:
    """What the steps share."""


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    zone = hosted_zone(emulator)
    one.before = everything(emulator, REGION)
    folder = directory / "fleet"
    folder.mkdir()
    (folder / "slipway.yaml").write_text(f"""
project_name: my-mcp
environment: test
server: {{ command: [my-server], image: ghcr.io/my-org/my-mcp:1.0, secret_keys: [API_KEY, OTHER_KEY] }}
regions: {{ {REGION}: {{}}, us-east-1: {{}} }}
domain: {{ enable_domain: true, domain_name: example.com, hosted_zone_id: {zone} }}
""")
    one.slipway = Operator(folder, emulator.url)
    one.aws = Watched(emulator, None)
    return one


def test_before_anything_is_applied_every_region_is_absent(story):
    assert [one["state"] for one in story.slipway.json("status")["regions"]] == ["absent", "absent"]
    said = story.slipway("secret", "status", expect=1).stderr
    assert f"Error: {REGION}: there is no secret whose name begins with my-mcp-test-{REGION}-fleet-key-" in said
    assert "2 problems." in said


def test_terraform_takes_what_check_prints(story, directory, emulator):
    variables = json.loads(story.slipway("check", "--tfvars", REGION).stdout)
    story.terraform = Terraform(directory / REGION, emulator, REGION, variables | {"provider_settings": {"max_retries": 4}})
    story.terraform.init()
    story.terraform.apply()
    story.aws.outputs = story.terraform.outputs()


def test_status_shows_the_region_that_is_there_and_the_one_that_is_not(story):
    here, there = story.slipway.json("status")["regions"]
    assert (here["state"], here["running"], here["desired"]) == ("running", 2, 2)
    assert (here["healthy_targets"], here["targets"]) == (2, 2)
    assert (here["least_tasks"], here["most_tasks"], here["is_schedule_paused"]) == (2, 2, False)
    assert here["url"] == "https://mcp.example.com" and here["certificate_days"] > 30
    assert here["task_definition"].startswith(f"my-mcp-test-{REGION}-task:")
    assert there["state"] == "absent"
    table = story.slipway("status", "--region", REGION).stdout.splitlines()
    assert table[0].split() == ["REGION", "STATE", "TASKS", "TARGETS", "RANGE", "SESSIONS", "ROLLOUT", "CERTIFICATE", "URL"]
    assert table[1].startswith(f"{REGION}  running  2/2    2/2")


def test_status_shows_what_an_operator_did_by_hand(story):
    story.aws.set_range(3, 5, SuspendedState={"ScheduledScalingSuspended": True})
    here = story.slipway.json("status", "--region", REGION)["regions"][0]
    assert (here["least_tasks"], here["most_tasks"], here["is_schedule_paused"]) == (3, 5, True)
    story.aws.set_range(2, 2, SuspendedState={"ScheduledScalingSuspended": False})


def test_secrets_are_missing_until_they_are_put_in(story):
    rows = story.slipway.json("secret", "status", "--region", REGION, expect=1)["rows"]
    assert [(one["key"], one["state"]) for one in rows] == [
        ("fleet key", "missing"), ("API_KEY", "missing"), ("OTHER_KEY", "missing")]


def held(story, output):
    secrets = story.aws.client("secretsmanager")
    return secrets.get_secret_value(SecretId=story.aws.outputs[output])["SecretString"]


def test_a_value_comes_from_standard_input_or_a_file_and_the_others_stay(story):
    story.slipway("secret", "set", "API_KEY", "--region", REGION, "--dry-run")
    story.slipway("secret", "set", "API_KEY", "--region", REGION, given=SECRETS["api_key"] + "\n")
    assert json.loads(held(story, "secret_arn")) == {"API_KEY": SECRETS["api_key"]}
    file = story.slipway.directory / "other.txt"
    file.write_text("other")
    before = story.aws.service()["deployments"][0]["id"]
    story.slipway("secret", "set", "OTHER_KEY", "--region", REGION, "--from-file", "other.txt", "--restart")
    assert json.loads(held(story, "secret_arn")) == {"API_KEY": SECRETS["api_key"], "OTHER_KEY": "other"}
    assert story.aws.service()["deployments"][0]["id"] != before


def test_the_fleet_key_is_replaced_and_the_one_before_stays_good(story):
    said = story.slipway("secret", "set", "--fleet-key", "--region", REGION, expect=1).stderr
    assert "Error: --fleet-key is for all regions at once, and --region leaves out us-east-1" in said
    # The other region was never applied, so it is told, and this one is set.
    story.slipway("secret", "set", "--fleet-key", expect=1)
    first = held(story, "fleet_key_secret_arn")
    assert len(first) == 64
    story.slipway("secret", "set", "--fleet-key", expect=1)
    new, old = held(story, "fleet_key_secret_arn").split(",")
    assert old == first != new
    story.slipway("secret", "set", "--fleet-key", expect=1)
    assert held(story, "fleet_key_secret_arn").split(",")[1:] == [new, old]
    story.keys = held(story, "fleet_key_secret_arn").split(",")
    assert story.slipway.json("secret", "status", "--region", REGION)["problems"] == []


def test_a_region_that_can_not_be_asked_does_not_hide_the_other(story):
    run = story.slipway("secret", "set", "API_KEY", expect=1, given=SECRETS["api_key"])
    assert f"{REGION}  API_KEY  set" in run.stdout
    assert run.stderr.startswith("Error: us-east-1: there is no secret")


def test_nobody_listening_is_said_so(story):
    said = story.slipway("status", "--region", REGION, expect=1, AWS_ENDPOINT_URL="http://127.0.0.1:9").stderr
    assert said.startswith(f"Error: {REGION}: ecs:DescribeServices was not answered\n  http://127.0.0.1:9: ")


def test_terraform_finds_nothing_changed(story):
    story.terraform.assert_no_changes()


@pytest.mark.always
def test_destroy_leaves_nothing(story, emulator):
    story.terraform.destroy()
    assert everything(emulator, REGION) == story.before
    assert story.slipway.json("status", "--region", REGION)["regions"][0]["state"] == "absent"


@pytest.mark.always
def test_no_value_of_a_secret_was_said_or_kept(story, directory):
    said = "\n".join(story.slipway.said).encode()
    assert_hides(said, "what slipway said")
    for key in story.keys:
        assert key.encode() not in said
    assert_no_secret(directory)
