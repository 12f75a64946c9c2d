#!/usr/bin/env bash
# An inject node that repeats "interval between times", all day, in the night in which the clocks go back.
#
# Packages: node-red 4.1.15 (its inject node schedules by cronosjs 1.7.1), Debian's libfaketime 0.9.10-2.1 for the date.
# Expected: it goes on every minute: an hour that the clocks show twice is two hours of the world. In time zones without
#   summer time, and with "interval", it does.
# Seen: at 02:59 summer time it stops, and the next is at 03:00 winter time, 61 minutes later: everything in the repeated
#   hour is left out (cronosjs' option skipRepeatedHour is on by default). Whoever looks each minute whether a pump runs, or
#   feeds a dead man's switch that way, is blind for an hour a year; "interval" isn't.
# The script looks at the two minutes after the clocks went back, by the real inject node, and asks cronosjs for the whole hour.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' libfaketime)" = "0.9.10-2.1" ]
library=$(dpkg-query -L libfaketime | grep '/libfaketime\.so\.1$')
here=$(mktemp -d)
red=()
finish() {
  for pid in "${red[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap finish EXIT
cd "$here"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-red@4.1.15
[ "$(node -p 'require("cronosjs/package.json").version')" = 1.7.1 ]

# The crontab is what the dialog makes of "every 1 minutes between 00:00 and 00:00".
cat >flows.json <<'EOF'
[{"id":"tab","type":"tab","label":"x"},
 {"id":"by-crontab","type":"inject","z":"tab","name":"","props":[{"p":"payload"}],"repeat":"","crontab":"*/1 0-23 * * *","once":false,"payload":"by clock","payloadType":"str","wires":[["d"]]},
 {"id":"by-interval","type":"inject","z":"tab","name":"","props":[{"p":"payload"}],"repeat":"60","crontab":"","once":false,"payload":"interval","payloadType":"str","wires":[["d"]]},
 {"id":"d","type":"debug","z":"tab","name":"fired","active":true,"console":true,"tosidebar":false,"complete":"payload","targetType":"msg","wires":[]}]
EOF
offset() { printf '%+ds' $(($(date -d '2026-10-25T00:58:30Z' +%s) - $(date +%s))); }
# The clocks go back at 01:00 UTC. $1: a name; $2: a time zone. Starts 90 s before.
start() {
  mkdir "$1"
  cp flows.json "$1/flows.json"
  echo "module.exports = { uiHost: '127.0.0.1', uiPort: 0, flowFile: 'flows.json', credentialSecret: false, disableEditor: true, telemetry: { enabled: false } };" >"$1/settings.js"
  TZ="$2" LD_PRELOAD="$library" FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME="$(offset)" \
    node node_modules/node-red/red.js --userDir "$1" >"$1.log" 2>&1 &
  red+=($!)
}
start vienna Europe/Vienna
start utc UTC
for zone in vienna utc; do until grep -qs 'Started flows' "$zone.log"; do sleep 0.5; done; done
# Fires at 59:00, and would at 00:00, 01:00 and 02:00 after the hour.
sleep 215
count() { grep -c "$2" "$1.log" || true; }
grep -h 'debug:fired' vienna.log || true
echo "Europe/Vienna: by the clock $(count vienna 'by clock'), interval $(count vienna 'interval$'); UTC: by the clock $(count utc 'by clock'), interval $(count utc 'interval$')"
next=$(node -e '
  const { CronosExpression } = require("cronosjs");
  const next = CronosExpression.parse("*/1 0-23 * * *", { timezone: "Europe/Vienna" }).nextDate(new Date("2026-10-25T00:59:00Z"));
  console.log(next.toISOString());
')
echo "after 02:59 summer time: $next"
[ "$(count vienna 'by clock')" = 1 ]
[ "$(count vienna 'interval$')" -ge 3 ]
[ "$(count utc 'by clock')" -ge 3 ]
[ "$next" = 2026-10-25T02:00:00.000Z ]
