"""Where ministack answers otherwise than AWS in a way that shows as a failed apply or a difference in a plan."""

import ipaddress
import itertools

from hypercorn.config import Config
from ministack.services import alb, ec2, ecs, servicediscovery, stepfunctions
from workaround import works_around

_addresses = itertools.count(10)


@works_around("a connection that was idle for 75 s is closed even while a request arrives on it; the provider then "
              "makes that request twice, and the service that follows a balancer by that time is refused as a double")
def keep_idle_connections():
    Config.keep_alive_timeout = property(lambda self: 3600.0, lambda self, seconds: None)


@works_around("a security group's default egress rule is never revoked, so every group keeps allow-all")
def compare_rules_by_content():
    def content(rule):
        sources = {
            key: sorted(
                str({k: v for k, v in dict(entry).items() if k != "Description"}) for entry in rule.get(key) or [])
            for key in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs")
        }
        return {key: str(rule.get(key, "")) for key in ("IpProtocol", "FromPort", "ToPort")} | sources

    ec2._rules_match = lambda one, other: content(one) == content(other)


@works_around("VPC endpoints forget their security groups and that they have private names")
def keep_endpoint_settings():
    create, shown = ec2._ACTION_MAP["CreateVpcEndpoint"], ec2._vpce_fields_xml

    def show(endpoint, tag="item"):
        groups = "".join(f"<item><groupId>{id}</groupId></item>" for id in endpoint.get("GroupIds", []))
        more = f"<groupSet>{groups}</groupSet><privateDnsEnabled>{endpoint.get('PrivateDns', 'false')}</privateDnsEnabled>"
        return shown(endpoint, tag).rstrip().removesuffix(f"</{tag}>") + f"{more}</{tag}>"

    def create_endpoint(p):
        answer = create(p)
        made = list(ec2._vpc_endpoints.values())[-1]
        made |= {"GroupIds": ec2._parse_member_list(p, "SecurityGroupId"),
                 "PrivateDns": ec2._p(p, "PrivateDnsEnabled") or "false"}
        return answer

    ec2._vpce_fields_xml = show
    ec2._ACTION_MAP["CreateVpcEndpoint"] = create_endpoint


@works_around("Cloud Map's CreateService wants NamespaceId at top level, where the provider sends it in DnsConfig")
def find_namespace_in_dns_config():
    create = servicediscovery._create_service

    def create_service(data):
        namespace = data.get("NamespaceId") or (data.get("DnsConfig") or {}).get("NamespaceId")
        return create({**data, "NamespaceId": namespace})

    servicediscovery._create_service = create_service


_KEPT = ("availabilityZoneRebalancing", "serviceRegistries", "propagateTags", "enableECSManagedTags")


@works_around("ECS CreateService and UpdateService drop zone rebalancing, service registries and tag settings")
def keep_service_settings():
    def keeping(handler):
        def handle(data):
            status, headers, body = handler(data)
            cluster = ecs._resolve_cluster_name(data.get("cluster", "default"))
            name, _ = ecs._resolve_service_ref(data.get("service") or data.get("serviceName") or "") or ("", None)
            service = ecs._services.get(f"{cluster}/{name}")
            if status < 300 and service:
                service.update({key: data[key] for key in _KEPT if key in data})
                ecs._refresh_service_state(cluster, f"service:{name}")
            return status, headers, body

        return handle

    for action in ("CreateService", "UpdateService"):
        ecs._ACTION_MAP[action] = keeping(ecs._ACTION_MAP[action])


def _address_in(subnet_id):
    network = ipaddress.ip_network(ec2._subnets[subnet_id]["CidrBlock"])
    return str(network[next(_addresses) % (network.num_addresses - 10) + 8])


