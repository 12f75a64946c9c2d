#!/usr/bin/env bash
# A stoptimer as a dead man's switch: where nothing comes for a while its second output says what was chosen in its dialog,
# "2nd payload", here the boolean false ("the pump runs: false").
#
# Package: node-red-contrib-stoptimer 0.0.7 in node-red 4.1.15.
# Expected: false.
# Seen: true, of "true" and of "false". The dialog keeps both as texts, and a text that isn't empty is true. The switch behind it
#   says that all is well; the text "false" and the number 0 leave as they are written.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here/user" node-red-contrib-stoptimer@0.0.7 >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
[ "$(node -p "require('./user/node_modules/node-red-contrib-stoptimer/package.json').version")" = 0.0.7 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
# $1: id; $2: the payload; $3: its type. A timer of a second, and what it says by its second output.
timer() {
  cat <<JSON
 {"id":"$1","type":"stoptimer","z":"tab","x":2,"y":1,"duration":"1","units":"Second","payloadtype":"$3","payloadval":"$2","name":"",
   "wires":[[],["tell-$1"]]},
 {"id":"tell-$1","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":"global.get('say')('$1: ' + JSON.stringify(msg.payload));"}
JSON
}
echo "[{\"id\":\"tab\",\"type\":\"tab\",\"label\":\"tab\"},$(timer yes true bool),$(timer no false bool),$(timer nought 0 num),
  {\"id\":\"in\",\"type\":\"inject\",\"z\":\"tab\",\"x\":1,\"y\":1,\"once\":true,\"onceDelay\":0.1,\"props\":[],\"wires\":[[\"yes\",\"no\",\"nought\"]]}]" >user/flows.json
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c '^SEEN' log)" = 3 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | sort | tr '\n' ';')
echo "$seen"
[ "$seen" = 'no: true;nought: 0;yes: true;' ]
