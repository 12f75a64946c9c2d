#!/usr/bin/env bash
# A message whose topic has a telephone number in it, sms/+436601234567/out, given to an mqtt out node. A plus may not stand in
# the name of a topic (MQTT 3.1.1, 4.7.1): it is a sign for subscriptions.
#
# Packages: node-red 4.1.15 (its core MQTT nodes), aedes 1.2.0 as the broker.
# Expected: an error that a Catch node hears, as for other inputs that can't be done.
# Seen: a warning in the log, "Invalid topic specified". Catch hears nothing, Complete neither; the message is gone, and a flow
#   that waits for one of them waits for ever. An empty topic is the same. The message behind it is published.
set -euo pipefail
here=$(mktemp -d)
broker=
red=
finish() {
  for pid in $broker $red; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$here"
}
trap finish EXIT
cd "$here"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-red@4.1.15 aedes@1.2.0
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
cat >broker.mjs <<'JS'
import net from 'node:net';
import { Aedes } from 'aedes';
const aedes = await Aedes.createBroker();
aedes.on('publish', ({ topic, payload }, client) => { if (client) console.log(`published ${topic} ${payload}`); });
aedes.on('subscribe', (all) => console.log('subscribed', all.map(({ topic }) => topic).join()));
const server = net.createServer(aedes.handle).listen(0, '127.0.0.1', () => console.log('port', server.address().port));
JS
node broker.mjs >broker.log &
broker=$!
until grep -q '^port' broker.log; do sleep 0.1; done
MQTT=$(sed -n 's/^port //p' broker.log)
mkdir user
cat >user/flows.json <<JSON
[{"id":"tab","type":"tab","label":"x"},
 {"id":"b","type":"mqtt-broker","broker":"127.0.0.1","port":"$MQTT","clientid":"","usetls":false,"protocolVersion":"4","keepalive":"60","cleansession":true},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":2,"props":[],"wires":[["three"]]},
 {"id":"three","type":"function","z":"tab","x":2,"y":1,"wires":[["out"]],"func":
   "return [[{ topic: 'sms/+436601234567/out', payload: 1 }, { topic: '', payload: 2 }, { topic: 'sms/436601234567/out', payload: 3 }]];"},
 {"id":"out","type":"mqtt out","z":"tab","topic":"","qos":"1","retain":"","broker":"b","wires":[]},
 {"id":"catch","type":"catch","z":"tab","x":3,"y":2,"scope":["out"],"uncaught":false,"wires":[["caught"]]},
 {"id":"caught","type":"function","z":"tab","x":4,"y":2,"wires":[],"func":"global.get('say')('caught ' + msg.payload);"},
 {"id":"complete","type":"complete","z":"tab","x":3,"y":3,"scope":["out"],"wires":[["completed"]]},
 {"id":"completed","type":"function","z":"tab","x":4,"y":3,"wires":[],"func":"global.get('say')('complete ' + msg.payload);"}]
JSON
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q '^published sms' broker.log && grep -q '^SEEN' log; do sleep 0.2; done
sleep 2
kill "$red"
wait "$red" || true
red=
seen=$(grep -h '^SEEN\|^published sms' log broker.log | tr '\n' ';')
echo "$seen"
echo "in the log: $(grep -c 'Invalid topic specified' log)"
[ "$seen" = 'SEEN complete 3;published sms/436601234567/out 3;' ]
[ "$(grep -c '\[warn\].*Invalid topic specified' log)" = 2 ]