@works_around("without Docker a running task has no network interface, so target groups and Cloud Map stay empty")
def give_tasks_addresses():
    refresh = ecs._refresh_service_state

    def refresh_with_addresses(cluster_name, group):
        service = ecs._services.get(f"{cluster_name}/{(group or '').removeprefix('service:')}")
        if service:
            tasks = [
                task for task in ecs._tasks.values()
                if task.get("group") == group and task.get("clusterArn") == service["clusterArn"]
                and task.get("lastStatus") == "RUNNING"
            ]
            for task in tasks:
                _attach_interface(task, service)
            _register_in_cloud_map(service, tasks)
        refresh(cluster_name, group)

    ecs._refresh_service_state = refresh_with_addresses


def _attach_interface(task, service):
    subnet = ecs._requested_subnet(service)
    if task.get("attachments") or subnet not in ec2._subnets:
        return
    address = {"name": "privateIPv4Address", "value": _address_in(subnet)}
    task["attachments"] = [{
        "id": task["taskArn"].rsplit("/", 1)[-1], "type": "ElasticNetworkInterface", "status": "ATTACHED",
        "details": [{"name": "subnetId", "value": subnet}, address],
    }]


def _register_in_cloud_map(service, tasks):
    for registry in service.get("serviceRegistries") or []:
        id = registry["registryArn"].rsplit("/", 1)[-1]
        if id in servicediscovery._services:
            servicediscovery._instances[id] = {
                task["taskArn"].rsplit("/", 1)[-1]: {
                    "Id": task["taskArn"].rsplit("/", 1)[-1],
                    "Attributes": {"AWS_INSTANCE_IPV4": ecs._task_ip(task)},
                }
                for task in tasks
            }


@works_around("CreateLoadBalancer and CreateListener refuse or double what AWS answers with the existing one")
def create_edge_idempotently():
    create_balancer, create_listener = alb._create_lb, alb._create_listener

    def balancer(params):
        for one in alb._lbs.values():
            same = one["LoadBalancerName"] == alb._p(params, "Name") and (
                sorted(one["Subnets"]) == sorted(alb._parse_member_list(params, "Subnets"))
                and sorted(one["SecurityGroups"]) == sorted(alb._parse_member_list(params, "SecurityGroups"))
            )
            if same:
                return alb._xml(200, "CreateLoadBalancer", f"<LoadBalancers>{alb._lb_xml(one)}</LoadBalancers>")
        return create_balancer(params)

    def listener(params):
        for one in alb._listeners.values():
            place = alb._p(params, "LoadBalancerArn"), alb._p(params, "Port")
            if (one["LoadBalancerArn"], str(one["Port"])) == place:
                if one["DefaultActions"] == alb._parse_actions(params, "DefaultActions"):
                    return alb._xml(200, "CreateListener", f"<Listeners>{alb._listener_xml(one)}</Listeners>")
                return alb._error("DuplicateListener", "A listener already exists on this port with other settings")
        return create_listener(params)

    alb._ACTION_MAP |= {"CreateLoadBalancer": balancer, "CreateListener": listener}


@works_around("DeleteLoadBalancer leaves the balancer's listeners behind")
def delete_listeners_with_their_balancer():
    delete = alb._delete_lb

    def delete_balancer(params):
        arn = alb._p(params, "LoadBalancerArn")
        for listener in [key for key, value in alb._listeners.items() if value["LoadBalancerArn"] == arn]:
            alb._delete_listener({"ListenerArn": [listener]})
        for group in alb._tgs.values():
            group["LoadBalancerArns"] = [one for one in group["LoadBalancerArns"] if one != arn]
        return delete(params)

    alb._ACTION_MAP["DeleteLoadBalancer"] = delete_balancer


@works_around("an execution that is stopped inside a task ends FAILED instead of ABORTED")
def keep_aborted_executions_aborted():
    fail = stepfunctions._fail_execution
    stepfunctions._fail_execution = (
        lambda execution, error, cause: None if execution["status"] == "ABORTED" else fail(execution, error, cause)
    )
