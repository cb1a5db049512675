"""Runs a command to its end and tells, as JSON on the last line of stdout, what it took."""

import json
import os
import sys
import time

out = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
begun = time.monotonic()
child = os.fork()
if child == 0:
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.execvp(sys.argv[2], sys.argv[2:])
_, status, usage = os.wait4(child, 0)
# Linux counts memory in units of 1,024 bytes, macOS in bytes.
unit = 1 if sys.platform == "darwin" else 1024
print(
    json.dumps(
        {
            "code": os.waitstatus_to_exitcode(status),
            "wallMs": (time.monotonic() - begun) * 1000,
            "cpuMs": (usage.ru_utime + usage.ru_stime) * 1000,
            "peakBytes": usage.ru_maxrss * unit,
        }
    )
)
