#!/usr/bin/env bash
# A table of 10,000 recipients with their names, read by core's "file in" node as "a msg per line", the way for large files.
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: the lines of the file, as the same node gives them as "a single utf8 string".
# Seen: the file is read in pieces of 65536 bytes, and each piece is decoded by itself: where a letter of two bytes lies across
#   a border it becomes two U+FFFD, without a warning. Which names are broken changes with every row before them. And a text
#   with such a name is no GSM-7 text any more: 70 characters an SMS instead of 160.
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
# Each row: a number, and a name with letters outside ASCII.
node -e '
  const names = ["Jürgen Müller", "Zoë Böhm", "Søren Ødegård", "Çağla Öztürk", "Łukasz Żak", "Renée Muñoz"];
  const rows = Array.from({ length: 10000 }, (_, at) => `+43660${1000000 + at},${names[at % names.length]}`);
  require("fs").writeFileSync("table.csv", rows.join("\n"));
'
cat >user/flows.json <<JSON
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["lines","whole"]]},
 {"id":"lines","type":"file in","z":"tab","x":2,"y":1,"filename":"$here/table.csv","filenameType":"str","format":"lines","chunk":false,"sendError":false,"encoding":"utf8","allProps":false,"wires":[["l"]]},
 {"id":"whole","type":"file in","z":"tab","x":2,"y":2,"filename":"$here/table.csv","filenameType":"str","format":"utf8","chunk":false,"sendError":false,"encoding":"utf8","allProps":false,"wires":[["w"]]},
 {"id":"l","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":"global.get('line')(msg.payload, msg.parts.count);"},
 {"id":"w","type":"function","z":"tab","x":3,"y":2,"wires":[],"func":"global.get('whole')(msg.payload);"}]
JSON
cat >user/settings.js <<'JS'
const broken = (texts) => texts.filter((text) => text.includes('\ufffd'));
const say = (what, lines) => console.log(`SEEN ${what}: ${lines.length} lines, ${broken(lines).length} broken`);
const lines = [];
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: {
    line: (text, count) => { lines.push(text); if (count) { say('by line', lines); console.log(`SEEN such as ${JSON.stringify(broken(lines)[0])}`); } },
    whole: (text) => say('as a whole', text.split('\n')) } };
JS
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 300); do [ "$(grep -c '^SEEN' log)" = 3 ] && break; sleep 0.2; done
kill "$red"
wait "$red" || true
red=
grep '^SEEN' log | cut -d' ' -f2-
grep -q '^SEEN as a whole: 10000 lines, 0 broken$' log
grep -Eq '^SEEN by line: 10000 lines, [1-9][0-9]* broken$' log
