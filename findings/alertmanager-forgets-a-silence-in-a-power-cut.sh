#!/usr/bin/env bash
# A silence in Alertmanager for the night's work, made minutes before the machine loses its power (here: kill -9).
#
# Package: Debian's prometheus-alertmanager 0.25.0-1+b4.
# Expected: an answer of 200 with the silence's id means that it is kept: it is on the disk, and there after the next start.
# Seen: it is gone, without a line in the log; so is the note that an alert was already sent, which is sent once more. Both are
#   written every 15 minutes (--data.maintenance-interval) and where Alertmanager is stopped properly, as the third start shows. What
#   was silenced for the power's own maintenance rings in the night after all, and whoever was told is told twice.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' prometheus-alertmanager)" = "0.25.0-1+b4" ]
dir=$(mktemp -d)
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
cat >hook.cjs <<'JS'
require('http').createServer((request, response) => {
  request.on('data', (data) => JSON.parse(data).alerts.forEach((alert) => console.log(alert.labels.alertname)));
  request.on('end', () => response.end());
}).listen(0, '127.0.0.1', function () { require('fs').writeFileSync('hook', String(this.address().port)); });
require('net').createServer().listen(0, '127.0.0.1', function () {
  require('fs').writeFileSync('port', String(this.address().port));
  this.close();
});
JS
node hook.cjs >came &
started+=($!)
until [ -s hook ] && [ -s port ]; do sleep 0.1; done
cat >conf.yml <<EOF2
route: { receiver: sms, group_by: [alertname], group_wait: 1s, group_interval: 5m, repeat_interval: 12h }
receivers:
- name: sms
  webhook_configs: [{ url: 'http://127.0.0.1:$(cat hook)/' }]
EOF2
api="http://127.0.0.1:$(cat port)/api/v2"
start() {
  prometheus-alertmanager --config.file=conf.yml --storage.path=data --web.listen-address="127.0.0.1:$(cat port)" --cluster.listen-address= \
    >>log 2>&1 &
  manager=$!
  started+=("$manager")
  until curl -sf "$api/status" >/dev/null; do sleep 0.2; done
}
post() { curl -sf -H 'Content-Type: application/json' "$api/$1" -d "$2"; }
silence() {
  post silences '{"matchers":[{"name":"alertname","value":"mains","isRegex":false}],"startsAt":"'"$(date -u +%FT%TZ)"'",
    "endsAt":"2099-01-01T00:00:00Z","createdBy":"somebody","comment":"work on the mains"}' >/dev/null
}
silences() { curl -sf "$api/silences" | node -p 'JSON.parse(require("fs").readFileSync(0)).length'; }
told() { for _ in $(seq 50); do [ "$(wc -l <came)" -ge "$1" ] && break; sleep 0.2; done; }
start
silence
post alerts '[{"labels":{"alertname":"pump"}}]'
told 1
sleep 1
before=$(silences)
kill -9 "$manager"
wait "$manager" 2>/dev/null || true
start
after=$(silences)
post alerts '[{"labels":{"alertname":"pump"}},{"labels":{"alertname":"mains"}}]'
told 3
silence
sleep 1
kill "$manager"
wait "$manager" || true
start
kept=$(silences)
post alerts '[{"labels":{"alertname":"pump"}},{"labels":{"alertname":"mains"}}]'
sleep 3
told=$(sort came | tr '\n' ' ')
echo "silences: $before, after the power cut $after; after a proper stop $kept. Told of: $told"
[ "$before $after $kept" = '1 0 1' ]
[ "$told" = 'mains pump pump ' ]
