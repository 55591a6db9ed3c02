"""The schedule's state machine, executed in the emulator, with a hand on its calls."""

import json
import time


class Machine:
    def __init__(self, aws):
        self.aws = aws
        self.states = aws.client("stepfunctions")
        self.arn = aws.outputs["edge_state_machine_arn"]

    def start(self, phase, **more):
        input = json.dumps({"phase": phase} | more)
        return self.states.start_execution(stateMachineArn=self.arn, input=input)["executionArn"]

    def wait(self, execution, seconds=60):
        """(status, error and cause, or None) once it has ended."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            one = self.states.describe_execution(executionArn=execution)
            if one["status"] != "RUNNING":
                return one["status"], one.get("error") and f"{one['error']}: {one.get('cause')}"
            time.sleep(0.1)
        raise AssertionError(f"{execution} still runs after {seconds} s, in {self.visited(execution)[-3:]}")

    def run(self, phase, **more):
        return self.wait(self.start(phase, **more))

    def visited(self, execution):
        """The names of the states it entered."""
        events = self.states.get_execution_history(executionArn=execution, maxResults=1000)["events"]
        return [one["stateEnteredEventDetails"]["name"] for one in events if one["type"].endswith("StateEntered")]

    def plan_fault(self, **fault):
        """The next calls of the machine meet a fault; without one, they meet none. Forgets the calls so far."""
        self.aws.emulator.post("/_harness/fault", json.dumps(fault).encode())

    def calls(self):
        return json.loads(self.aws.emulator.get("/_harness/calls"))

    def standing(self, zone):
        """What stands of the edge: (balancers, ports, tasks running, public names)."""
        names = [key for key in self.aws.records(zone) if key[1] in ("A", "AAAA")]
        return (len(self.aws.balancers()), sorted(self.aws.listeners()), self.aws.service()["runningCount"], len(names))
