"""Starts ministack on loopback with what it lacks for terraform/region: see the other ministack_*.py files."""

from importlib.metadata import version

import ministack_engine  # noqa: F401  each import registers its workarounds, which are installed in this order

if ministack_engine.RUN:
    import ministack_containers  # noqa: F401
    import ministack_target_health  # noqa: F401
    import ministack_task_ends  # noqa: F401
    import ministack_balancers  # noqa: F401

import ministack_alarms  # noqa: F401
import ministack_autoscaling  # noqa: F401
import ministack_clock  # noqa: F401
import ministack_cloudformation  # noqa: F401
import ministack_control
import ministack_deployments  # noqa: F401
import ministack_repairs  # noqa: F401
import ministack_repeats  # noqa: F401
import ministack_sdk_calls  # noqa: F401
import ministack_strictness  # noqa: F401
from ministack import app
from workaround import install_all, run_last_acts

install_all(f"ministack {version('ministack')}")
app.app = ministack_control.in_front_of(app.app)
try:
    app.main()
finally:
    run_last_acts()
