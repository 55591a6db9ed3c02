#!/usr/bin/env python3
"""Every validation of a variable refuses what it should, in its own words, and accepts what lies at its edges.

Terraform itself judges: the variables are copied to a folder of their own, without the provider, and `terraform test`
plans them with each value below. Terraform's own `expect_failures` says that a variable was refused, but not by which
rule, so the words are compared here. A rule that no row below meets is a failure as well.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

REGION = pathlib.Path(__file__).resolve().parent.parent
LEAST = {"project_name": "my-mcp", "container_image": "my-org/my-mcp:1"}
DOMAIN = {"enable_domain": True, "domain_name": "example.com"}
ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:x"

# What the message says, and the values that are to be refused with it.
REFUSED = [
    ("project_name is 1 to 40", [{"project_name": name} for name in ("", "My-mcp", "1mcp", "my-", "my_mcp", "a" * 41)]),
    ("project_name starts with internal-", [{"project_name": "internal-mcp"}, {"project_name": "internal"}]),
    ("environment is 1 to 20", [{"environment": name} for name in ("", "Dev", "dev-", "1", "d" * 21)]),
    ("aws_region is a region's code", [{"aws_region": name} for name in ("", "ireland", "eu-west", "EU-WEST-1")]),
    ("cluster_name is 1 to 255", [{"cluster_name": name} for name in ("", "my cluster", "c" * 256)]),
    ("vpc_cidr is a block named by", [{"vpc_cidr": block} for block in ("10.10.0.0", "10.10.0.1/16", "ten")]),
    ("vpc_cidr is /16 to /24", [{"vpc_cidr": block} for block in ("10.0.0.0/15", "10.0.0.0/25")]),
    ("vpc_cidr is public address space", [{"vpc_cidr": block} for block in ("172.32.0.0/16", "172.15.0.0/16", "8.8.0.0/16", "11.0.0.0/16", "192.169.0.0/16")]),
    ("availability_zones has a zone of another region", [{"availability_zones": zones} for zones in (["eu-west-2a", "eu-west-1b"], ["eu-west-1", "eu-west-1b"])]),
    ("availability_zones has 2 to 6 zones", [{"availability_zones": zones} for zones in (
        [], ["eu-west-1a"], ["eu-west-1a", "eu-west-1a"], [f"eu-west-1{letter}" for letter in "abcdefg"])]),
    ("subnet_cidrs are blocks named by", [{"subnet_cidrs": blocks} for blocks in (["10.10.0.1/20"], ["10.10.0.0/28"], ["x"])]),
    ("subnet_cidrs has a block twice", [{"subnet_cidrs": ["10.10.0.0/20", "10.10.0.0/20"]}]),
    ("container_image is an image's name", [{"container_image": name} for name in ("", " a", "a b", "$x")]),
    ("container_port is a port", [{"container_port": port} for port in (0, 65536, 80.5)]),
    ("cpu is a size that Fargate has", [{"cpu": size} for size in (0, 128, 1000, 32768)]),
    ("memory is 512 to 122880", [{"memory": size} for size in (511, 122881, 1024.5)]),
    ("desired_count is a whole number", [{"desired_count": count} for count in (-1, 1001, 1.5)]),
    ("container_environment has a name that is none", [{"container_environment": {name: "x"}} for name in ("1A", "A-B", "")]),
    ("container_environment has what looks like a secret", [{"container_environment": {name: "x"}} for name in ("API_KEY", "DB_PASSWORD", "my_token", "APIKEY", "AWS_SECRET")]),
    ("container_environment has a PORT that is not", [{"container_port": 9000}, {"container_environment": {"PORT": "8000"}}]),
    ("container_environment has a setting of the gateway", [{"container_environment": {"SLIPWAY_PORT": "1"}}]),
    ("alb_port is a port", [{"alb_port": port} for port in (0, 65536, 80.5)]),
    ("alb_port is 443", [DOMAIN | {"alb_port": 443}]),
    ("target_group_port is a port", [{"target_group_port": port} for port in (0, 65536, 80.5)]),
    ("health_check_path is a path", [{"health_check_path": path} for path in ("", "health", "/a b", "/" * 1025)]),
    ("health_check_path is not /health", [{"health_check_path": "/up", "gateway_image": "g"}, {"health_check_path": "/up", "gateway_in_image": True}]),
    ("enable_service_discovery is off", [{"enable_service_discovery": False, "gateway_image": "g"}, {"enable_service_discovery": False, "gateway_in_image": True}]),
    ("service_discovery_ttl is 1 to 3600", [{"service_discovery_ttl": ttl} for ttl in (0, 3601, 1.5)]),
    ("service_discovery_failure_threshold is 1", [{"service_discovery_failure_threshold": count} for count in (0, 2)]),
    ("enable_domain is true, and no domain", [{"enable_domain": True}]),
    ("domain_name is a zone", [{"domain_name": name} for name in ("example", "-a.com", "a..com", "a.com.")]),
    ("subdomain is the part before", [{"subdomain": name} for name in ("-a", "a.", "a b")]),
    ("destroy_albs_when_scaled_down does nothing", [DOMAIN | {"destroy_albs_when_scaled_down": True}]),
    ("destroy_albs_when_scaled_down needs a domain", [{"destroy_albs_when_scaled_down": True, "enable_weekend_only": True}]),
    ("destroy_albs_when_scaled_down needs a balancer", [DOMAIN | {"destroy_albs_when_scaled_down": True, "enable_weekend_only": True, "create_alb": False}]),
    ("weekend_hours_start is an hour", [{"weekend_hours_start": hour} for hour in (-1, 24, 6.5)]),
    ("weekend_hours_end is an hour", [{"weekend_hours_end": hour} for hour in (0, 25, 22.5)]),
    ("weekend_hours_start is not before", [{"weekend_hours_start": 22, "weekend_hours_end": 6}, {"weekend_hours_start": 6, "weekend_hours_end": 6}]),
    ("gateway_image is an image's name", [{"gateway_image": name} for name in ("", "a b")]),
    ("gateway_image and gateway_in_image exclude", [{"gateway_image": "g", "gateway_in_image": True}]),
    ("gateway.server_port is container_port", [{"gateway_image": "g", "gateway": {"server_port": 8001}}]),
    ("gateway.server_port is a port", [{"gateway": {"server_port": port}} for port in (0, 65536, 80.5)]),
    ("gateway.upstream_path and gateway.path", [{"gateway": {"path": "mcp"}}, {"gateway": {"upstream_path": "mcp"}}]),
    ("gateway.drain_seconds is 1 to 115", [{"gateway": {"drain_seconds": seconds}} for seconds in (0, 116, 1.5)]),
    ("gateway.environment has settings of the gateway only", [{"gateway": {"environment": {"PORT": "1"}}}]),
    ("gateway.environment has a secret", [
        {"gateway": {"environment": {name: "x"}}} for name in ("SLIPWAY_FLEET_KEY", "SLIPWAY_API_KEYS", "SLIPWAY_UPSTREAM_AUTHORIZATION")]),
    ("gateway.secrets are SLIPWAY_API_KEYS and", [
        {"gateway_image": "g", "gateway": {"secrets": names}}
        for names in (["API_KEY"], ["SLIPWAY_FLEET_KEY"], ["SLIPWAY_API_KEYS", "SLIPWAY_API_KEYS"])]),
    ("gateway.secrets are for a gateway", [{"gateway": {"secrets": ["SLIPWAY_API_KEYS"]}}]),
    ("gateway.fleet_key_arn is the ARN", [{"gateway": {"fleet_key_arn": arn}} for arn in ("x", ARN.replace("-1:", "-2:"))]),
    ("container_command is empty", [{"container_command": []}]),
    ("task.architecture is", [{"task": {"architecture": name}} for name in ("x86_64", "ARM")]),
    ("task.spot_percent is", [{"task": {"spot_percent": percent}} for percent in (-1, 101, 0.5)]),
    ("task.on_demand_base is", [{"task": {"on_demand_base": count}} for count in (-1, 1001, 0.5)]),
    ("task.grace_period_seconds is", [{"task": {"grace_period_seconds": seconds}} for seconds in (-1, 3601, 0.5)]),
    ("task.policy_arns are", [{"task": {"policy_arns": ["AdministratorAccess"]}}]),
    ("task.execute_command needs to write", [{"task": {"execute_command": True, "read_only_root": True}}]),
    ("task_egress_ports are ports", [{"task_egress_ports": ports} for ports in ([], [80], [443, 0], [443, 65536])]),
    ("autoscaling.max_count is below", [{"autoscaling": {"max_count": count}} for count in (1, 1001, 2.5)]),
    ("autoscaling.cpu_percent is", [{"autoscaling": {"cpu_percent": percent}} for percent in (0, 101)]),
    ("autoscaling.scale_out_seconds and", [{"autoscaling": {"scale_out_seconds": -1}}, {"autoscaling": {"scale_in_seconds": -1}}]),
    ("weekend_days are", [{"weekend_days": days} for days in ([], ["SAT", "SAT"], ["Saturday"], ["sat"])]),
    ("timezone is an area and a city", [{"timezone": name} for name in ("", "Berlin", "Europe/", "GMT+1", "Europa/Berlin")]),
    ("load_balancer.idle_timeout is", [{"load_balancer": {"idle_timeout": seconds}} for seconds in (0, 4001)]),
    ("load_balancer.client_keep_alive is", [{"load_balancer": {"client_keep_alive": seconds}} for seconds in (59, 604801)]),
    ("load_balancer.deregistration_delay is", [{"load_balancer": {"deregistration_delay": seconds}} for seconds in (-1, 3601)]),
    ("load_balancer.ssl_policy is", [{"load_balancer": {"ssl_policy": "ELBSecurityPolicy-2016-08"}}]),
    ("load_balancer.deletion_protection forbids", [DOMAIN | {"destroy_albs_when_scaled_down": True, "enable_weekend_only": True, "load_balancer": {"deletion_protection": True}}]),
    ("allowed_cidrs are 1 to 25", [{"allowed_cidrs": blocks} for blocks in ([], ["here"], ["203.0.113.0"], [f"10.0.{n}.0/24" for n in range(26)])]),
    ("waf.requests_per_five_minutes is", [{"waf": {"requests_per_five_minutes": count}} for count in (9, 2000000001)]),
    ("waf.enabled needs a balancer", [{"waf": {"enabled": True}, "create_alb": False}]),
    ("hosted_zone_id is a zone's id", [{"hosted_zone_id": name} for name in ("", "example.com", "/hostedzone/Z1")]),
    ("certificate.arn is the ARN", [{"certificate": {"arn": arn}} for arn in ("x", "arn:aws:acm:us-east-1:123456789012:certificate/x")]),
    ("secret.keys are names", [{"secret": {"keys": keys}} for keys in (["A-B"], ["1A"], ["A", "A"])]),
    ("secret.keys has a setting of the gateway", [{"secret": {"keys": ["SLIPWAY_API_KEYS"]}}]),
    ("secret.keys has a name that is in container_environment", [{"secret": {"keys": ["PORT"]}}]),
    ("secret.recovery_window_in_days is", [{"secret": {"recovery_window_in_days": days}} for days in (1, 6, 31)]),
    ("secret.existing_arn is the ARN", [{"secret": {"existing_arn": arn}} for arn in ("x", ARN.replace("-1:", "-2:"))]),
    ("secret.replica_regions has this region", [{"secret": {"replica_regions": ["eu-west-1"]}}]),
    ("encryption.kms_key_arn is the ARN", [{"encryption": {"enabled": True, "kms_key_arn": "x"}}]),
    ("encryption.kms_key_arn names a key that nothing uses", [{"encryption": {"kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/x"}}]),
    ("private_subnets.egress is endpoints or nat", [{"private_subnets": {"egress": "none"}}]),
    ("private_subnets.egress is endpoints, which", [{"private_subnets": {"enabled": True, "egress": "endpoints"}}]),
    ("private_subnets.cidrs are", [{"private_subnets": {"cidrs": ["10.10.0.1/20"]}}]),
    ("monitoring.log_retention_days is", [{"monitoring": {"log_retention_days": days}} for days in (0, 2, 8)]),
    ("monitoring.topic_arn is", [{"monitoring": {"topic_arn": arn}} for arn in ("x", "arn:aws:sns:us-east-1:123456789012:x")]),
    ("monitoring.email is", [{"monitoring": {"email": name}} for name in ("x", "a@b", "a b@c.de")]),
    ("tags are at most 40", [{"tags": {"aws:x": "y"}}, {"tags": {f"t{n}": "" for n in range(41)}}, {"tags": {"t" * 129: ""}}]),
    ("provider_settings.max_retries is", [{"provider_settings": {"max_retries": count}} for count in (-1, 101)]),
    ("provider_settings.endpoint_url is", [{"provider_settings": {"endpoint_url": "127.0.0.1:4566"}}]),
]

ACCEPTED = [
    {},
    {"project_name": "my", "environment": "d", "desired_count": 0, "cpu": 256, "memory": 512},
    {"project_name": "a" * 40, "environment": "e" * 20, "desired_count": 1000, "cpu": 16384, "memory": 122880},
    {"project_name": "internals", "cluster_name": "C_-9" + "c" * 251, "aws_region": "us-gov-east-1"},
    {"vpc_cidr": "10.0.0.0/16"}, {"vpc_cidr": "172.16.0.0/16"}, {"vpc_cidr": "172.31.255.0/24"}, {"vpc_cidr": "192.168.0.0/24"},
    {"availability_zones": ["eu-west-1a", "eu-west-1b"], "subnet_cidrs": ["10.10.0.0/27", "10.10.0.32/27"]},
    {"availability_zones": [f"eu-west-1{letter}" for letter in "abcdef"]},
    {"container_image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-mcp@sha256:00", "gateway_image": "g", "private_subnets": {"enabled": True, "egress": "nat"}},
    {"container_image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/my-mcp:1", "private_subnets": {"enabled": True, "egress": "endpoints", "cidrs": ["10.10.128.0/20"]}},
    {"container_port": 1, "container_environment": {"PORT": "1"}, "target_group_port": 1, "alb_port": 1},
    {"container_port": 65535, "container_environment": {}, "target_group_port": 65535, "alb_port": 65535},
    {"container_port": 9000, "gateway_image": "g"}, {"container_port": 9000, "gateway_in_image": True},
    {"container_environment": {"_": "", "TOKENIZER": "x", "KEYS": "y"}, "health_check_path": "/" + "~" * 1023},
    {"alb_port": 443}, {"alb_port": 80} | DOMAIN,
    {"service_discovery_ttl": 1, "enable_service_discovery": False}, {"service_discovery_ttl": 3600},
    DOMAIN | {"subdomain": ""}, DOMAIN | {"subdomain": "a.b"},
    {"weekend_hours_start": 0, "weekend_hours_end": 1}, {"weekend_hours_start": 23, "weekend_hours_end": 24},
    {"weekend_days": ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"], "timezone": "America/Argentina/Buenos_Aires"}, {"timezone": "Etc/GMT-14"},
    DOMAIN | {"enable_weekend_only": True, "destroy_albs_when_scaled_down": True},
    {"gateway_in_image": True, "gateway": {"drain_seconds": 1, "server_port": 8001, "environment": {"SLIPWAY_IDLE": "60"}, "fleet_key_arn": ARN}},
    {"gateway_image": "g", "gateway": {"drain_seconds": 115, "server_port": 65535}, "container_command": ["x"]},
    {"gateway_image": "g", "gateway": {"secrets": ["SLIPWAY_API_KEYS", "SLIPWAY_UPSTREAM_AUTHORIZATION"]}},
    {"task": {"architecture": "ARM64", "spot_percent": 100, "on_demand_base": 1000, "grace_period_seconds": 3600, "execute_command": True}},
    {"task": {"grace_period_seconds": 0, "read_only_root": True, "policy_arns": ["arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::123456789012:policy/x"]}},
    {"task_egress_ports": [1, 443, 65535], "autoscaling": {"max_count": 2, "cpu_percent": 1, "scale_in_seconds": 0, "scale_out_seconds": 0}},
    {"autoscaling": {"max_count": 1000, "cpu_percent": 100}},
    {"load_balancer": {"idle_timeout": 1, "client_keep_alive": 60, "deregistration_delay": 0, "deletion_protection": True}},
    {"load_balancer": {"idle_timeout": 4000, "client_keep_alive": 604800, "deregistration_delay": 3600, "ssl_policy": "ELBSecurityPolicy-TLS13-1-3-2021-06"}},
    {"allowed_cidrs": ["203.0.113.7/32"]}, {"allowed_cidrs": [f"10.0.{n}.0/24" for n in range(24)] + ["2001:db8::/32"]},
    {"waf": {"enabled": True, "requests_per_five_minutes": 10}}, {"waf": {"requests_per_five_minutes": 2000000000}},
    DOMAIN | {"hosted_zone_id": "Z1", "certificate": {"arn": "arn:aws:acm:eu-west-1:123456789012:certificate/x"}},
    {"secret": {"keys": [], "recovery_window_in_days": 0, "existing_arn": ARN}}, {"secret": {"recovery_window_in_days": 7, "replica_regions": ["eu-west-2"]}},
    {"secret": {"recovery_window_in_days": 30}},
    {"encryption": {"enabled": True, "kms_key_arn": "arn:aws:kms:eu-west-1:123456789012:key/x"}},
    {"monitoring": {"log_retention_days": 1, "topic_arn": "arn:aws:sns:eu-west-1:123456789012:x", "email": "a@b.de"}},
    {"monitoring": {"log_retention_days": 3653}, "tags": {f"t{n}": "" for n in range(40)}},
    {"provider_settings": {"max_retries": 0, "endpoint_url": "http://127.0.0.1:4566"}}, {"provider_settings": {"max_retries": 100}},
]


def written(name, values):
    """A file of one run: after an error Terraform skips the rest of a file."""
    lines = "".join(f"  {key} = {json.dumps(value)}\n" for key, value in (LEAST | values).items())
    return f'run "{name}" {{\n  command = plan\n  variables {{\n{lines}  }}\n}}\n'


def judged(folder):
    """The refusals of each test file, by the file's name."""
    subprocess.run(["terraform", f"-chdir={folder}", "init", "-no-color"], check=True, stdout=subprocess.DEVNULL)
    answer = subprocess.run(["terraform", f"-chdir={folder}", "test", "-json"], capture_output=True, text=True)
    refusals, ran = {}, set()
    for event in map(json.loads, answer.stdout.splitlines()):
        file = pathlib.Path(event.get("@testfile", "")).stem.removesuffix(".tftest")
        if event["type"] == "test_run":
            ran.add(file)
        if event["type"] == "diagnostic" and event["diagnostic"]["severity"] == "error":
            refusals.setdefault(file, []).append(event["diagnostic"]["detail"])
    return refusals, ran


