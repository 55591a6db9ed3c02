"""CloudWatch alarms whole: as they were put, metric expressions included, and described with every member."""

from datetime import datetime, timezone
from xml.sax.saxutils import escape

from ministack.services import cloudwatch
from workaround import works_around


def _expressions(params):
    """Metrics.member.1.MetricStat.Metric.Dimensions.member.1.Name and the like, as the list they stand for."""
    tree = {}
    for key in params:
        if key.startswith("Metrics.member."):
            node, path = tree, key.removeprefix("Metrics.").split(".")
            for step in path[:-1]:
                node = node.setdefault(step, {})
            node[path[-1]] = cloudwatch._p(params, key)
    return _listed(tree)


def _listed(node):
    if not isinstance(node, dict):
        return node
    if set(node) == {"member"}:
        return [_listed(node["member"][number]) for number in sorted(node["member"], key=int)]
    return {key: _listed(value) for key, value in node.items()}


def _xml(value):
    if isinstance(value, dict):
        return "".join(f"<{key}>{_xml(item)}</{key}>" for key, item in value.items() if item not in (None, ""))
    if isinstance(value, list):
        return "".join(f"<member>{_xml(item)}</member>" for item in value)
    return escape(str(value).lower() if isinstance(value, bool) else str(value))


def _shown(alarm):
    times = ("StateUpdatedTimestamp", "AlarmConfigurationUpdatedTimestamp")
    shown = {key: datetime.fromtimestamp(value, timezone.utc).isoformat() if key in times else value
             for key, value in alarm.items()}
    if alarm.get("Metrics"):  # an alarm on an expression has no metric of its own
        for key in ("Statistic", "Period", "MetricName", "Namespace", "Dimensions"):
            shown.pop(key, None)
    return shown


@works_around("CloudWatch drops the expressions of an alarm, and describes an alarm without half of its members")
def keep_and_describe_whole_alarms():
    put, describe = cloudwatch._put_metric_alarm, cloudwatch._describe_alarms

    def put_alarm(params, cbor_data, is_cbor, is_json=False):
        answer = put(params, cbor_data, is_cbor, is_json)
        alarm = cloudwatch._alarms.get(cloudwatch._p(params, "AlarmName"))
        if answer[0] < 300 and alarm and not (is_cbor or is_json):
            alarm["Metrics"] = _expressions(params)
        return answer

    def describe_alarms(params, cbor_data, is_cbor, is_json=False):
        if is_cbor or is_json:
            return describe(params, cbor_data, is_cbor, is_json)
        wanted = {cloudwatch._p(params, key) for key in params if key.startswith("AlarmNames.member.")}
        found = [_shown(one) for name, one in cloudwatch._alarms.items() if not wanted or name in wanted]
        return cloudwatch._xml(200, "DescribeAlarmsResponse", "<DescribeAlarmsResult>"
                               f"<MetricAlarms>{_xml(found)}</MetricAlarms></DescribeAlarmsResult>")

    cloudwatch._put_metric_alarm, cloudwatch._describe_alarms = put_alarm, describe_alarms
