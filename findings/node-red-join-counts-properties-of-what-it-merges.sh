#!/usr/bin/env bash
# What is known of a port, put together by a join node: "combine each msg.payload to create a merged object, after 2 message
# parts", given { port, balance } and then { port, signal }.
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: one message, { port, balance, signal }, after the second: the dialog speaks of message parts.
# Seen: two messages, { port, balance } and { port, signal }. In this mode it isn't messages that are counted but properties of
#   what is merged so far, so that an object of two properties is complete alone. After 3 the merged one leaves, and with 4 it
#   never does, as the two have a property in common. As an array ("to create an array") messages are counted.
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
  const join = (id, build, count) => ({ id, type: "join", z: "tab", x: 3, y: 1, mode: "custom", build, count, property: "payload", propertyType: "msg",
    key: "topic", joiner: "\\n", joinerType: "str", accumulate: false, timeout: "", useparts: false, reduceRight: false, wires: [["say " + id]] });
  const say = ({ id }) => ({ id: "say " + id, type: "function", z: "tab", x: 4, y: 1, wires: [], func: `global.get("say")("${id}", msg.payload);` });
  const joins = [join("array of 2", "array", "2"), ...["2", "3", "4"].map((count) => join(`merged of ${count}`, "merged", count))];
  console.log(JSON.stringify([{ id: "tab", type: "tab", label: "tab" }, ...joins, ...joins.map(say),
    { id: "in", type: "inject", z: "tab", x: 1, y: 1, once: true, onceDelay: 0.1, props: [], wires: [["two"]] },
    { id: "two", type: "function", z: "tab", x: 2, y: 1, wires: [joins.map(({ id }) => id)],
      func: "return [[{ payload: { port: 1, balance: 5 } }, { payload: { port: 1, signal: 20 } }]];" }]));
' >user/flows.json
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (name, seen) => console.log(`SEEN ${name}: ${JSON.stringify(seen)}`) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
until grep -q '^SEEN array of 2' log && grep -q '^SEEN merged of 3' log; do sleep 0.2; done
sleep 3
kill "$red"
wait "$red" || true
red=
grep '^SEEN' log | cut -d' ' -f2- | sort | tee shown
diff shown - <<'SEEN'
array of 2: [{"port":1,"balance":5},{"port":1,"signal":20}]
merged of 2: {"port":1,"balance":5}
merged of 2: {"port":1,"signal":20}
merged of 3: {"port":1,"balance":5,"signal":20}
SEEN
