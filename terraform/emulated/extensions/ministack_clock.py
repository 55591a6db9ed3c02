"""With SLIPWAY_CLOCK=stopped nothing is started because of the hour: a rehearsal plays the schedule itself, and a full hour
in the middle of it must not.
"""

import os

from ministack.services import scheduler

if os.environ.get("SLIPWAY_CLOCK") == "stopped":
    scheduler._tick_schedules = lambda: None
