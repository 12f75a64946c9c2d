#!/usr/bin/env bash
# The hour of an appointment for the text of a reminder, by a moment node: most customers are at home, one lives in New York,
# whose message has msg.outTz.
#
# Package: node-red-contrib-moment 4.0.0 in node-red 4.1.15. Its zones in the dialog: Europe/Vienna.
# Expected: 12:00 UTC is 14:00, for the one in New York 08:00, and 14:00 for the next one, whose message has no zone.
# Seen: 14:00, 08:00 and 08:00. What one message says is the node's own setting from then on, until a message says something else
#   or the flow is deployed: everybody behind that customer is told six hours early.
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
mkdir user
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here/user" node-red-contrib-moment@4.0.0 >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
[ "$(node -p "require('./user/node_modules/node-red-contrib-moment/package.json').version")" = 4.0.0 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["three"]]},
 {"id":"three","type":"function","z":"tab","x":2,"y":1,"wires":[["moment"]],"func":
   "for (const outTz of [undefined, 'America/New_York', undefined]) node.send({ payload: new Date('2027-06-01T12:00:00Z'), ...(outTz && { outTz }) });"},
 {"id":"moment","type":"moment","z":"tab","x":3,"y":1,"name":"","topic":"","input":"payload","inputType":"msg","inTz":"Europe/Vienna","adjAmount":0,"adjType":"days",
   "adjDir":"add","format":"HH:mm","locale":"en-GB","output":"payload","outputType":"msg","outTz":"Europe/Vienna","wires":[["tell"]]},
 {"id":"tell","type":"function","z":"tab","x":4,"y":1,"wires":[],"func":"global.get('say')(msg.payload);"}]
JSON
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c '^SEEN' log)" = 3 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | tr '\n' ';')
echo "$seen"
[ "$seen" = '14:00;08:00;08:00;' ]
