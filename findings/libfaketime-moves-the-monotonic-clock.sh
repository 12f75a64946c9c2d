#!/usr/bin/env bash
# A process under Debian's libfaketime 0.9.10-2.1 whose fake time is changed while it runs (FAKETIME_TIMESTAMP_FILE), as
# tests do to see what a step of the wall clock does (NTP on a machine without a clock of its own).
# Seen with Node.js 20.20.2:
#   by default                        CLOCK_MONOTONIC is faked as well, by the time of day, and steps with it. After a step 27
#                                     days forward performance.now() is 27 days on, and timers that were running didn't fire in
#                                     the 20 s that were waited (not tried below). After one back it is 584 years on: the
#                                     difference of two readings in ns is taken without a sign.
#   FAKETIME_DONT_FAKE_MONOTONIC=1    only the wall clock steps; performance.now() and timers go on; os.uptime() never steps.
# A test of clock steps without that setting tests something that no machine does, and a program that is right fails it.
set -euo pipefail
[ "$(node -p 'process.version')" = v20.20.2 ]
[ "$(dpkg-query -W -f '${Version}' libfaketime)" = "0.9.10-2.1" ]
library=$(dpkg-query -L libfaketime | grep '/libfaketime\.so\.1$')

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cat >"$dir/step.mjs" <<'JS'
import fs from 'node:fs';
import os from 'node:os';
const read = () => [Date.now(), performance.now(), os.uptime() * 1000];
const before = read();
fs.writeFileSync(process.env.FAKETIME_TIMESTAMP_FILE, process.env.TO);
const after = read();
const days = after.map((one, place) => Math.round((one - before[place]) / 86_400_000));
console.log(`wall ${days[0]} monotonic ${days[1]} uptime ${days[2]} days`);
process.exit(0);
JS

# Steps from one offset to another, with the monotonic clock faked (0) or not (1).
step() {
  printf '%s' "$1" >"$dir/offset"
  FAKETIME_TIMESTAMP_FILE="$dir/offset" FAKETIME_NO_CACHE=1 FAKETIME_DONT_FAKE_MONOTONIC="$3" TO="$2" \
    LD_PRELOAD="$library" timeout 20 node "$dir/step.mjs"
}

expect() {
  echo "from $1 to $2, FAKETIME_DONT_FAKE_MONOTONIC=$3: $(step "$1" "$2" "$3")"
  [ "$(step "$1" "$2" "$3")" = "$4" ]
}
expect -27d +0d 0 'wall 27 monotonic 27 uptime 0 days'
expect +0d -27d 0 'wall -27 monotonic 213477 uptime 0 days'
expect -27d +0d 1 'wall 27 monotonic 0 uptime 0 days'
expect +0d -27d 1 'wall -27 monotonic 0 uptime 0 days'
