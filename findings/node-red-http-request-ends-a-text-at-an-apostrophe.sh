#!/usr/bin/env bash
# The text of an SMS in the URL of an http request node, as gateways with a GET have it: …/send?to=…&text={{payload}}, for "It's on
# fire & we left".
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: the text arrives, or ends at the & that nobody has encoded: "It's on fire ".
# Seen: "It" arrives, with 200. Mustache writes an apostrophe for HTML, as &#39;: the & ends the text and the # the URL, so that whatever
#   comes behind text= in the URL is gone as well, here the sender. A slash is &#x2F; and does that, too ("pump 1/2": "pump 1"); a
#   quotation mark, which is &quot;, cuts the text alone. With {{{payload}}} only the & cuts. With "append to query-string parameters",
#   and an object as the payload, all of it arrives.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
cat >server.cjs <<'JS'
require('http').createServer((request, response) => {
  const asked = new URL(request.url, 'http://a').searchParams;
  console.log(`${request.url.split('?')[0].slice(1)}: text ${JSON.stringify(asked.get('text'))} from ${asked.get('from')}`);
  response.end('ok');
}).listen(0, '127.0.0.1', function () { require('fs').writeFileSync('port', String(this.address().port)); });
JS
node server.cjs >came &
server=$!
trap 'kill "$server" 2>/dev/null || true; finish' EXIT
until [ -s port ]; do sleep 0.1; done
url="http://127.0.0.1:$(cat port)"
# $1: id; $2: "ignore" or "query"; $3: the query of its URL.
ask() {
  echo "{\"id\":\"$1\",\"type\":\"http request\",\"z\":\"tab\",\"x\":2,\"y\":1,\"method\":\"GET\",\"ret\":\"txt\",\"paytoqs\":\"$2\",\"url\":\"$url/$1$3\",\"wires\":[[\"tell\"]]}"
}
cat >user/flows.json <<JSON
[{"id":"tab","type":"tab","label":"tab"},
 $(ask apostrophe ignore '?text={{payload.text}}&from={{payload.from}}'),
 $(ask slash ignore '?text=pump {{payload.pump}}&from={{payload.from}}'),
 $(ask quotes ignore '?text={{payload.quoted}}&from={{payload.from}}'),
 $(ask three ignore '?text={{{payload.text}}}&from={{payload.from}}'),
 $(ask object query ''),
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"wires":[["apostrophe","slash","quotes","three","object"]],"props":[
   {"p":"payload","v":"{\"text\":\"It's on fire & we left\",\"pump\":\"1/2\",\"quoted\":\"pump \\\\\"A\\\\\"\",\"from\":\"home\"}","vt":"json"}]},
 {"id":"tell","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":"global.get('say')(msg.statusCode);"}]
JSON
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c '^SEEN 200' log)" = 5 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(sort came)
echo "$seen"
[ "$seen" = 'apostrophe: text "It" from null
object: text "It'"'"'s on fire & we left" from home
quotes: text "pump " from home
slash: text "pump 1" from null
three: text "It'"'"'s on fire " from home' ]
