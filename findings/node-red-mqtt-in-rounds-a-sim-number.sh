#!/usr/bin/env bash
# What is published as plain text (a SIM's number of 19 digits, a code, an article's name), read by an mqtt in node whose output
# is "auto-detect (parsed JSON object, string or buffer)", as new nodes have it.
#
# Packages: node-red 4.1.15 (its core MQTT nodes), aedes 1.2.0 as the broker, mqtt 5.15.2 as somebody who publishes.
# Expected: objects and lists in JSON are parsed, as the label says; what else is text stays that.
# Seen: whatever JSON.parse takes is parsed. 8943010000000000123 becomes the number 8943010000000000000, another card, without a
#   warning; 436601234567 is a number while +436601234567 is a text; the codes 148213 and 048213 are a number and a text; 1e5
#   is 100000, and a text in quotation marks loses them. With "a String" all of them stay as they are.
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
 {"id":"in","type":"mqtt in","z":"tab","x":1,"y":1,"topic":"in","qos":"1","datatype":"auto-detect","broker":"b","inputs":0,"wires":[["say"]]},
 {"id":"say","type":"function","z":"tab","x":2,"y":1,"wires":[],"func":"global.get('say')(msg.payload);"}]
JSON
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (seen) => console.log('SEEN ' + JSON.stringify(seen)) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q '^subscribed in' broker.log; do sleep 0.2; done
node -e '
  const client = require("mqtt").connect("mqtt://127.0.0.1:" + process.argv[1]);
  client.on("connect", async () => {
    for (const text of process.argv.slice(2)) await client.publishAsync("in", text, { qos: 1 });
    client.end();
  });
' "$MQTT" 8943010000000000123 436601234567 +436601234567 148213 048213 1e5 '"closed"' end
until grep -q '^SEEN "end"' log; do sleep 0.2; done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | tr '\n' ' ')
echo "$seen"
[ "$seen" = '8943010000000000000 436601234567 "+436601234567" 148213 "048213" 100000 "closed" "end" ' ]
