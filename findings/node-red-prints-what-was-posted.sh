#!/usr/bin/env bash
# node-red 4.1.15: the body of any POST, to any path and without a login, goes through the editor's own JSON parser where
# httpAdminRoot is the default. Of one that is no JSON the parser's error, which quotes a piece of the body, is
# written to stderr though the console log is off, and the sender, a stranger, is answered the stack with the absolute paths
# of the installation (unless NODE_ENV=production). So what a device posts in untidy JSON, texts and numbers, stands in the
# journal of the system service; neither the log's level nor httpNodeAuth comes before it.
# Expected: 400 with no more than that, and nothing printed that the log's level doesn't ask for.
set -euo pipefail
dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" node-red@4.1.15 >/dev/null
test "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15
mkdir user
echo '[{"id":"tab","type":"tab","label":"tab"}]' >user/flows.json
cat >user/settings.js <<'JS'
module.exports = { flowFile: 'flows.json', credentialSecret: false, uiHost: '127.0.0.1', uiPort: 0,
  httpNodeAuth: { user: 'gateway', pass: '$2b$04$Qm9ndXNib2d1c2JvZ3VzYuJ1cE4mV6m0tq8p1m8k0l6wq3g7bFQe2' },
  logging: { console: { level: 'off', metrics: false, audit: false } } };
JS
cat >start.js <<'JS'
// Says the port that the system gave.
const { Server } = require('node:http');
const { listen } = Server.prototype;
Server.prototype.listen = function (...given) {
  this.once('listening', () => require('node:fs').writeFileSync('port', String(this.address().port)));
  return listen.apply(this, given);
};
JS
node --require ./start.js node_modules/node-red/red.js --userDir user --settings user/settings.js >out 2>err &
pid=$!
for _ in $(seq 120); do [ -s port ] && break; sleep 0.5; done
url=http://127.0.0.1:$(cat port)
curl --silent --retry 20 --retry-connrefused --retry-delay 1 --output /dev/null "$url/settings"
sleep 1
answer=$(curl --silent --include -X POST -H 'Content-Type: application/json' --data "{\"text\":'Balance 12'}" "$url/nowhere")
sleep 0.5
echo "node-red 4.1.15 on Node $(node --version):"
echo "answered: $(head -1 <<<"$answer" | tr -d '\r'), $(grep -o "at parse ([^)]*)" <<<"$answer" | sed "s|$dir|DIR|")"
echo "stdout: $(wc -c <out) bytes; stderr: $(head -1 err)"
grep -q '^HTTP/1.1 400' <<<"$answer"
grep -q "$dir/node_modules/body-parser" <<<"$answer"
grep -q "Balance 1" err
test ! -s out
