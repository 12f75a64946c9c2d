#!/usr/bin/env bash
# A count of SMS for each number in flow context that is kept in files, as a change node sets it: flow.count[msg.number].
#
# Package: node-red 4.1.15 (its @node-red/util, and the context store "localfilesystem").
# Expected: the count is there after a restart, whether the number is a text ("436601234567") or a number (436601234567,
#   as a csv, JSON or yaml node makes of one).
# Seen: with a text it is. With a number flow.count becomes a list, which has the number as a name beside its entries. While
#   Node-RED runs the count is read as it was set; the file has "count": [], and after a restart there is nothing.
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
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, contextStorage: { default: { module: 'localfilesystem' } },
  functionGlobalContext: { say: (seen) => console.log('SEEN ' + JSON.stringify(seen)) } };
JS
# $1: the nodes. Starts Node-RED with them; what they said is in the file "log".
run() {
  echo "[{\"id\":\"tab\",\"type\":\"tab\",\"label\":\"tab\"},$1]" >user/flows.json
  node node_modules/node-red/red.js --userDir user >log 2>&1 &
  red=$!
  until grep -q '^SEEN' log; do sleep 0.2; done
  kill "$red"
  wait "$red" || true
  red=
  grep '^SEEN' log | cut -d' ' -f2-
}
look='{"id":"look","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":
  "const [a, b] = [flow.get(\"byNumber\"), flow.get(\"byText\")]; global.get(\"say\")([a[436601234567], b[436601234567]]);"}'
before=$(run '{"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"wires":[["count"]],"props":[
    {"p":"number","v":"436601234567","vt":"num"},{"p":"text","v":"436601234567","vt":"str"}]},
  {"id":"count","type":"change","z":"tab","x":2,"y":1,"wires":[["look"]],"rules":[
    {"t":"set","p":"byNumber[msg.number]","pt":"flow","to":"7","tot":"num"},
    {"t":"set","p":"byText[msg.text]","pt":"flow","to":"7","tot":"num"}]},'"$look")
after=$(run '{"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"wires":[["look"]],"props":[]},'"$look")
echo "by number and by text: $before; after a restart: $after"
[ "$before" = '[7,7]' ]
[ "$after" = '[null,7]' ]
