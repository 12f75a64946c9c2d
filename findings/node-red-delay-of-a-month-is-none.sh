#!/usr/bin/env bash
# A delay node with "30 days", and a trigger node with 720 hours, as a reminder before an appointment would be made: both offer
# such units in their dialogs and save without a complaint.
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: the message waits, or the node says that it can't wait so long, as the inject node does ("interval too large").
# Seen: it leaves at once. 24 days wait; above 2147483647 ms, 24 days and 20 hours, the timer is set to 1 ms, and all that
#   tells is a TimeoutOverflowWarning of Node.js on stderr, without the node's name. The reminder goes out on the day it was
#   entered, and there is nothing left that would send it later.
set -euo pipefail
here=$(mktemp -d)
red=
finish() {
  [ -z "$red" ] || kill "$red" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap finish EXIT
cd "$here"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
mkdir user
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["now","short","long","trigger"]]},
 {"id":"now","type":"function","z":"tab","x":2,"y":0,"wires":[],"func":"global.get('say')('began');"},
 {"id":"short","type":"delay","z":"tab","x":2,"y":1,"pauseType":"delay","timeout":"24","timeoutUnits":"days","wires":[["s"]]},
 {"id":"long","type":"delay","z":"tab","x":2,"y":2,"pauseType":"delay","timeout":"30","timeoutUnits":"days","wires":[["l"]]},
 {"id":"trigger","type":"trigger","z":"tab","x":2,"y":3,"op1":"","op1type":"nul","op2":"remind","op2type":"str","duration":"720","units":"hr","extend":false,"overrideDelay":false,"reset":"","bytopic":"all","topic":"topic","outputs":1,"wires":[["t"]]},
 {"id":"s","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":"global.get('say')('delay of 24 days');"},
 {"id":"l","type":"function","z":"tab","x":3,"y":2,"wires":[],"func":"global.get('say')('delay of 30 days');"},
 {"id":"t","type":"function","z":"tab","x":3,"y":3,"wires":[],"func":"global.get('say')('trigger of 720 hours');"}]
JSON
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q 'SEEN began' log; do sleep 0.2; done
sleep 5
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | sort | tr '\n' ';')
echo "within five seconds: $seen"
grep -o 'TimeoutOverflowWarning' log | head -1
[ "$seen" = 'began;delay of 30 days;trigger of 720 hours;' ]
