#!/usr/bin/env python3
"""Writes into README.md what can be counted or listed: resources of each mode, variables, outputs.

    tables.py           writes them
    tables.py --check   says what is out of date, and exits with 1

The counts are those of Terraform's own plans, made without AWS. The diagram is drawn by hand; every address in it must be planned.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REGION = pathlib.Path(__file__).resolve().parent
README = REGION / "README.md"

LEAST = {"project_name": "my-mcp", "container_image": "my-org/my-mcp:1"}
DOMAIN = {"enable_domain": True, "domain_name": "example.com", "hosted_zone_id": "Z0123456789ABC"}
WEEKEND = {"enable_weekend_only": True}
GATEWAY = {"gateway_image": "my-org/slipway-gateway:1"}
# What the README calls a mode, and the variables that make it.
MODES = {
    "nothing but a name and an image": {},
    "`gateway_image`": GATEWAY,
    "`enable_domain`": DOMAIN,
    "`enable_weekend_only`": WEEKEND,
    "`enable_weekend_only`, `destroy_albs_when_scaled_down`, `enable_domain`": WEEKEND | DOMAIN | {"destroy_albs_when_scaled_down": True},
    "`create_alb = false`": {"create_alb": False},
    "`enable_service_discovery = false`": {"enable_service_discovery": False},
}


def planned():
    """The plan of each mode, by Terraform's own test command: one process for all, and no call to AWS."""
    runs = "".join(
        f'run "mode_{number}" {{\n  command = plan\n  variables {{\n'
        + "".join(f"    {name} = {json.dumps(value)}\n" for name, value in (LEAST | variables).items())
        + "  }\n}\n" for number, variables in enumerate(MODES.values()))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        for file in [*REGION.glob("*.tf"), REGION / ".terraform.lock.hcl"]:
            shutil.copy(file, folder)
        shutil.copytree(REGION / "tests" / "mocks", folder / "tests" / "mocks")
        (folder / ".terraform").symlink_to(REGION / ".terraform")
        (folder / "tests" / "modes.tftest.hcl").write_text('mock_provider "aws" {\n  source = "./tests/mocks"\n}\n' + runs)
        answer = subprocess.run(["terraform", f"-chdir={folder}", "test", "-json", "-verbose"], capture_output=True, text=True)
    events = [json.loads(line) for line in answer.stdout.splitlines()]
    plans = {event["@testrun"]: event["test_plan"] for event in events if event["type"] == "test_plan"}
    if len(plans) != len(MODES):
        told = [event["diagnostic"].get("detail") for event in events if event["type"] == "diagnostic"]
        sys.exit(f"Error: Terraform planned {len(plans)} of {len(MODES)} modes\n{answer.stderr}{told}\nHint: terraform init")
    return {mode: plans[f"mode_{number}"] for number, mode in enumerate(MODES)}


def resources(plan):
    """The addresses that a plan makes in AWS, without the keys of their instances."""
    return [re.sub(r"\[.*", "", one["address"]) for one in plan["resource_changes"]
            if one["change"]["actions"] == ["create"] and not one["address"].startswith("terraform_data.")]


def counts(plans):
    rows = [f"| {mode} | {len(resources(plan))} |" for mode, plan in plans.items()]
    return ["| with | resources |", "|---|---|", *rows]


def inventory(plan):
    """What the least makes, by the file it stands in."""
    made, rows = resources(plan), []
    for file in sorted(REGION.glob("*.tf")):
        declared = re.findall(r'^resource "(\w+)" "(\w+)"', file.read_text(), re.M)
        here = [(f"{kind}.{name}", made.count(f"{kind}.{name}")) for kind, name in declared if f"{kind}.{name}" in made]
        if here:
            listed = ", ".join(f"`{address}`" + (f" ×{count}" if count > 1 else "") for address, count in here)
            rows.append(f"| `{file.name}` | {sum(count for _, count in here)} | {listed} |")
    return ["| file | resources | which |", "|---|---|---|", *rows]


def declared():
    """Every variable, as it is written: its name, and the text of each of its arguments."""
    for file in [REGION / "variables.tf", *sorted(REGION.glob("variables-*.tf"))]:
        for name, body in re.findall(r'^variable "(\w+)" \{\n(.*?)^\}', file.read_text(), re.M | re.S):
            yield name, dict(re.findall(r"^  (\w+)\s+= (.*?)(?=\n  \w|\n\n|\Z)", body, re.M | re.S))


def described(text):
    if not text.startswith("<<-EOT"):
        return json.loads(text)
    lines = [line.strip() for line in text.splitlines()[1:] if line.strip() != "EOT"]
    return "<br>".join(re.sub(r"^([a-z_0-9]+(?:, [a-z_0-9]+)*): ", lambda names: "`" + names.group(1).replace(", ", "`, `") + "`: ", line) for line in lines)


def variables():
    rows = []
    for name, said in declared():
        kind = re.match(r"\w+(\(\w+\))?", said["type"]).group(0)
        default = f"`{' '.join(said['default'].split())}`" if "default" in said else "**required**"
        rows.append(f"| `{name}` | {kind} | {default} | {described(said['description'])} |")
    return ["| variable | type | when not written | meaning |", "|---|---|---|---|", *rows]


def outputs():
    found = re.findall(r'^output "(\w+)" \{\n  description = "(.*)"', (REGION / "outputs.tf").read_text(), re.M)
    return ["| output | meaning |", "|---|---|", *(f"| `{name}` | {meaning} |" for name, meaning in found)]


def filled(text, tables):
    """The README with every table between its two comments."""
    for name, lines in tables.items():
        pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
        assert re.search(pattern, text, re.S), f"README.md has no place for the table {name}"
        text = re.sub(pattern, lambda found: found.group(1) + "\n".join(lines) + "\n" + found.group(2), text, flags=re.S)
    return text


def main():
    plans = planned()
    least, *_ = plans.values()
    text = README.read_text()
    tables = {"counts": counts(plans), "inventory": inventory(least), "variables": variables(), "outputs": outputs()}
    right = filled(text, tables)
    wrong = ["README.md is out of date: run terraform/region/tables.py"] if right != text else []

    everything = {address for plan in plans.values() for address in resources(plan)}
    drawn = {address for diagram in re.findall(r"```mermaid\n(.*?)```", text, re.S) for address in re.findall(r"\baws_\w+\.\w+", diagram)}
    wrong += [f"README.md draws {address}, which no mode plans" for address in sorted(drawn - everything)]
    wrong += [f"README.md draws nothing of {address}" for address in sorted(set(resources(least)) - drawn - UNDRAWN)]

    if "--check" not in sys.argv:
        README.write_text(right)
        wrong = wrong[1:] if right != text else wrong
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


# Too small for a picture: what only ties two boxes together.
UNDRAWN = {
    "aws_default_security_group.main", "aws_ecs_cluster_capacity_providers.main", "aws_iam_role_policy.ecs_execution",
    "aws_route_table_association.public", "aws_vpc_security_group_egress_rule.alb_to_tasks",
    "aws_vpc_security_group_egress_rule.tasks_out", "aws_vpc_security_group_ingress_rule.alb",
    "aws_vpc_security_group_ingress_rule.tasks_from_alb",
}

if __name__ == "__main__":
    sys.exit(main())
