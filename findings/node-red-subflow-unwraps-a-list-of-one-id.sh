#!/usr/bin/env bash
# node-red 4.1.15: a node in a subflow with a list property that names one node of the same subflow (`["broker"]`, as an editor's
# `type: "probe-config[]"` saves it) is started with a text instead of the list: the copy's id of that node. A list of two ids
# stays a list, and holds the ids of the template, of which no node runs.
# Expected: a list of one stays a list, and each id in it becomes that of the copy, as an id alone does.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" node-red@4.1.15 >/dev/null
test "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15
mkdir -p user/nodes
cat >user/nodes/probe.js <<'JS'
module.exports = (RED) => {
  RED.nodes.registerType('probe-config', function (saved) { RED.nodes.createNode(this, saved); });
  RED.nodes.registerType('probe', function (saved) {
    RED.nodes.createNode(this, saved);
    const runs = (id) => RED.nodes.getNode(id) !== null;
    const kind = Array.isArray(saved.list) ? 'list' : typeof saved.list;
    console.log(`SEEN ${saved._alias} one: ${runs(saved.one)} list: ${kind} ${[saved.list].flat().map(runs)}`);
    if (saved._alias === 'of-two') setTimeout(() => process.exit(0), 200);
  });
};
JS
cat >user/nodes/probe.html <<'HTML'
<script type="text/javascript">
  RED.nodes.registerType('probe-config', { category: 'config', defaults: {} });
  RED.nodes.registerType('probe', { category: 'function', defaults: { one: { value: '', type: 'probe-config' }, list: { value: [], type: 'probe-config[]' } } });
</script>
HTML
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"template","type":"subflow","name":"template","in":[],"out":[]},
 {"id":"broker","type":"probe-config","z":"template"},{"id":"other","type":"probe-config","z":"template"},
 {"id":"of-one","type":"probe","z":"template","x":1,"y":1,"one":"broker","list":["broker"],"wires":[]},
 {"id":"of-two","type":"probe","z":"template","x":1,"y":1,"one":"broker","list":["broker","other"],"wires":[]},
 {"id":"copy","type":"subflow:template","z":"tab","x":1,"y":1,"wires":[]}]
JSON
echo 'module.exports = { flowFile: "flows.json", credentialSecret: false, uiHost: "127.0.0.1", uiPort: 0, httpAdminRoot: false };' >user/settings.js
timeout 600 node node_modules/node-red/red.js --userDir user --settings user/settings.js >log 2>&1 || true
seen=$(grep '^SEEN' log | sort || true)
echo "node-red 4.1.15:
$seen"
test "$seen" = 'SEEN of-one one: true list: string true
SEEN of-two one: true list: list false,false'
