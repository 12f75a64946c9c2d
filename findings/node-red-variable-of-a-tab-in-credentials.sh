#!/usr/bin/env bash
# node-red 4.1.15: a tab's variable of the type "number" reaches a node's credentials as a number, not as a text, so that
# 0042 becomes 42 and whatever hashes the password throws; and a value that holds two variables, ${A}${B}, is taken for
# one variable with the name "A}${B" and stays as it is written, although both are there.
# Expected: credentials declared as texts are texts, and two variables are put in, or refused.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" node-red@4.1.15 >/dev/null
test "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15
mkdir -p user/nodes
cat >user/nodes/probe.js <<'JS'
module.exports = (RED) => {
  RED.nodes.registerType('probe', function (saved) {
    RED.nodes.createNode(this, saved);
    const { secret } = this.credentials;
    let hash = 'hashed';
    try { require('node:crypto').createHash('sha256').update(secret); } catch (error) { hash = error.code; }
    console.log(`SEEN ${JSON.stringify([secret, hash, saved.two, RED.util.getSetting(this, 'A')])}`);
    setTimeout(() => process.exit(0), 100);
  }, { credentials: { secret: { type: 'password' } } });
};
JS
cat >user/nodes/probe.html <<'HTML'
<script type="text/javascript">
  RED.nodes.registerType('probe', { category: 'function', defaults: { two: { value: '' } }, credentials: { secret: { type: 'password' } } });
</script>
HTML
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab","env":[
   {"name":"PIN","type":"num","value":"0042"},{"name":"A","type":"str","value":"a"},{"name":"B","type":"str","value":"b"}]},
 {"id":"probe","type":"probe","z":"tab","x":1,"y":1,"wires":[],"two":"${A}${B}"}]
JSON
echo '{"probe":{"secret":"${PIN}"}}' >user/flows_cred.json
echo 'module.exports = { flowFile: "flows.json", credentialSecret: false, uiHost: "127.0.0.1", uiPort: 0, httpAdminRoot: false };' >user/settings.js
seen=$(timeout 600 node node_modules/node-red/red.js --userDir user --settings user/settings.js | grep '^SEEN' || true)
echo "node-red 4.1.15: $seen"
test "$seen" = 'SEEN [42,"ERR_INVALID_ARG_TYPE","${A}${B}","a"]'
