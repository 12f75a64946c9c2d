#!/usr/bin/env bash
# Dates of SMS in a cron-plus node whose time zone is set ("Timezone: America/New_York"), on a machine in Vienna: a date,
# 2099-06-01 08:00, and a cron expression, 08:00 on that day.
#
# Package: node-red-contrib-cron-plus 1.5.7 in node-red 4.1.15.
# Expected: both are 08:00 in New York: its help says of the zone that it is the one where the event is expected, wherever Node-RED runs.
# Seen: the cron expression is, the date isn't: it is read by the machine's clock, six hours early, and only shown in New York's
#   ("02:00:00 EDT"). A date without a time of day is midnight in UTC, the evening before. With "GMT-4" behind it the date is right,
#   which nobody knows of who takes dates from a table, and which is another one in winter.
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
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here/user" node-red-contrib-cron-plus@1.5.7 >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
[ "$(node -p "require('./user/node_modules/node-red-contrib-cron-plus/package.json').version")" = 1.5.7 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
cat >user/flows.json <<'JSON'
[{"id":"tab","type":"tab","label":"tab"},
 {"id":"in","type":"inject","z":"tab","x":1,"y":1,"once":true,"onceDelay":0.1,"props":[],"wires":[["ask"]]},
 {"id":"ask","type":"function","z":"tab","x":2,"y":1,"wires":[["cron"]],"func":
   "for (const [expressionType, expression] of [['cron', '0 0 8 1 6 * 2099'], ['dates', '2099-06-01 08:00'], ['dates', '2099-06-01'], ['dates', '2099-06-01 08:00 GMT-4']]) node.send({ payload: { command: 'describe', expression, expressionType, timeZone: 'America/New_York' } });"},
 {"id":"cron","type":"cronplus","z":"tab","x":3,"y":1,"name":"","outputField":"payload","timeZone":"America/New_York","persistDynamic":false,
   "commandResponseMsgOutput":"output1","outputs":1,"options":[],"wires":[["tell"]]},
 {"id":"tell","type":"function","z":"tab","x":4,"y":1,"wires":[],"func":
   "global.get('say')(`${msg.payload.command.expression} = ${new Date(msg.payload.result.nextDate).toISOString()}`);"}]
JSON
export TZ=Europe/Vienna
node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c '^SEEN' log)" = 4 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN' log | cut -d' ' -f2- | tr '\n' ';')
echo "$seen"
[ "$seen" = '0 0 8 1 6 * 2099 = 2099-06-01T12:00:00.000Z;2099-06-01 08:00 = 2099-06-01T06:00:00.000Z;2099-06-01 = 2099-06-01T00:00:00.000Z;2099-06-01 08:00 GMT-4 = 2099-06-01T12:00:00.000Z;' ]
