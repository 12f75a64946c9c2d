#!/usr/bin/env bash
# What is published while Node-RED restarts, to a broker node whose session is to outlive it.
#
# Packages: node-red 4.1.15 (its core MQTT nodes), aedes 1.2.0 as the broker, mqtt 5.15.2 as somebody who publishes.
# Expected: an `mqtt in` node of QoS 1 whose broker node has "use clean session" off and a client id of its own gets,
#   after a restart of Node-RED, what was published meanwhile: that is what MQTT's session is for (3.1.1, 3.1.2.4).
# Seen: it gets nothing. "Automatically unsubscribe when disconnecting" is on by default, also for a flow without that
#   property, and a stop of Node-RED counts as disconnecting: the session stays, empty of subscriptions, and the broker
#   keeps nothing for it. With autoUnsubscribe false the message comes.
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
npm install --silent --no-audit --no-fund --ignore-scripts node-red@4.1.15 aedes@1.2.0 mqtt@5.15.2
port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
MQTT=$(port)
UI=$(port)

cat >broker.mjs <<'EOF'
import net from 'node:net';
import { Aedes } from 'aedes';
const aedes = await Aedes.createBroker();
aedes.on('subscribe', (all, client) => console.log('subscribed', client.id, all.map(({ topic }) => topic).join()));
aedes.on('clientDisconnect', (client) => console.log('left', client.id));
net.createServer(aedes.handle).listen(process.argv[2], '127.0.0.1', () => console.log('ready'));
EOF
node broker.mjs "$MQTT" >broker.log &
broker=$!

cat >publish.cjs <<'EOF'
const client = require('mqtt').connect(`mqtt://127.0.0.1:${process.argv[2]}`);
client.on('connect', () => client.publish('alarm', process.argv[3], { qos: 1 }, () => client.end()));
EOF

# $1: a name; $2: what the broker node has beside the rest. The payloads that came are then in the file came-$1.
round() {
  mkdir -p "user-$1"
  cat >"user-$1/settings.js" <<EOF
module.exports = { uiHost: '127.0.0.1', uiPort: $UI, flowFile: 'flows.json', credentialSecret: false, disableEditor: true, telemetry: { enabled: false } };
EOF
  cat >"user-$1/flows.json" <<EOF
[{"id":"tab","type":"tab","label":"x"},
 {"id":"b","type":"mqtt-broker","broker":"127.0.0.1","port":"$MQTT","clientid":"session-$1","usetls":false,"protocolVersion":"4","keepalive":"60","cleansession":false$2},
 {"id":"in","type":"mqtt in","z":"tab","topic":"alarm","qos":"1","datatype":"utf8","broker":"b","inputs":0,"wires":[["d"]]},
 {"id":"d","type":"debug","z":"tab","name":"got","active":true,"console":true,"tosidebar":false,"complete":"payload","targetType":"msg","wires":[]}]
EOF
  start "$1"
  node publish.cjs "$MQTT" "while it runs"
  until grep -q "while it runs" "node-red-$1.log"; do sleep 0.2; done
  kill -TERM "$red"
  wait "$red" || true
  red=
  until grep -q "left session-$1" broker.log; do sleep 0.2; done
  node publish.cjs "$MQTT" "while it is down"
  : >broker.log
  start "$1"
  node publish.cjs "$MQTT" "after it"
  until grep -q "after it" "node-red-$1.log"; do sleep 0.2; done
  grep -o "while it runs\|while it is down\|after it" "node-red-$1.log" | tr '\n' ';' >"came-$1"
  kill -TERM "$red"
  wait "$red" || true
  red=
}
start() {
  node_modules/.bin/node-red --userDir "user-$1" >>"node-red-$1.log" 2>&1 &
  red=$!
  until grep -q "subscribed session-$1" broker.log; do sleep 0.2; done
}

round default ''
round kept ',"autoUnsubscribe":false'
byDefault=$(cat came-default)
kept=$(cat came-kept)
echo "by default:               $byDefault"
echo "autoUnsubscribe is false: $kept"
[ "$byDefault" = "while it runs;after it;" ]
[ "$kept" = "while it runs;while it is down;after it;" ]
