"""A region that the real Terraform makes in the emulated AWS, with its tasks as containers: what a rehearsal stands on."""

import json
import os
import pathlib
import sys
import tempfile
import threading
import time
import unittest
import urllib.request
import uuid

from engine import ROOT, Session, engine, eventually, inspect
from image_checks import DEMO, make_images

sys.path.insert(0, str(ROOT / "terraform/emulated"))

from harness.emulator import Emulator  # noqa: E402
from harness.region import Watched, variables  # noqa: E402
from harness.terraform import RUNS, Terraform  # noqa: E402

REGION = "eu-west-1"
RUN = f"checks-{uuid.uuid4().hex[:8]}"
METRICS = {"SLIPWAY_METRICS_PORT": "9100", "SLIPWAY_METRICS_HOST": "0.0.0.0"}


def ours():
    """What bears the label of this rehearsal, containers and networks."""
    filter = ["--filter", f"label=slipway.rehearsal={RUN}"]
    containers = engine("ps", "--all", "--format", "{{.Names}}", *filter)
    networks = engine("network", "ls", "--format", "{{.Name}}", *filter)
    return sorted(containers.split() + networks.split())


class Caller(threading.Thread):
    """Calls a tool of one session over and over, as many times as it is let; every answer that is none is kept."""

    def __init__(self, url, number):
        super().__init__(daemon=True)
        self.session, self.number = Session(url, timeout=30), number
        self.session.initialize()
        self.calls, self.failures, self.over = 0, [], threading.Event()

    def run(self):
        while not self.over.wait(0.02):
            self.calls += 1
            try:
                said = self.session.beside().text(self.calls, "echo", {"text": f"{self.number} {self.calls}"})
                if said != f"{self.number} {self.calls}":
                    self.failures.append(said)
            except (Exception, SystemExit) as problem:
                self.failures.append(f"{type(problem).__name__}: {problem}")

    def end(self):
        self.over.set()
        self.join(60)


