"""An operator who looks: `slipway doctor` before the first apply, then `logs`, `why`, `probe` and `exec` about a region
that the real Terraform made, as they are typed."""

import json
import signal
import subprocess
import time

import pytest

from harness.faults import FaultyProxy
from harness.inventory import everything
from harness.region import SECRETS, Watched, assert_hides, assert_no_secret, hosted_zone
from harness.operator import SLIPWAY, Operator
from harness.signatures import assert_signed_as_botocore_does
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
server: {{ command: [my-server], image: ghcr.io/my-org/my-mcp:1.0, secret_keys: [API_KEY] }}
regions: {{ {REGION}: {{ enable_execute_command: true }} }}
domain: {{ enable_domain: true, domain_name: example.com, hosted_zone_id: {zone} }}
""")
    one.proxy = FaultyProxy(emulator.url).start()
    one.slipway = Operator(folder, one.proxy.url)
    one.aws = Watched(emulator, None)
    yield one
    one.proxy.stop()


def said(checks, words):
    """The one finding of the doctor that holds these words."""
    found = [one for one in checks if words in one["says"]]
    assert len(found) == 1, checks
    return found[0]


def test_before_the_first_apply_the_doctor_finds_what_is_there_and_what_is_not(story):
    checks = story.slipway.json("doctor", seconds=300)["checks"]
    assert said(checks, "terraform 1.")["verdict"] == "ok"
    assert said(checks, "names, networks, ports and hours are good")["verdict"] == "ok"
    assert said(checks, "000000000000, as arn:aws:")["place"] == "the account"
    assert said(checks, "mcp.example.com goes into the zone")["verdict"] == "ok"
    assert said(checks, "nothing is there yet")["place"] == REGION
    assert said(checks, f"it has the zones {REGION}a")["verdict"] == "ok"
    # The emulator has no Service Quotas, and what can't be looked at is no problem.
    assert said(checks, "could not look at VPCs of a region")["verdict"] == "note"
    assert said(checks, "its secrets have no values yet")["fix"].startswith("after the apply: slipway secret set API_KEY")


def test_the_doctor_refuses_a_zone_that_is_not_there(story, emulator):
    file = story.slipway.directory / "other.yaml"
    file.write_text((story.slipway.directory / "slipway.yaml").read_text().replace("hosted_zone_id: Z", "hosted_zone_id: ZNO"))
    out = story.slipway("doctor", "--file", "other.yaml", expect=1).stdout
    assert "problem  Route 53 has no zone ZNO" in out
    assert story.slipway("doctor", "--file", "other.yaml", "--offline").stdout.count("problem  ") == 0


def test_nothing_is_known_of_a_region_that_is_not_there(story):
    assert "eu-west-1: absent\n  1. Nothing runs here" in story.slipway("why", expect=1).stdout
    assert "Error: eu-west-1: there is no log group /ecs/my-mcp-test-eu-west-1" in story.slipway("logs", expect=1).stderr
    assert "Error: eu-west-1: there is no service" in story.slipway("probe", expect=1).stderr


def test_a_region_is_made(story, directory, emulator):
    variables = json.loads(story.slipway("check", "--tfvars", REGION).stdout)
    story.terraform = Terraform(directory / REGION, emulator, REGION, variables | {"provider_settings": {"max_retries": 4}})
    story.terraform.init()
    story.terraform.apply()
    story.aws.outputs = story.terraform.outputs()


def test_why_names_the_secrets_that_have_no_value(story):
    row = story.slipway.json("why", expect=1)["regions"][0]
    assert [one["cause"] for one in row["findings"]] == [
        "The secret has no value for API_KEY", "The gateways have no key for session ids"]
    assert row["findings"][0]["fix"].endswith(f"slipway secret set API_KEY --region {REGION} --restart")
    assert row["not_looked_at"] == []
    assert said(story.slipway.json("doctor", expect=1)["checks"], "the secret has no value for API_KEY")


def test_the_fixes_that_why_names_heal(story):
    story.slipway("secret", "set", "API_KEY", "--region", REGION, given=SECRETS["api_key"] + "\n")
    story.slipway("secret", "set", "--fleet-key")
    assert story.slipway("why").stdout.endswith("Everything is as it should be.\n")


def test_why_names_the_rule_that_somebody_took_away(story):
    ec2 = story.aws.client("ec2")
    group = story.aws.outputs["ecs_security_group_id"]
    edge = story.aws.outputs["alb_security_group_id"]
    rules = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    taken = [
        {key: one[key] for key in ("IpProtocol", "FromPort", "ToPort")} | {"UserIdGroupPairs": [{"GroupId": edge}]}
        for one in rules if edge in [pair["GroupId"] for pair in one["UserIdGroupPairs"]]
    ]
    assert taken
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=taken)
    finding, = story.slipway.json("why", expect=1)["regions"][0]["findings"]
    assert finding["cause"].startswith("The tasks' security group does not let the load balancer in on port 8001")
    assert group in finding["evidence"][0] and edge in finding["evidence"][0]
    story.terraform.apply()
    assert story.slipway.json("why")["regions"][0]["is_good"]


def test_logs_of_all_tasks_are_one_by_their_time(story):
    now = time.time()
    story.aws.write_log("bbbbbbbb22", "second", at=now - 20)
    story.aws.write_log("aaaaaaaa11", "first \x1b[2Jof all\x07", at=now - 30)
    story.aws.write_log("aaaaaaaa11", '{"level":"error","text":"third"}', at=now - 10)
    story.aws.write_log("aaaaaaaa11", "yesterday", at=now - 90000)
    lines = story.slipway("logs").stdout.splitlines()
    assert [line.split(" ", 3)[1] for line in lines] == ["aaaaaaaa", "bbbbbbbb", "aaaaaaaa"]
    assert lines[0].startswith(f"{REGION} aaaaaaaa 20") and lines[0].endswith(" first of all\ufffd")
    found = [json.loads(line) for line in story.slipway("logs", "--json", "--filter", "second").stdout.splitlines()]
    assert [(one["region"], one["task"], one["container"], one["message"]) for one in found] == [
        (REGION, "bbbbbbbb22", "server", "second")]
    assert "yesterday" in story.slipway("logs", "--since", "2d", "--until", "1d").stdout


def test_logs_are_followed_until_somebody_has_seen_enough(story):
    words = [SLIPWAY, "logs", "--follow", "--since", "5s"]
    variables = story.slipway.environment({})
    following = subprocess.Popen(words, cwd=story.slipway.directory, env=variables, text=True, stdout=subprocess.PIPE)
    try:
        for number in range(3):
            story.aws.write_log("cccccccc33", f"line {number}")
            assert following.stdout.readline().endswith(f" line {number}\n")
    finally:
        following.send_signal(signal.SIGINT)
        assert following.wait(timeout=30) in (-signal.SIGINT, 130)
    assert following.stdout.read() == ""


def test_a_reader_that_leaves_ends_the_following(story):
    story.aws.write_log("dddddddd44", *[f"line {number}" for number in range(50)])
    script = f"'{SLIPWAY}' logs --follow --since 1m | head -n 1; echo ${{PIPESTATUS[0]}} >&2"
    variables = story.slipway.environment({})
    run = subprocess.Popen(["bash", "-c", script], cwd=story.slipway.directory, env=variables, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        for _ in range(8):
            story.aws.write_log("dddddddd44", "more")
            try:
                out, err = run.communicate(timeout=3)
                break
            except subprocess.TimeoutExpired:
                continue
        assert out.count("\n") == 1 and err == "141\n", err
    finally:
        run.kill()


def test_probe_tells_that_nobody_finds_the_name(story):
    run = story.slipway("probe", expect=1)
    assert [line.split()[0] for line in run.stdout.splitlines()] == ["VIA", "mcp.example.com", REGION]
    assert "Error: the health page of https://mcp.example.com/mcp is wrong" in run.stderr
    assert f"Error: {REGION}: the health page of https://mcp.example.com/mcp by " in run.stderr
    assert f"Hint: slipway why --region {REGION}" in run.stderr


def test_probe_takes_a_region_that_sleeps_by_its_schedule_for_good(story):
    days = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]
    tomorrow = days[(time.gmtime().tm_wday + 2) % 7]
    file = story.slipway.directory / "asleep.yaml"
    file.write_text((story.slipway.directory / "slipway.yaml").read_text()
                    + f"schedule: {{ enable_weekend_only: true, weekend_days: [{tomorrow}] }}\n")
    story.aws.set_range(0, 0)
    story.aws.client("ecs").update_service(
        cluster=story.aws.outputs["ecs_cluster_name"], service=story.aws.outputs["ecs_service_name"], desiredCount=0)
    deadline = time.time() + 30
    while story.aws.service()["runningCount"] and time.time() < deadline:
        time.sleep(0.5)
    report, = story.slipway.json("probe", "--file", "asleep.yaml")["probes"]
    assert report["asleep"].startswith("outside of its hours: ")
    assert "It sleeps by its schedule" in story.slipway("why", "--file", "asleep.yaml").stdout
    # Without a schedule nobody said so.
    assert "no tasks run, and none are wanted" in story.slipway("probe", expect=1).stderr
    assert "No tasks are wanted: somebody scaled it to nothing" in story.slipway("why", expect=1).stdout
    story.aws.set_range(2, 2)
    story.aws.client("ecs").update_service(
        cluster=story.aws.outputs["ecs_cluster_name"], service=story.aws.outputs["ecs_service_name"], desiredCount=2)


def test_exec_prints_the_line_that_opens_a_shell(story):
    deadline = time.time() + 30
    while story.aws.service()["runningCount"] < 2 and time.time() < deadline:
        time.sleep(0.5)
    line = story.slipway("exec", "--print").stdout
    task = line.split("--task ")[1].split()[0]
    running = story.aws.client("ecs").list_tasks(cluster=story.aws.outputs["ecs_cluster_name"])["taskArns"]
    assert task in [one.rsplit("/", 1)[-1] for one in running]
    assert line.startswith(f"aws ecs execute-command --region {REGION} --cluster my-mcp-test-{REGION}-cluster ")
    assert line.endswith(" --container server --interactive --command /bin/sh\n")


def test_after_the_apply_the_doctor_is_content(story):
    checks = story.slipway.json("doctor")["checks"]
    assert said(checks, "2 of 2 tasks run")["verdict"] == "ok"
    assert said(checks, "its secrets have values")["verdict"] == "ok"
    assert said(checks, "the certificate of mcp.example.com is good for")["verdict"] == "ok"


@pytest.mark.always
def test_destroy_leaves_nothing(story, emulator):
    if hasattr(story, "terraform"):
        story.terraform.destroy()
    assert everything(emulator, REGION) == story.before


def test_every_call_was_signed_as_botocore_signs_it(story):
    met = assert_signed_as_botocore_does(story.proxy.requests)
    assert {service for service, _ in met} >= {
        "acm", "ec2", "ecs", "elasticloadbalancing", "logs", "route53", "secretsmanager", "servicequotas", "sts"}


@pytest.mark.always
def test_no_value_of_a_secret_was_said_or_kept(story, directory):
    assert_hides("\n".join(story.slipway.said).encode(), "what slipway said")
    assert_no_secret(directory)
