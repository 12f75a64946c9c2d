#!/usr/bin/env bash
# A link call whose time-out has passed, as a flow uses it to ask one gateway and, in its Catch, another one.
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: after the error "timeout" that call is over: an answer that comes later is dropped, and the message has gone
#   one way, the Catch's.
# Seen: the late answer leaves the link call all the same, after the Catch had the message: what follows the call runs, too,
#   and whatever both ways send is sent twice. Of two answers to one call both leave as well.
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
 {"id":"late","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[{"p":"payload","v":"late","vt":"str"}],"wires":[["call"]]},
 {"id":"twice","type":"inject","z":"tab","x":1,"y":2,"once":true,"onceDelay":0.1,"props":[{"p":"payload","v":"twice","vt":"str"}],"wires":[["call"]]},
 {"id":"call","type":"link call","z":"tab","x":2,"y":1,"links":["begin"],"linkType":"static","timeout":"1","wires":[["answered"]]},
 {"id":"answered","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":"global.get('say')('answer to ' + msg.payload);"},
 {"id":"catch","type":"catch","z":"tab","x":2,"y":2,"scope":["call"],"uncaught":false,"wires":[["caught"]]},
 {"id":"caught","type":"function","z":"tab","x":3,"y":2,"wires":[],"func":"global.get('say')(msg.error.message + ' of ' + msg.payload);"},
 {"id":"begin","type":"link in","z":"tab","x":1,"y":3,"links":[],"wires":[["which"]]},
 {"id":"which","type":"function","z":"tab","x":2,"y":3,"outputs":2,"wires":[["wait"],["end"]],"func":
   "return msg.payload === 'late' ? [msg, null] : [null, [msg, RED.util.cloneMessage(msg)]];"},
 {"id":"wait","type":"delay","z":"tab","x":3,"y":3,"pauseType":"delay","timeout":"3","timeoutUnits":"seconds","wires":[["end"]]},
 {"id":"end","type":"link out","z":"tab","x":4,"y":3,"mode":"return","links":[]}]
JSON
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q 'SEEN timeout of late' log; do sleep 0.2; done
sleep 4
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | tr '\n' ';')
echo "$seen"
[ "$seen" = 'answer to twice;answer to twice;timeout of late;answer to late;' ]