class ARegionOfContainers(unittest.TestCase):
    def setUp(self):
        make_images()
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        RUNS.mkdir(parents=True, exist_ok=True)
        host = os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock")
        self.emulator = Emulator("ministack", self.folder / "emulator", SLIPWAY_REHEARSAL=RUN, DOCKER_HOST=host)
        self.emulator.start()
        self.addCleanup(self.emulator.stop)
        self.addCleanup(self.show_log)
        self.revisions = []
        key = self.emulator.client("secretsmanager", REGION).create_secret(Name="fleet-key", SecretString="k" * 44)
        self.variables = variables(
            REGION, container_image=DEMO, gateway_in_image=True, cpu=512, memory=1024,
            secret={"keys": []}, task={"read_only_root": True, "user": "65532:65532"},
            gateway={"fleet_key_arn": key["ARN"], "drain_seconds": 20, "environment": METRICS})

    def show_log(self):
        if self._outcome.result.failures or self._outcome.result.errors:
            print(self.emulator.last_lines, file=sys.stderr)

    def inventory(self):
        return json.loads(self.emulator.get("/_harness/inventory"))

    def test_lives_as_on_aws(self):
        before = self.inventory()
        terraform = Terraform(self.folder / REGION, self.emulator, REGION, self.variables)
        terraform.init()
        terraform.apply()
        self.aws = Watched(self.emulator, terraform.outputs())
        self.url = self.aws.outputs["application_url"]
        self.assertRegex(self.url, r"^http://127\.0\.0\.1:\d+$")
        eventually("two healthy targets", lambda: len(self.aws.healthy_targets()) == 2)
        eventually("the first deployment is complete", self.is_settled)
        self.is_as_the_definition_says()
        self.has_peers_by_name()
        self.replaces_what_is_killed()
        self.deploys_without_a_failed_call()
        self.stops_what_is_not_well()
        self.tells_of_an_image_that_nobody_has()
        for arn in self.revisions:  # Terraform knows nothing of these
            self.aws.client("ecs").deregister_task_definition(taskDefinition=arn)
        terraform.destroy()
        self.assertEqual(self.inventory(), before)
        self.assertEqual(ours(), [])
        with self.assertRaises(OSError):
            self.health()
        self.goes_with_its_emulator()

    def service(self):
        return self.aws.service()

    def is_settled(self):
        deployments = self.service()["deployments"]
        return [one["rolloutState"] for one in deployments if one["status"] == "PRIMARY"] == ["COMPLETED"] \
            and self.service()["runningCount"] == 2 and len(self.aws.healthy_targets()) == 2

    def containers(self):
        filter = ["--filter", f"label=slipway.rehearsal={RUN}"]
        return engine("ps", "--quiet", "--no-trunc", *filter).split()

    def health(self):
        with urllib.request.urlopen(self.url + "/health", timeout=5) as answer:
            return answer.status

    def is_as_the_definition_says(self):
        for id in self.containers():
            found = json.loads(inspect(id, "."))
            host = found["HostConfig"]
            self.assertEqual((host["CpuQuota"], host["CpuPeriod"]), (50_000, 100_000))
            self.assertEqual((host["Memory"], host["MemorySwap"]), (1024 << 20, 1024 << 20))
            self.assertTrue(host["ReadonlyRootfs"])
            self.assertFalse(host["PortBindings"])
            self.assertEqual(found["Config"]["User"], "65532:65532")
            variables = dict(entry.split("=", 1) for entry in found["Config"]["Env"])
            self.assertEqual(variables["SLIPWAY_FLEET_KEY"], "k" * 44)
            self.assertEqual(variables["AWS_REGION"], REGION)
            self.assertNotIn("AWS_ENDPOINT_URL", variables)
            asked = urllib.request.Request(variables["ECS_CONTAINER_METADATA_URI_V4"] + "/task")
            with urllib.request.urlopen(asked, timeout=5) as answer:
                task = json.loads(answer.read())
            addresses = [one["IPAddress"] for one in found["NetworkSettings"]["Networks"].values()]
            self.assertEqual(task["Containers"][0]["Networks"][0]["IPv4Addresses"], addresses)

    def metric(self, name):
        """Its value on each task."""
        values = []
        for target in self.aws.healthy_targets():
            with urllib.request.urlopen(f"http://{target['Target']['Id']}:9100/metrics", timeout=5) as answer:
                lines = answer.read().decode().splitlines()
            values.append(sum(float(line.split()[-1]) for line in lines if line.startswith(name)))
        return values

    def has_peers_by_name(self):
        """The session lives on one task, and the balancer deals its calls to both."""
        session = Session(self.url + "/mcp")
        session.initialize()
        places = {session.beside().text(number, "where") for number in range(1, 13)}
        self.assertEqual(len(places), 1, places)
        self.assertTrue(any(self.metric("slipway_calls_forwarded_total")))
        self.assertTrue(all(self.metric("slipway_calls_received_total")[i] or self.metric("slipway_calls_forwarded_total")[i]
                            for i in range(2)))

    def replaces_what_is_killed(self):
        callers = self.call(6)
        before = self.containers()
        engine("kill", before[0])
        eventually("it is replaced", lambda: len(set(self.containers()) - set(before)) == 1 and self.is_settled())
        calls, failures = self.stop_calling(callers)
        self.assertLessEqual(len(failures), 2 * len(callers), failures)
        print(f"a kill: {len(failures)} of {calls} calls failed; ", end="", flush=True)

    def call(self, count):
        callers = [Caller(self.url + "/mcp", number) for number in range(count)]
        for one in callers:
            one.start()
        return callers

    def stop_calling(self, callers):
        for one in callers:
            one.end()
        return sum(one.calls for one in callers), [words for one in callers for words in one.failures]

    def update(self, **changes):
        ecs, outputs = self.aws.client("ecs"), self.aws.outputs
        made = self.aws.task_definition()
        fields = ("family", "networkMode", "requiresCompatibilities", "cpu", "memory", "executionRoleArn", "taskRoleArn",
                  "containerDefinitions", "runtimePlatform")
        definition = {key: made[key] for key in fields if key in made}
        definition["containerDefinitions"][0] |= changes
        arn = ecs.register_task_definition(**definition)["taskDefinition"]["taskDefinitionArn"]
        self.revisions.append(arn)
        ecs.update_service(cluster=outputs["ecs_cluster_name"], service=outputs["ecs_service_name"], taskDefinition=arn)
        return arn

    def stopped(self, reason):
        ecs, cluster = self.aws.client("ecs"), self.aws.outputs["ecs_cluster_name"]
        arns = ecs.list_tasks(cluster=cluster, desiredStatus="STOPPED")["taskArns"]
        tasks = ecs.describe_tasks(cluster=cluster, tasks=arns)["tasks"] if arns else []
        return [one for one in tasks if reason in one.get("stoppedReason", "")]

    def deploys_without_a_failed_call(self):
        callers = self.call(8)
        before = self.containers()
        arn = self.update(environment=self.aws.task_definition()["containerDefinitions"][0]["environment"]
                          + [{"name": "GREETING", "value": "new"}])
        eventually("both are replaced", lambda: len(set(self.containers()) - set(before)) == 2 and self.is_settled()
                   and not set(self.containers()) & set(before), within=90)
        calls, failures = self.stop_calling(callers)
        self.assertEqual(failures, [])
        self.assertGreater(calls, 50)
        self.assertEqual(self.service()["taskDefinition"], arn)
        codes = {one["containers"][0].get("exitCode") for one in self.stopped("Scaling activity initiated by")}
        self.assertEqual(codes, {0})
        print(f"a deploy: 0 of {calls}; ", end="", flush=True)

    def stops_what_is_not_well(self):
        """A revision whose port nobody listens on: unhealthy, stopped, and in the end taken back."""
        good = self.service()["taskDefinition"]
        callers = self.call(4)
        self.update(command=["slipway-gateway", "--port", "8002", "--", "slipway-demo-server"])
        eventually("its target is unhealthy", lambda: "unhealthy" in self.states(), within=30)
        eventually("it is stopped for that", lambda: self.stopped("Task failed ELB health checks in (target-group"),
                   within=60)
        self.aws.client("ecs").update_service(
            cluster=self.aws.outputs["ecs_cluster_name"], service=self.aws.outputs["ecs_service_name"],
            taskDefinition=good)
        eventually("the good one is back", self.is_settled, within=90)
        _, failures = self.stop_calling(callers)
        self.assertEqual(failures, [])

    def states(self):
        health = self.aws.client("elbv2").describe_target_health(TargetGroupArn=self.aws.outputs["target_group_arn"])
        return {one["TargetHealth"]["State"] for one in health["TargetHealthDescriptions"]}

    def tells_of_an_image_that_nobody_has(self):
        good = self.service()["taskDefinition"]
        self.update(image="127.0.0.1:9/nobody/nothing:1")
        eventually("the task says why", lambda: self.stopped("CannotPullContainerError"))
        eventually("the circuit breaker goes back", lambda: self.service()["taskDefinition"] == good and self.is_settled(),
                   within=90)
        self.assertEqual(self.health(), 200)

    def goes_with_its_emulator(self):
        """As after a crash of whoever started it: stdin closes, and nothing stays."""
        ecs = self.emulator.client("ecs", REGION)
        ec2 = self.emulator.client("ec2", REGION)
        subnet = ec2.describe_subnets()["Subnets"][0]["SubnetId"]
        ecs.register_task_definition(
            family="one", networkMode="awsvpc", requiresCompatibilities=["FARGATE"], cpu="256", memory="512",
            containerDefinitions=[{"name": "one", "image": DEMO}])
        ecs.create_cluster(clusterName="one")
        ecs.run_task(cluster="one", taskDefinition="one", launchType="FARGATE",
                     networkConfiguration={"awsvpcConfiguration": {"subnets": [subnet]}})
        eventually("it runs", self.containers)
        began = time.monotonic()
        self.emulator.process.stdin.close()
        self.emulator.process.wait(15)
        self.assertEqual(ours(), [])
        self.assertLess(time.monotonic() - began, 11)
