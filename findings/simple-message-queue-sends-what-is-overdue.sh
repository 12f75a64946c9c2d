#!/usr/bin/env bash
# A queue that lets one SMS through every three seconds ("bypass interval"), with a code in it that is of use for one second
# (msg.ttl 1000: "if it has not been released for the specified time, it will be deleted from the queue", says its help).
#
# Package: node-red-contrib-simple-message-queue 0.2.8 in node-red 4.1.15.
# Expected: after three seconds the code isn't sent any more, and the message behind it is.
# Seen: the code is sent, two seconds after its time. What is overdue is looked for only where a message or a trigger comes in; where
#   the queue itself lets the next one through, as it does while nothing comes in, it isn't. With triggers the code is left out.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here/user" node-red-contrib-simple-message-queue@0.2.8 >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
[ "$(node -p "require('./user/node_modules/node-red-contrib-simple-message-queue/package.json').version")" = 0.2.8 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
# $1: id; $2: the interval. A queue, and what leaves it.
queue() {
  cat <<JSON
 {"id":"$1","type":"simple-queue","z":"tab","x":3,"y":1,"name":"","firstMessageBypass":true,"bypassInterval":"$2","wires":[["tell-$1"]]},
 {"id":"tell-$1","type":"function","z":"tab","x":4,"y":1,"wires":[],"func":"global.get('say')('$1: ' + msg.payload);"}
JSON
}
cat >user/flows.json <<JSON
[{"id":"tab","type":"tab","label":"tab"},$(queue paced 3000),$(queue triggered 0),
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["three"]]},
 {"id":"three","type":"function","z":"tab","x":2,"y":1,"wires":[["paced","triggered"],["triggered"]],"func":
   "node.send({ payload: 'first' }); node.send({ payload: 'code', ttl: 1000 }); node.send({ payload: 'last' }); setTimeout(() => node.send([null, { trigger: true }]), 3000);"}]
JSON
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c 'SEEN.*last' log)" = 2 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | sort -s -k1,1 | tr '\n' ';')
echo "$seen"
[ "$seen" = 'paced: first;paced: code;paced: last;triggered: first;triggered: last;' ]
