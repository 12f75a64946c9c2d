#!/usr/bin/env bash
# A count of the SMS that were paid for, by a counter node and the segments of each outcome (msg.increment): 2, 0 for one that
# was refused, and 3.
#
# Package: node-red-contrib-counter 0.1.6 in node-red 4.1.15.
# Expected: 2, 2 and 5.
# Seen: 2, 3 and 6. An increment of 0 is taken for one that isn't there, and counts as 1, without an error. A decrement of 0 leaves the
#   count as it is.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here/user" node-red-contrib-counter@0.1.6 >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
[ "$(node -p "require('./user/node_modules/node-red-contrib-counter/package.json').version")" = 0.1.6 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["four"]]},
 {"id":"four","type":"function","z":"tab","x":2,"y":1,"wires":[["counter"]],"func":
   "for (const by of [{ increment: 2 }, { increment: 0 }, { increment: 3 }, { decrement: 0 }]) node.send(by);"},
 {"id":"counter","type":"counter","z":"tab","x":3,"y":1,"name":"","init":"0","step":"1","lower":"","upper":"","mode":"increment","outputs":"1","wires":[["tell"]]},
 {"id":"tell","type":"function","z":"tab","x":4,"y":1,"wires":[],"func":"global.get('say')(msg.count);"}]
JSON
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c '^SEEN' log)" = 4 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | tr '\n' ';')
echo "$seen"
[ "$seen" = '2;3;6;6;' ]
