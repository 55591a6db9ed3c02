"""Whether a cron expression of EventBridge Scheduler is due at a moment of its own time zone."""

_DAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"]


def is_due(expression, moment):
    """Handles what the configuration writes: lists and single values for minute and hour, lists of names for days."""
    minute, hour, day, month, weekday, year = expression.removeprefix("cron(").removesuffix(")").split()
    assert (day, month, year) == ("?", "*", "*"), expression
    return (
        _has(minute, str(moment.minute)) and _has(hour, str(moment.hour)) and _has(weekday, _DAYS[moment.weekday()])
    )


def _has(field, value):
    return field == "*" or value in field.split(",")
