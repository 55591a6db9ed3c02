"""The container engine of a rehearsal: its networks, and the end of everything that was made there.

A rehearsal has a name, SLIPWAY_REHEARSAL, which all its containers and networks bear as a label. They go with the
emulator, in whatever way it ends. Without a rehearsal there is no engine, whatever this machine has.
"""

import asyncio
import os
import sys
import threading
import time

from ministack import app
from ministack.core import container_reaper
from ministack.services import ec2, ecs
from workaround import at_end, works_around

RUN = os.environ.get("SLIPWAY_REHEARSAL")
LABEL = "slipway.rehearsal"
_SECONDS_TO_LEAVE = 2  # what a container gets at the emulator's end, where nobody is served any more
_networks, _networks_lock, _end = {}, threading.Lock(), threading.Lock()
_loop = asyncio.new_event_loop()
_ending = threading.Event()


def on_the_wire(coroutine):
    """Runs a coroutine where all sockets of the rehearsal live, which is one thread of its own; returns its result."""
    return asyncio.run_coroutine_threadsafe(coroutine, _loop).result(20)


def client():
    return ecs._get_docker()


def is_ending():
    return _ending.is_set()


class Network:
    """The network of a VPC. The engine's own DNS answers for the names in it; `gateway` is this machine's address."""

    def __init__(self, vpc, region, beside):
        made = client().networks.create(
            f"slipway-{RUN}-{region}-{vpc}", driver="bridge", labels={LABEL: RUN, "slipway.region": region})
        made.reload()
        self.name, self.docker = made.name, made
        self.gateway = made.attrs["IPAM"]["Config"][0]["Gateway"].split("/")[0]
        try:
            self.beside = beside(self.gateway)
        except OSError as problem:
            made.remove()
            raise OSError(f"{self.gateway}, the gateway of a network of the engine, is no address of this machine: does "
                          f"the engine run in a virtual machine, or without root? ({problem})") from problem

    def remove(self):
        self.beside.close()
        for _ in range(20):  # the engine frees an address a moment after its container has gone
            try:
                return self.docker.remove()
            except Exception:
                time.sleep(0.1)
        print(f"the network {self.name} was not removed", flush=True)


def network(vpc, region, beside):
    """The network of a VPC, made when its first task starts. `beside` makes what listens at its gateway's address."""
    with _networks_lock:
        if (vpc, region) not in _networks:
            _networks[vpc, region] = Network(vpc, region, beside)
        return _networks[vpc, region]


def _remove_network(vpc, region):
    with _networks_lock:
        gone = _networks.pop((vpc, region), None)
    if gone:
        gone.remove()


def _ours():
    return client().containers.list(all=True, sparse=True, filters={"label": f"{LABEL}={RUN}"})


def _remove_everything():
    """Looks again, because a task that was just starting may have come up behind the first look."""
    with _end:
        if _ending.is_set():
            return
        _ending.set()
        for _ in range(3):
            found = _ours()
            if not found:
                break
            container_reaper.drop_containers(found, stop_timeout=_SECONDS_TO_LEAVE, force=True)
        for vpc, region in list(_networks):
            _remove_network(vpc, region)


if RUN:

    @works_around("ministack sweeps every container of the engine that any emulator made, and forgets networks")
    def keep_the_engine_tidy():
        if client() is None:
            sys.exit(f"no container engine answers at {os.environ.get('DOCKER_HOST', 'the usual place')}")
        threading.Thread(target=_loop.run_forever, daemon=True, name="rehearsal-wires").start()
        app._docker_socket_present = lambda: False
        app._stop_docker_containers = lambda at_start=False: None if at_start else _remove_everything()
        at_end(_remove_everything)
        delete_vpc = ec2._ACTION_MAP["DeleteVpc"]

        def delete(p):
            answer = delete_vpc(p)
            if answer[0] < 300:
                _remove_network(ec2._p(p, "VpcId"), ec2.get_region())
            return answer

        ec2._ACTION_MAP["DeleteVpc"] = delete

else:

    @works_around("ministack runs containers wherever it finds an engine, asked or not")
    def find_no_engine():
        sys.modules["docker"] = None  # an import of it fails from now on
        app._docker_socket_present = lambda: False
