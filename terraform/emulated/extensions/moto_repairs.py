"""Where moto answers otherwise than AWS in a way that shows as a failed apply or a difference in a plan."""

import json

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse
from moto.core.responses import ActionResult
from moto.core.utils import camelcase_to_underscores
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.subnets import Subnet
from moto.ec2.models.vpcs import VPCBackend
from moto.ecs.models import EC2ContainerServiceBackend
from moto.ecs.responses import EC2ContainerServiceResponse
from moto.route53.models import route53_backends
from moto.servicediscovery.models import ServiceDiscoveryBackend
from moto.stepfunctions.responses import StepFunctionResponse
from workaround import works_around

_KEPT = ("availabilityZoneRebalancing", "capacityProviderStrategy", "deploymentConfiguration", "enableECSManagedTags",
         "enableExecuteCommand", "healthCheckGracePeriodSeconds")


@works_around("ECS CreateService drops execute command, grace period, rebalancing, capacity providers and tag settings")
def keep_service_settings():
    create = EC2ContainerServiceResponse.create_service

    def create_service(self):
        result = create(self)
        asked = self._get_params()
        for key in _KEPT:
            if key in asked:
                setattr(result.result["service"], camelcase_to_underscores(key), asked[key])
        return result

    EC2ContainerServiceResponse.create_service = create_service


@works_around("the description of a security group rule that names another group is not returned")
def describe_rules_between_groups():
    SecurityGroupRule.description = property(
        lambda rule: rule.ip_range.get("Description") or rule.source_group.get("Description"))


@works_around("subnets can't be found by the id of their IPv6 block, and the block's state is nested wrongly")
def find_subnets_by_their_ipv6_block():
    filter_value = Subnet.get_filter_value

    def get_filter_value(self, filter_name, method_name=None):
        if filter_name == "ipv6-cidr-block-association.association-id":
            return list(self.ipv6_cidr_block_associations)
        return filter_value(self, filter_name, method_name)

    Subnet.get_filter_value = get_filter_value
    Subnet.ipv6_cidr_block_association_set = property(lambda self: [
        {**one, "ipv6CidrBlockState": {"state": one["ipv6CidrBlockState"]["State"]}}
        for one in self.ipv6_cidr_block_associations.values() if one["ipv6CidrBlockState"]["State"] == "associated"
    ])


_tags = {}


@works_around("Application Auto Scaling has no tags")
def tag_scalable_targets():
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(self):
        answer = register(self)
        if self._get_param("Tags"):
            _tags[json.loads(answer)["ScalableTargetARN"]] = dict(self._get_param("Tags"))
        return answer

    def tag_resource(self):
        _tags.setdefault(self._get_param("ResourceARN"), {}).update(self._get_param("Tags"))
        return "{}"

    def untag_resource(self):
        for key in self._get_param("TagKeys"):
            _tags.get(self._get_param("ResourceARN"), {}).pop(key, None)
        return "{}"

    ApplicationAutoScalingResponse.register_scalable_target = register_scalable_target
    ApplicationAutoScalingResponse.tag_resource = tag_resource
    ApplicationAutoScalingResponse.untag_resource = untag_resource
    ApplicationAutoScalingResponse.list_tags_for_resource = lambda self: json.dumps(
        {"Tags": _tags.get(self._get_param("ResourceARN"), {})})


@works_around("Step Functions has neither ValidateStateMachineDefinition nor ListStateMachineVersions")
def answer_what_the_provider_asks_of_state_machines():
    StepFunctionResponse.validate_state_machine_definition = lambda self: ActionResult(
        {"result": "OK", "diagnostics": [], "truncated": False})
    StepFunctionResponse.list_state_machine_versions = lambda self: ActionResult({"stateMachineVersions": []})


@works_around("what goes with a resource stays: a namespace's zone, a network's own ACL; a deleted cluster is listed")
def take_companions_along():
    delete_namespace, delete_vpc = ServiceDiscoveryBackend.delete_namespace, VPCBackend.delete_vpc

    def remove_namespace(self, namespace_id):
        namespace = self.namespaces.get(namespace_id)
        operation = delete_namespace(self, namespace_id)
        zone = (namespace.dns_properties or {}).get("HostedZoneId", "")
        route53_backends[self.account_id]["aws"].zones.pop(zone.rsplit("/", 1)[-1], None)
        return operation

    def remove_vpc(self, vpc_id):
        network = delete_vpc(self, vpc_id)
        for id in [id for id, one in self.network_acls.items() if one.vpc_id == vpc_id]:
            del self.network_acls[id]
        return network

    ServiceDiscoveryBackend.delete_namespace, VPCBackend.delete_vpc = remove_namespace, remove_vpc
    EC2ContainerServiceBackend.list_clusters = lambda self: [
        one.arn for one in self.clusters.values() if one.status == "ACTIVE"]
