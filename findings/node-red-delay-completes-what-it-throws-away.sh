#!/usr/bin/env bash
# A delay node that lets one message through at a time for each msg.topic ("rate limit", "for each msg.topic"), with a Complete
# node beside it, as a flow has it that ticks off what went out.
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: of three messages with one topic the newest leaves, and Complete fires once, for that one; a message without a
#   topic leaves as it came.
# Seen: Complete fires three times: also for the two that were thrown away for the newer one, in whose place nothing leaves.
#   The message without a topic leaves with the topic "_none_", which an mqtt out behind it publishes to.
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
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["four"]]},
 {"id":"four","type":"function","z":"tab","x":2,"y":1,"wires":[["pace"]],"func":
   "for (const at of [1, 2, 3]) node.send({ topic: 'pump', payload: at }); node.send({ payload: 4 });"},
 {"id":"pace","type":"delay","z":"tab","x":3,"y":1,"wires":[["left"]],"pauseType":"queue","timeout":"5","timeoutUnits":"seconds",
   "rate":"2","nbRateUnits":"1","rateUnits":"second","randomFirst":"1","randomLast":"5","randomUnits":"seconds","drop":true,"allowrate":false,"outputs":1},
 {"id":"left","type":"function","z":"tab","x":4,"y":1,"wires":[],"func":"global.get('say')(`left ${msg.payload} ${msg.topic}`);"},
 {"id":"complete","type":"complete","z":"tab","x":3,"y":2,"scope":["pace"],"wires":[["completed"]]},
 {"id":"completed","type":"function","z":"tab","x":4,"y":2,"wires":[],"func":"global.get('say')('complete ' + msg.payload);"}]
JSON
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q 'SEEN left 4' log; do sleep 0.2; done
sleep 3
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | sort | tr '\n' ';')
echo "$seen"
[ "$seen" = 'complete 1;complete 2;complete 3;complete 4;left 3 pump;left 4 _none_;' ]
