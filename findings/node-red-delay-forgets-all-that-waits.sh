#!/usr/bin/env bash
# A delay node that lets one message through a second ("rate limit", "queue intermediate messages"), as flows put it before
# an SMS gateway, in a Node-RED whose settings.js sets nodeMessageBufferMaxLength, the limit of what a node may keep.
#
# Package: node-red 4.1.15 (its @node-red/nodes). The same code is in 5.0.7.
# Expected: with a limit of 10 and twelve messages at once one of them is refused, and the other eleven leave: the setting's
#   comment speaks of a maximum, and the error "too many pending messages" is that of the message which didn't fit.
# Seen: the message that doesn't fit takes all that wait with it. Of the twelve only the first leaves; ten that were taken
#   are gone without an error, and Complete doesn't fire for them either. Catch hears of one.
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

cat >flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["twelve"]]},
 {"id":"twelve","type":"function","z":"tab","x":2,"y":1,"wires":[["pace"]],"func":
   "return [Array.from({ length: 12 }, (_, at) => ({ payload: at + 1 }))];"},
 {"id":"pace","type":"delay","z":"tab","x":3,"y":1,"wires":[["left"]],"pauseType":"rate","timeout":"5","timeoutUnits":"seconds",
   "rate":"1","nbRateUnits":"1","rateUnits":"second","randomFirst":"1","randomLast":"5","randomUnits":"seconds","drop":false,"allowrate":false,"outputs":1},
 {"id":"left","type":"function","z":"tab","x":4,"y":1,"wires":[],"func":"global.get('say')('left ' + msg.payload);"},
 {"id":"catch","type":"catch","z":"tab","x":3,"y":2,"scope":["pace"],"uncaught":false,"wires":[["caught"]]},
 {"id":"caught","type":"function","z":"tab","x":4,"y":2,"wires":[],"func":"global.get('say')('caught ' + msg.payload);"},
 {"id":"complete","type":"complete","z":"tab","x":3,"y":3,"scope":["pace"],"wires":[["completed"]]},
 {"id":"completed","type":"function","z":"tab","x":4,"y":3,"wires":[],"func":"global.get('say')('completed ' + msg.payload);"}]
JSON
# $1: a name; $2: what the settings have beside the rest; $3: seconds. Prints what was said, in order.
run() {
  mkdir "$1"
  cp flows.json "$1/flows.json"
  cat >"$1/settings.js" <<JS
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, $2 functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
  node node_modules/node-red/red.js --userDir "$1" >"$1.log" 2>&1 &
  red=$!
  until grep -q 'SEEN left 1$' "$1.log"; do sleep 0.2; done
  sleep "$3"
  kill "$red"
  wait "$red" || true
  red=
  grep '^SEEN' "$1.log" | cut -d' ' -f2- | sort -k1,1 -k2,2n | tr '\n' ';'
}
limited=$(run limited 'nodeMessageBufferMaxLength: 10,' 5)
free=$(run free '' 13)
echo "limit of 10: $limited"
echo "no limit:    $free"
[ "$limited" = 'caught 12;completed 1;left 1;' ]
[ "$(grep -o 'left' <<<"$free" | wc -l)" = 12 ]
