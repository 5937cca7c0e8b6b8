"""`python -m infra.native`: start the servers, print what to export, stop with Ctrl-C."""

import signal
import sys

from infra.native import running

with running() as servers:
    for name, value in servers.environment().items():
        print(f"export {name}={value}", flush=True)
    print("Stop with Ctrl-C.", file=sys.stderr)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})
