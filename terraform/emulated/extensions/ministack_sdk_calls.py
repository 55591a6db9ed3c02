"""`aws-sdk:` tasks of a state machine as AWS makes them: its names, its errors, and the role's own permissions.

The names are Step Functions' (those of the AWS SDK for Java 2: `DnsName`, not `DNSName`), so a definition that works
here is not refused there. Each call is made through botocore to this same emulator, which validates its parameters.
"""

import os
import re
from contextvars import ContextVar
from datetime import datetime

import boto3
import botocore.exceptions
import ministack_control as control
import ministack_permissions as permissions
from ministack.core.responses import get_region
from ministack.services import stepfunctions
from workaround import works_around

# Step Functions' name of a service: botocore's name, the prefix of its errors
_SERVICES = {
    "applicationautoscaling": ("application-autoscaling", "ApplicationAutoScaling"),
    "cloudformation": ("cloudformation", "CloudFormation"),
    "cloudwatch": ("cloudwatch", "CloudWatch"),
    "ecs": ("ecs", "Ecs"),
    "elasticloadbalancingv2": ("elbv2", "ElasticLoadBalancingV2"),
    "route53": ("route53", "Route53"),
    "secretsmanager": ("secretsmanager", "SecretsManager"),
    "sfn": ("stepfunctions", "Sfn"),
    "wafv2": ("wafv2", "Wafv2"),
}
_execution = ContextVar("execution")
_clients = {}


@works_around("Step Functions has no aws-sdk:elasticloadbalancingv2 and no aws-sdk:applicationautoscaling, "
              "and checks neither the names of parameters nor the role's permissions")
def make_calls_as_step_functions_does():
    execute = stepfunctions._execute_task

    def execute_task(state, raw_input, execution, ctx):
        _execution.set(execution)
        return execute(state, raw_input, execution, ctx)

    stepfunctions._execute_task = execute_task
    stepfunctions._invoke_aws_sdk_integration = _call


def _call(resource, parameters):
    service, operation = resource.split(":")[-2:]
    if service not in _SERVICES:
        raise _error("States.Runtime", f"the harness knows no service {service}: add it to {__file__}")
    name, prefix = _SERVICES[service]
    client = _client(name)
    operation = operation[0].upper() + operation[1:]
    model = client.meta.service_model.operation_model(operation)
    request = _to_wire(parameters or {}, model.input_shape, operation)
    execution = _execution.get()
    fault = control.before_call(execution, name, operation)
    if fault == "stop":
        stepfunctions._stop_execution({"executionArn": execution["executionArn"], "error": "Harness.Stopped"})
        raise _error("Harness.Stopped", f"stopped before {operation}")
    if fault == "throttle":
        raise _error(f"{prefix}.{prefix}Exception", "Rate exceeded (Service: harness, Status Code: 400)")
    refusal = permissions.refusal(stepfunctions._state_machines[execution["stateMachineArn"]]["roleArn"],
                                  name, operation, request)
    control.calls[-1]["refused"] = refusal
    if refusal:
        raise _error(f"{prefix}.{prefix}Exception", refusal)
    try:
        answer = getattr(client, _snake(operation))(**request)
    except botocore.exceptions.ParamValidationError as problem:
        raise _error("States.Runtime", f"{operation}: {problem}") from None
    except botocore.exceptions.ClientError as problem:
        raise _error(f"{prefix}.{_exception(client, problem, prefix)}", problem.response["Error"]["Message"]) from None
    if fault == "lose":
        raise _error(f"{prefix}.SdkClientException", f"the answer to {operation} was lost")
    if fault == "blind":
        answer = {key: [] for key, value in answer.items() if isinstance(value, list)}
    answer.pop("ResponseMetadata", None)
    return _from_wire(answer, model.output_shape)


def _error(name, cause):
    return stepfunctions._ExecutionError(name, cause)


def _client(name):
    key = (name, get_region())
    if key not in _clients:
        _clients[key] = boto3.client(
            name, region_name=get_region(), endpoint_url=f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
            aws_access_key_id="test", aws_secret_access_key="test",
            config=boto3.session.Config(retries={"total_max_attempts": 1}, inject_host_prefix=False),
        )
    return _clients[key]


def _snake(operation):
    return boto3.session.botocore.xform_name(operation)


def _exception(client, problem, prefix):
    """An error's name in the AWS SDK for Java 2: its shape's, ending in Exception; one for all that have no shape."""
    shape = client.meta.service_model.shape_for_error_code(problem.response["Error"]["Code"])
    if shape is None:
        return f"{prefix}Exception"
    name = _java(re.sub("(Fault|Error)$", "", shape.name))
    return name if name.endswith("Exception") else f"{name}Exception"


def _java(name):
    """A member's name in the AWS SDK for Java 2, which is Step Functions': DNSName is DnsName, TTL is Ttl."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z]([a-zA-Z]|[0-9]))", " ", name)
    name = re.sub(r"([A-Z]+)([A-Z][a-z])", r"\1 \2", name)
    name = re.sub(r"([0-9])([a-zA-Z])", r"\1 \2", name)
    return "".join(word[0].upper() + word[1:].lower() for word in name.split())


def _to_wire(value, shape, where):
    if shape is None:
        return {}
    if shape.type_name == "structure":
        names = {_java(member): member for member in shape.members}
        unknown = sorted(set(value) - set(names))
        if unknown:
            raise _error("States.Runtime", f"the field {unknown[0]} is not supported by Step Functions in {where}; "
                                           f"known: {sorted(names)}")
        return {names[key]: _to_wire(item, shape.members[names[key]], f"{where}.{key}") for key, item in value.items()}
    if shape.type_name == "list":
        return [_to_wire(item, shape.member, where) for item in value]
    return value


def _from_wire(value, shape):
    if shape is None:
        return {}
    if shape.type_name == "structure":
        return {_java(key): _from_wire(item, shape.members[key]) for key, item in value.items() if key in shape.members}
    if shape.type_name == "list":
        return [_from_wire(item, shape.member) for item in value]
    return value.isoformat() if isinstance(value, datetime) else value
