"""A fleet: two regions at once, then three, each with a state of its own in one S3 bucket, locked while written."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from harness.inventory import everything
from harness.region import ACCESS_LOGS, Watched, assert_no_secret, hosted_zone, options, put_secrets, variables
from harness.terraform import SOURCES, Terraform, TerraformError

BUCKET = "my-mcp-terraform-state"
# Two as their examples say, which is how a user begins; the third with everything else there is. Without IPv6, which
# ministack does not model (test_everything_on.py has it, on moto).
REGIONS = {
    "eu-west-1": {"gateway_image": "ghcr.io/my-org/slipway-gateway:1.0"},
    "eu-west-2": {"gateway_in_image": True},
    "us-west-2": options("us-west-2") | {"certificate": {"owns_validation_record": False}, "enable_ipv6": False},
}
FIRST, SECOND, THIRD = REGIONS


class Story:
    """What the steps share."""

    def in_parallel(self, work, regions=REGIONS):
        """Does `work` with the Terraform of each region, all at once; an error waits until all have had their turn."""
        with ThreadPoolExecutor(len(regions)) as pool:
            jobs = {region: pool.submit(work, self.terraform[region]) for region in regions}
        return {region: job.result() for region, job in jobs.items()}

    def states(self):
        listed = self.s3.list_objects_v2(Bucket=BUCKET).get("Contents", [])
        return {one["Key"]: self.s3.get_object(Bucket=BUCKET, Key=one["Key"])["Body"].read() for one in listed}


def backend(region):
    return {"bucket": BUCKET, "key": f"my-mcp/dev/{region}.tfstate", "region": FIRST}


@pytest.fixture(scope="module")
def story(directory, emulator):
    one = Story()
    one.s3 = emulator.client("s3", FIRST)
    one.bucket = Terraform(
        directory / "state", emulator, FIRST, {"bucket": BUCKET, "aws_region": FIRST}, source=SOURCES / "state")
    one.zone = hosted_zone(emulator)
    emulator.client("s3", THIRD).create_bucket(
        Bucket=ACCESS_LOGS, CreateBucketConfiguration={"LocationConstraint": THIRD})
    one.terraform = {
        region: Terraform(
            directory / region, emulator, region,
            variables(region, environment="dev") | more | {"hosted_zone_id": one.zone},
            backend=backend(region), example=None if region == THIRD else f"terraform-{region}.tfvars")
        for region, more in REGIONS.items()
    }
    return one


def test_the_bucket_of_the_states_is_made_and_its_plan_is_clean(story, emulator):
    story.bucket.init()
    story.bucket.apply()
    story.bucket.assert_no_changes()
    assert story.s3.get_bucket_versioning(Bucket=BUCKET)["Status"] == "Enabled"
    assert all(story.s3.get_public_access_block(Bucket=BUCKET)["PublicAccessBlockConfiguration"].values())
    story.before = {region: everything(emulator, region) for region in REGIONS}


def test_two_regions_are_made_at_once(story):
    story.in_parallel(lambda one: one.init())
    story.in_parallel(lambda one: one.apply(), [FIRST, SECOND])


def test_a_second_writer_is_refused_while_the_third_region_is_made(story, directory, emulator):
    """The second writer is another clone with the same state: somebody else's laptop."""
    other = Terraform(directory / "laptop", emulator, THIRD, story.terraform[THIRD].variables, backend=backend(THIRD))
    other.init()
    with ThreadPoolExecutor(1) as pool:
        apply = pool.submit(story.terraform[THIRD].apply)
        while f"my-mcp/dev/{THIRD}.tfstate.tflock" not in story.states():
            assert not apply.done(), f"no lock was ever seen: {apply.result()}"
            time.sleep(0.2)
        with pytest.raises(TerraformError, match="Error acquiring the state lock"):
            other.apply(waits=False)
        apply.result()
    assert not [key for key in story.states() if key.endswith(".tflock")], "a lock was left"
    other.assert_no_changes()


def test_three_regions_plan_no_changes_at_once(story, emulator):
    story.aws = {region: Watched(emulator, outputs) for region, outputs in
                 story.in_parallel(lambda one: one.outputs()).items()}
    for one in story.aws.values():
        put_secrets(emulator, one.outputs)
    story.in_parallel(lambda one: one.assert_no_changes())


def test_every_region_has_a_state_and_addresses_of_its_own(story):
    assert sorted(story.states()) == sorted(f"my-mcp/dev/{region}.tfstate" for region in REGIONS)
    assert len({one.outputs["vpc_cidr_block"] for one in story.aws.values()}) == len(REGIONS)
    for region, state in story.states().items():
        others = {other for other in REGIONS if other not in region}
        assert not [other for other in others if f'"{other}' in json.dumps(json.loads(state)["outputs"])]


def test_one_name_answers_for_all_regions(story):
    records = story.aws[FIRST].records(story.zone)
    assert {key[2] for key in records if key[:2] == ("mcp.example.com.", "A")} == set(REGIONS)


def test_three_regions_are_deployed_to_at_once(story):
    registries = {region: one.variables["container_image"].rsplit(":", 1)[0] for region, one in story.terraform.items()}
    story.in_parallel(lambda one: one.apply(container_image=f"{registries[one.region]}:1.1"))
    for region, one in story.aws.items():
        images = [container["image"] for container in one.task_definition()["containerDefinitions"]]
        assert f"{registries[region]}:1.1" in images


def test_a_change_in_one_region_is_none_in_the_others(story):
    story.terraform[SECOND].apply(desired_count=5)
    story.in_parallel(lambda one: one.assert_no_changes())
    running = {region: one.service()["runningCount"] for region, one in story.aws.items()}
    assert running == {FIRST: 2, SECOND: 5, THIRD: 2}


def test_no_secret_is_in_state_plans_or_logs(story, directory):
    assert_no_secret(directory, story.states().items())


@pytest.mark.always
def test_three_regions_are_removed_at_once_and_leave_nothing_behind(story, emulator):
    story.in_parallel(lambda one: one.destroy())
    for region, before in story.before.items():
        assert everything(emulator, region) - before == set()
    for key, state in story.states().items():
        assert json.loads(state)["resources"] == [], key
