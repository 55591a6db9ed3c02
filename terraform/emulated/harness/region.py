"""The variables of the regions under test, and what the tests look at in the emulated AWS."""

import time

# Values no file of a run may hold: what an operator puts into the secrets after the apply.
SECRETS = {"api_key": "canary-api-key-5f0c1d7e", "fleet_key": "canary-fleet-key-91b2a6c4"}


def variables(region, **more):
    """The least a user writes, and few enough retries that a call no emulator knows fails soon."""
    return {
        "project_name": "my-mcp", "environment": "test", "aws_region": region,
        "container_image": "ghcr.io/my-org/my-mcp:1.0", "provider_settings": {"max_retries": 4},
    } | more


ACCESS_LOGS = "my-mcp-access-logs"


def options(region):
    """Every option at once, as far as they go together."""
    registry = f"123456789012.dkr.ecr.{region}.amazonaws.com"
    return {
        "autoscaling": {"max_count": 6},
        "allowed_cidrs": ["203.0.113.0/24", "2001:db8::/32"],
        "enable_domain": True, "domain_name": "example.com", "enable_ipv6": True,
        "encryption": {"enabled": True},
        "gateway_image": f"{registry}/slipway-gateway:1.0",
        "container_image": f"{registry}/my-mcp:1.0",
        "load_balancer": {"access_logs_bucket": ACCESS_LOGS},
        "monitoring": {"alarms": True, "dashboard": True, "email": "ops@example.com", "container_insights": True},
        "private_subnets": {"enabled": True, "egress": "endpoints"},
        "task": {"architecture": "ARM64", "spot_percent": 50, "execute_command": True},
        "waf": {"enabled": True},
    }


def hosted_zone(emulator, name="example.com"):
    """A public zone, as the operator of a domain already has one: its bare id."""
    zone = emulator.client("route53", "us-east-1").create_hosted_zone(Name=name, CallerReference=str(time.time()))
    return zone["HostedZone"]["Id"].rsplit("/", 1)[-1]


def put_secrets(emulator, outputs):
    """What an operator does after the first apply."""
    secrets = emulator.client("secretsmanager", outputs["region"])
    secrets.put_secret_value(SecretId=outputs["secret_arn"], SecretString='{"API_KEY": "%s"}' % SECRETS["api_key"])
    if outputs.get("fleet_key_secret_arn"):
        secrets.put_secret_value(SecretId=outputs["fleet_key_secret_arn"], SecretString=SECRETS["fleet_key"])


def assert_no_secret(directory, more=()):
    """No file of a run (state, plans, logs, the emulator's own log) holds a secret's value."""
    for file in directory.rglob("*"):
        if file.is_file() and not file.is_symlink() and ".terraform" not in file.parts:
            assert_hides(file.read_bytes(), file)
    for name, content in more:
        assert_hides(content, name)


def assert_hides(content, where):
    for name, value in SECRETS.items():
        assert value.encode() not in content, f"{where} holds the value of the {name}"


class Watched:
    """One applied region, seen through the AWS API rather than through Terraform."""

    def __init__(self, emulator, outputs):
        self.emulator, self.outputs = emulator, outputs

    def client(self, service):
        return self.emulator.client(service, self.outputs["region"])

    def service(self):
        cluster, name = self.outputs["ecs_cluster_name"], self.outputs["ecs_service_name"]
        return self.client("ecs").describe_services(cluster=cluster, services=[name])["services"][0]

    def task_definition(self):
        return self.client("ecs").describe_task_definition(
            taskDefinition=self.service()["taskDefinition"])["taskDefinition"]

    def balancers(self):
        return self.client("elbv2").describe_load_balancers()["LoadBalancers"]

    def listeners(self):
        return {
            one["Port"]: one for balancer in self.balancers()
            for one in self.client("elbv2").describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])["Listeners"]
        }

    def healthy_targets(self):
        health = self.client("elbv2").describe_target_health(TargetGroupArn=self.outputs["target_group_arn"])
        return [one for one in health["TargetHealthDescriptions"] if one["TargetHealth"]["State"] == "healthy"]

    def range(self):
        """(least, most) tasks, as the scalable target holds them."""
        target = self.client("application-autoscaling").describe_scalable_targets(
            ServiceNamespace="ecs", ResourceIds=[self.outputs["scalable_target_id"]])["ScalableTargets"][0]
        return target["MinCapacity"], target["MaxCapacity"]

    def set_range(self, least, most, **more):
        """What an operator's hand does, and what a scheduled action does when its time has come."""
        self.client("application-autoscaling").register_scalable_target(
            ServiceNamespace="ecs", ResourceId=self.outputs["scalable_target_id"],
            ScalableDimension="ecs:service:DesiredCount", MinCapacity=least, MaxCapacity=most, **more)

    def write_log(self, task, *messages, at=None):
        """What a task's container writes, `at` seconds since 1970, or now."""
        logs = self.client("logs")
        group, stream = self.outputs["cloudwatch_log_group_name"], f"ecs/server/{task}"
        if not logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=stream)["logStreams"]:
            logs.create_log_stream(logGroupName=group, logStreamName=stream)
        now = int((at or time.time()) * 1000)
        logs.put_log_events(logGroupName=group, logStreamName=stream, logEvents=[
            {"timestamp": now + index, "message": one} for index, one in enumerate(messages)])

    def scheduled_actions(self):
        actions = self.client("application-autoscaling").describe_scheduled_actions(ServiceNamespace="ecs")
        return {one["ScheduledActionName"]: one for one in actions["ScheduledActions"]}

    def may(self, role_arn, action, resource):
        """Whether a role's policies allow a call, by IAM's own simulator."""
        found = self.client("iam").simulate_principal_policy(
            PolicySourceArn=role_arn, ActionNames=[action], ResourceArns=[resource])["EvaluationResults"]
        return found[0]["EvalDecision"] == "allowed"

    def records(self, zone):
        """{(name, type, set identifier): record}, without the zone's own NS and SOA."""
        found = self.client("route53").list_resource_record_sets(HostedZoneId=zone)["ResourceRecordSets"]
        return {(one["Name"], one["Type"], one.get("SetIdentifier")): one
                for one in found if one["Type"] not in ("NS", "SOA")}