def main():
    rules = re.findall(r'error_message = "((?:[^"\\]|\\.)*)"', "".join(
        file.read_text() for file in REGION.glob("variables*.tf")))
    rows = [(f"refused-{row}-{n}", words, values)
            for row, (words, cases) in enumerate(REFUSED) for n, values in enumerate(cases)]
    rows += [(f"accepted-{n}", None, values) for n, values in enumerate(ACCEPTED)]

    with tempfile.TemporaryDirectory() as folder:
        for file in REGION.glob("variables*.tf"):
            shutil.copy(file, folder)
        tests = pathlib.Path(folder, "tests")
        tests.mkdir()
        for name, _, values in rows:
            (tests / f"{name}.tftest.hcl").write_text(written(name, values))
        refusals, ran = judged(folder)

    wrong = [f"no row meets the rule: {rule}" for rule in rules if not any(rule.startswith(words) for words, _ in REFUSED)]
    wrong += [f"no rule says: {words}" for words, _ in REFUSED if not any(rule.startswith(words) for rule in rules)]
    for name, words, values in rows:
        said = refusals.get(name, [])
        if name not in ran:
            wrong.append(f"{values} was not judged: {said}")
        elif words is None and said:
            wrong.append(f"{values} should be accepted, and was refused: {said}")
        elif words is not None and not any(text.startswith(words) for text in said):
            wrong.append(f"{values} should be refused with {words!r}, and was answered: {said}")
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(rules)} rules, {len(rows) - len(ACCEPTED)} values refused, {len(ACCEPTED)} accepted, {len(wrong)} wrong")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
