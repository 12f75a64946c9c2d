#!/usr/bin/env bash
# node-red 4.1.15: a config node with any property whose value is its own id, such as a name, counts as depending on itself.
# Then "Circular config node dependency detected" is printed, that config node is never started, nodes that use it find
# nothing, and "Started flows" is logged all the same.
# Expected: a name is a label; at worst that one node is refused.
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
    console.log(`SEEN ${JSON.stringify([saved.id, RED.nodes.getNode('broker') !== null, RED.nodes.getNode('other') !== null])}`);
    setTimeout(() => process.exit(0), 200);
  });
};
JS
cat >user/nodes/probe.html <<'HTML'
<script type="text/javascript">
  RED.nodes.registerType('probe-config', { category: 'config', defaults: { name: { value: '' } } });
  RED.nodes.registerType('probe', { category: 'function', defaults: {} });
</script>
HTML
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"broker","type":"probe-config","name":"broker"},{"id":"other","type":"probe-config","name":"another"},
 {"id":"probe","type":"probe","z":"tab","x":1,"y":1,"wires":[]}]
JSON
echo 'module.exports = { flowFile: "flows.json", credentialSecret: false, uiHost: "127.0.0.1", uiPort: 0, httpAdminRoot: false };' >user/settings.js
timeout 600 node node_modules/node-red/red.js --userDir user --settings user/settings.js >log 2>&1 || true
seen=$(grep '^SEEN' log || true)
echo "node-red 4.1.15: $seen"
grep -o 'Circular config node dependency detected: broker' log
grep -o 'Started flows' log
test "$seen" = 'SEEN ["probe",false,true]'
