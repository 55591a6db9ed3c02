"""Starts ministack on loopback with what it lacks for terraform/region: see the other ministack_*.py files."""

import ministack_alarms  # noqa: F401  each import registers its workarounds
import ministack_autoscaling  # noqa: F401
import ministack_cloudformation  # noqa: F401
import ministack_control
import ministack_deployments  # noqa: F401
import ministack_repairs  # noqa: F401
import ministack_repeats  # noqa: F401
import ministack_sdk_calls  # noqa: F401
import ministack_strictness  # noqa: F401
from ministack import app
from workaround import install_all

install_all("ministack 1.5.33")
app.app = ministack_control.in_front_of(app.app)
app.main()
