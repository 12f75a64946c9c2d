#!/usr/bin/env bash
# node-red 4.1.15: in a typed input of the type "env variable" ${NAME} is looked up twice. Before the node starts, the flow
# loader puts NAME's value in place of a property that is nothing but ${NAME}; evaluateNodeProperty then takes that value for
# the name of a variable, finds none, and answers an empty text without an error. With anything around it, x${NAME}, the
# loader leaves it alone and the value comes out right; so does a bare NAME.
# Expected: ${NAME} means the same alone as with something around it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" node-red@4.1.15 >/dev/null
test "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15
mkdir user
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab","env":[{"name":"HOST","type":"str","value":"gateway.lan"}]},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"wires":[["out"]],"props":[
   {"p":"whole","v":"${HOST}","vt":"env"},{"p":"part","v":"x${HOST}","vt":"env"},{"p":"bare","v":"HOST","vt":"env"}]},
 {"id":"out","type":"function","z":"tab","x":2,"y":1,"wires":[],"func":
   "global.get('say')([msg.whole, msg.part, msg.bare]);"}]
JSON
cat >user/settings.js <<'JS'
module.exports = { flowFile: "flows.json", credentialSecret: false, uiHost: "127.0.0.1", uiPort: 0, httpAdminRoot: false,
  functionGlobalContext: { say: (seen) => { console.log(`SEEN ${JSON.stringify(seen)}`); setTimeout(() => process.exit(0), 100); } } };
JS
seen=$(timeout 600 node node_modules/node-red/red.js --userDir user --settings user/settings.js | grep '^SEEN' || true)
echo "node-red 4.1.15: $seen"
test "$seen" = 'SEEN ["","xgateway.lan","gateway.lan"]'
