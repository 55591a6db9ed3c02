"""Three regions on an emulated AWS, made by slipway; then the same questions by slipway and by what it replaces."""

import os
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path

from harness.emulator import Emulator
from harness.operator import SLIPWAY, Operator

ROOT = Path(sys.argv[1])
REGIONS = ["eu-west-1", "us-east-1", "ap-south-1"]
BEGIN, END = "<!-- operator -->", "<!-- end of operator -->"
ROUNDS = 3


def say(text):
    sys.stderr.write(text + "\n")


def timed(work):
    start = time.monotonic()
    work()
    return time.monotonic() - start


def median(work, rounds=ROUNDS):
    return statistics.median(timed(work) for _ in range(rounds))


class Stage:
    """A fleet that stands, and the ways to ask about it."""

    def __init__(self, folder, emulator):
        self.slipway = Operator(folder, emulator.url)
        self.slipway.settings = {}  # as in an operator's shell: how Terraform runs is each side's own choice
        self.environment = self.slipway.environment({"AWS_PAGER": ""})
        words = [word for region in REGIONS for word in ("--region", region)]
        self.slipway("init", *words, "--name", "bench", "--image", "ghcr.io/my-org/my-mcp:1.0", "--", "my-server")
        self.slipway("apply", "--yes", "--no-wait", seconds=900)

    def run(self, words, **more):
        run = subprocess.run(words, env=self.environment | more, capture_output=True, text=True, timeout=300)
        if run.returncode not in (0, 2):
            sys.exit(f"{words}: {run.stdout}{run.stderr}")
        return run.stdout

    def aws(self, region, *words):
        return self.run([os.environ["AWS_CLI"], "--region", region, *words])

    def status_by_hand(self):
        """What docs/operations.md asks by hand for what `slipway status` shows, names and ARNs known already."""
        for region in REGIONS:
            stem = f"bench-dev-{region}"
            cluster, service = f"{stem}-cluster", f"{stem}-service"
            self.aws(region, "ecs", "describe-services", "--cluster", cluster, "--services", service)
            self.aws(region, "application-autoscaling", "describe-scalable-targets", "--service-namespace", "ecs",
                     "--resource-ids", f"service/{cluster}/{service}")
            self.aws(region, "elbv2", "describe-load-balancers", "--names", f"{stem}-alb")
            self.aws(region, "elbv2", "describe-target-health", "--target-group-arn", self.groups[region])

    def terraform(self, region, *words):
        """The raw command, on the folder that slipway has initialised."""
        folder = self.slipway.directory / ".slipway"
        self.run(["terraform", f"-chdir={folder / 'configuration'}", *words],
                 TF_DATA_DIR=str(folder / region / "terraform"))

    def plan_by_hand(self, regions):
        for region in regions:
            file = self.slipway.directory / ".slipway" / region / "region.tfvars.json"
            self.terraform(region, "plan", f"-var-file={file}", "-input=false", "-detailed-exitcode",
                           f"-out={file.parent / 'by-hand.tfplan'}")

    def find_groups(self):
        self.groups = {
            one["region"]: one["outputs"]["target_group_arn"] for one in self.slipway.json("output")["regions"]}

    def peak_memory(self, *words):
        """MiB of slipway itself, without the Terraforms it runs (Linux, VmHWM)."""
        run = subprocess.Popen([SLIPWAY, *words], cwd=self.slipway.directory, env=self.environment,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        most = 0
        while run.poll() is None:
            try:
                lines = Path(f"/proc/{run.pid}/status").read_text().splitlines()
                most = max([most] + [int(line.split()[1]) for line in lines if line.startswith("VmHWM")])
            except OSError:
                pass
            time.sleep(0.02)
        return most / 1024


def rows(stage):
    """(what, slipway's figure, the other's, ratio, goal, whether it holds)"""
    say("status")
    ours, theirs = median(lambda: stage.slipway("status"), 5), median(stage.status_by_hand)
    yield "`status` of three regions, s", ours, theirs, theirs / ours, "at least 20x faster", theirs / ours >= 20
    say("plan of three regions")
    ours = median(lambda: stage.slipway("plan", seconds=300))
    theirs = median(lambda: stage.plan_by_hand(REGIONS))
    yield "`plan` of three regions, s", ours, theirs, ours / theirs, "at most 0.7 of it", ours / theirs <= 0.7
    say("plan of one region")
    pairs = [(timed(lambda: stage.slipway("plan", "--region", REGIONS[0], seconds=300)),
              timed(lambda: stage.plan_by_hand(REGIONS[:1]))) for _ in range(5)]
    ours, theirs = (statistics.median(side) for side in zip(*pairs))
    yield "`plan` of one region, s", ours, theirs, ours / theirs, "at most 1.05 of it", ours / theirs <= 1.05
    memory = stage.peak_memory("plan")
    yield "peak memory of `slipway plan`, MiB", memory, None, None, "at most 60 MiB", memory <= 60


def table(measured):
    lines = [
        "## The operator's program beside the commands it replaces", "",
        f"Three regions on an emulated AWS ({time.strftime('%Y-%m-%d')}); medians of one run; `Benchmarks/verbs`",
        f"writes this section. By hand: the AWS CLI {os.environ['AWS_CLI_VERSION']} and Terraform, one command after the other, as",
        "docs/operations.md has them, with the names and ARNs known already.", "",
        "| what | slipway | by hand | ratio | goal | |", "| --- | ---: | ---: | ---: | --- | --- |",
    ]
    for what, ours, theirs, ratio, goal, holds in measured:
        by_hand = "" if theirs is None else f"{theirs:.2f}"
        share = "" if ratio is None else f"{ratio:.2f}"
        lines.append(f"| {what} | {ours:.2f} | {by_hand} | {share} | {goal} | {'holds' if holds else 'falls short'} |")
    return "\n".join(lines) + "\n"


def main():
    folder = Path(os.environ["SLIPWAY_RUNS"]) / "fleet"
    folder.mkdir()
    emulator = Emulator("ministack", Path(os.environ["SLIPWAY_RUNS"]) / "emulator").start()
    watchdog = threading.Timer(3000, emulator.stop)
    watchdog.daemon = True
    watchdog.start()
    try:
        say("making three regions")
        stage = Stage(folder, emulator)
        stage.find_groups()
        text = table(list(rows(stage)))
    finally:
        emulator.stop()
    print(text)
    file = ROOT / "Benchmarks" / "RESULTS.md"
    before = file.read_text().split(BEGIN)[0].rstrip()
    file.write_text(f"{before}\n\n{BEGIN}\n\n{text}\n{END}\n")


if __name__ == "__main__":
    main()
