#!/usr/bin/env bash
# An alarm given to an mqtt out node of QoS 1, whose broker doesn't answer for a moment.
#
# Packages: node-red 4.1.15 (its core MQTT nodes), aedes 1.2.0 as the broker.
# Expected: it is published once the broker is there again, as mqtt does with what its client is given meanwhile; or an error
#   that a Catch node hears.
# Seen: it is gone. Nothing is published later, Catch hears nothing, Complete neither, the log has no line of the message, only that
#   the connection failed. A message after the connection arrives. QoS 2 and "use clean session" off are the same. What goes by
#   MQTT to the one who sends the SMS has to ask the status node first.
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
const server = net.createServer(aedes.handle).listen(Number(process.argv[2]), '127.0.0.1', () => console.log('port', server.address().port));
JS
start() {
  node broker.mjs "$1" >broker.log &
  broker=$!
  until grep -q '^port' broker.log; do sleep 0.1; done
}
# The broker's port is one that was free a moment ago, and nobody listens at it yet.
start 0
MQTT=$(sed -n 's/^port //p' broker.log)
kill "$broker"
wait "$broker" 2>/dev/null || true
mkdir user
# $1: QoS. An mqtt out whose Catch and Complete say what they hear.
out() {
  echo "{\"id\":\"out$1\",\"type\":\"mqtt out\",\"z\":\"tab\",\"x\":2,\"y\":1,\"topic\":\"alarm/qos$1\",\"qos\":\"$1\",\"retain\":\"\",\"broker\":\"b\",\"wires\":[]}"
}
cat >user/flows.json <<JSON
[{"id":"tab","type":"tab","label":"x"},
 {"id":"b","type":"mqtt-broker","broker":"127.0.0.1","port":"$MQTT","clientid":"alarms","usetls":false,"protocolVersion":"4","keepalive":"60","cleansession":false},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":1,"props":[{"p":"payload","v":"before","vt":"str"}],"wires":[["tell","out1","out2"]]},
 {"id":"tell","type":"function","z":"tab","x":2,"y":2,"wires":[],"func":"global.get('say')('given ' + msg.payload);"},
 $(out 1),$(out 2),
 {"id":"status","type":"status","z":"tab","x":1,"y":3,"scope":["out1"],"wires":[["there"]]},
 {"id":"there","type":"function","z":"tab","x":2,"y":3,"wires":[["out1","out2"]],"func":
   "if (msg.status.fill === 'green') return { payload: 'after' };"},
 {"id":"catch","type":"catch","z":"tab","x":3,"y":2,"scope":["out1","out2"],"uncaught":false,"wires":[["caught"]]},
 {"id":"caught","type":"function","z":"tab","x":4,"y":2,"wires":[],"func":"global.get('say')('caught ' + msg.payload);"},
 {"id":"complete","type":"complete","z":"tab","x":3,"y":3,"scope":["out1","out2"],"wires":[["completed"]]},
 {"id":"completed","type":"function","z":"tab","x":4,"y":3,"wires":[],"func":"global.get('say')('complete ' + msg.payload);"}]
JSON
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false, mqttReconnectTime: 1000,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q '^SEEN given' log; do sleep 0.2; done
sleep 1
start "$MQTT"
for _ in $(seq 120); do
  [ "$(grep -c 'complete after' log)" = 2 ] && break
  sleep 0.5
done
sleep 2
kill "$red"
wait "$red" || true
red=
seen=$(grep -h '^SEEN\|^published alarm' log broker.log | sort | tr '\n' ';')
echo "$seen"
[ "$seen" = 'SEEN complete after;SEEN complete after;SEEN given before;published alarm/qos1 after;published alarm/qos2 after;' ]
