#!/usr/bin/env bash
# A schedule of each day whose offset reaches past midnight: schedex' "On" at 23:59 with an offset of a minute, as it is with
# "sunset" and three hours in June, for the lamp or the look at the pump that is to be checked by SMS.
#
# Packages: node-red-contrib-schedex 1.10.7 in node-red 4.1.15; Debian's libfaketime 0.9.10-2.1 for the date.
# Expected: after the one of Wednesday, 00:00, comes that of Thursday, as it does for "On" at 00:00 without an offset.
# Seen: the next is Friday's. Once it has fired it looks from the day after on, which it counts from the moment with the offset, and not
#   from the 23:59 of the day before: every other day is left out, without an error. The status in the editor shows the date.
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
[ "$(dpkg-query -W -f '${Version}' libfaketime)" = "0.9.10-2.1" ]
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here/user" node-red-contrib-schedex@1.10.7 >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$here" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
[ "$(node -p "require('./user/node_modules/node-red-contrib-schedex/package.json').version")" = 1.10.7 ]
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (text) => console.log('SEEN ' + text) } };
JS
# $1: id; $2: the time of day; $3: minutes of offset. A schedule, and what it shows in the editor.
schedule() {
  cat <<JSON
 {"id":"$1","type":"schedex","z":"tab","x":1,"y":1,"suspended":false,"passthroughunhandled":false,"lat":"48.2","lon":"16.4",
   "ontime":"$2","ontopic":"","onpayload":"on","onoffset":"$3","onrandomoffset":false,"offtime":"","offtopic":"","offpayload":"",
   "offoffset":"0","offrandomoffset":false,"mon":true,"tue":true,"wed":true,"thu":true,"fri":true,"sat":true,"sun":true,"wires":[[]]},
 {"id":"status-$1","type":"status","z":"tab","x":2,"y":1,"scope":["$1"],"wires":[["tell-$1"]]},
 {"id":"tell-$1","type":"function","z":"tab","x":3,"y":1,"wires":[],"func":"global.get('say')('$1: ' + msg.status.text);"}
JSON
}
echo "[{\"id\":\"tab\",\"type\":\"tab\",\"label\":\"tab\"},$(schedule offset 23:59 1),$(schedule plain 00:00 0)]" >user/flows.json
# From Tuesday, the 24th of November 2026, half a minute before midnight: as long as Node-RED may take to start.
TZ=Europe/Vienna FAKETIME_DONT_FAKE_MONOTONIC=1 FAKETIME="@2026-11-24 23:59:30" \
  LD_PRELOAD="$(ls /usr/lib/*/faketime/libfaketime.so.1)" node node_modules/node-red/red.js --userDir user >log 2>&1 &
red=$!
for _ in $(seq 120); do
  [ "$(grep -c 'SEEN.*ON auto' log)" = 2 ] && break
  sleep 0.5
done
kill "$red"
wait "$red" || true
red=
seen=$(grep '^SEEN.*ON auto' log | cut -d' ' -f2- | sort | tr '\n' ';')
echo "on Wednesday, the 25th, 00:00: $seen"
[ "$seen" = 'offset: ON auto until ON at 2026-11-27 00:00;plain: ON auto until ON at 2026-11-26 00:00;' ]
