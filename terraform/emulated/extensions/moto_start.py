"""Starts moto's server on loopback with what it lacks for terraform/region: see moto_repairs.py."""

import os

import moto_repairs  # noqa: F401  the import registers its workarounds
from moto.server import main
from workaround import install_all

install_all("moto 5.2.5")
main(["--host", "127.0.0.1", "--port", os.environ["GATEWAY_PORT"]])
