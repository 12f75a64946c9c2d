#!/usr/bin/env bash
# A table of outcomes of SMS, written by core's csv node from a list of objects, its columns left to it ("columns: comma-
# separated column names" empty, "send headers: always"): the first was delivered, the second failed and has an error as well.
#
# Package: node-red 4.1.15 (its @node-red/nodes). Both modes, "rfc" and the older one, do the same.
# Expected: a column for each property that any of them has, or an error.
# Seen: the first object's properties are the columns; the second's error isn't written, without a warning, and an object
#   with none of those properties is a row of empty cells. What is null stands there as the text null, though "include null
#   values" is off; what is missing is empty. With column names in the dialog the error is there.
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
node -e '
  const csv = (id, spec, temp) => ({ id, type: "csv", z: "tab", x: 2, y: 1, spec, temp, sep: ",", hdrin: true, hdrout: "all",
    multi: "mult", ret: "\\n", skip: "0", strings: false, include_empty_strings: false, include_null_values: false, wires: [["say " + id]] });
  const say = (id) => ({ id: "say " + id, type: "function", z: "tab", x: 3, y: 1, wires: [], func: `global.get("say")("${id}", msg.payload);` });
  const nodes = [csv("rfc", "rfc", ""), csv("older", "", ""), csv("named", "rfc", "number,status,error")];
  const outcomes = [{ number: "1001", status: "DELIVERED" }, { number: null, status: "FAILED", error: "no credit" }, { error: "no port" }];
  console.log(JSON.stringify([{ id: "tab", type: "tab", label: "tab" }, ...nodes, ...nodes.map(({ id }) => say(id)),
    { id: "in", type: "inject", z: "tab", x: 1, y: 1, once: true, onceDelay: 0.1, wires: [nodes.map(({ id }) => id)],
      props: [{ p: "payload", v: JSON.stringify(outcomes), vt: "json" }] }]));
' >user/flows.json
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (...seen) => console.log('SEEN ' + JSON.stringify(seen)) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until [ "$(grep -c '^SEEN' log)" = 3 ]; do sleep 0.2; done
kill "$red"
wait "$red" || true
red=
grep '^SEEN' log | cut -d' ' -f2- | sort | tee shown
diff shown - <<'SEEN'
["named","number,status,error\n1001,DELIVERED,\nnull,FAILED,no credit\n,,no port\n"]
["older","number,status\n1001,DELIVERED\nnull,FAILED\n,\n"]
["rfc","number,status\n1001,DELIVERED\nnull,FAILED\n,\n"]
SEEN
