#!/usr/bin/env bash
# When an SMS came in, read by node-pdu from the PDU of a modem in Nepal (+05:45), India (+05:30) and Newfoundland (-03:30).
# An SMS carries its zone in quarters of an hour (3GPP TS 23.040, 9.2.3.11).
#
# Package: node-pdu 2.1.1.
# Expected: getIsoString() says 2026-11-28T12:00:00+05:45, as it says +01:00 for Vienna.
# Seen: "+5.75:00", "+5.5:00" and "-3.5:00", which are no ISO 8601: new Date() of them is an invalid date.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" node-pdu@2.1.1 >/dev/null
[ "$(node -p "require('./node_modules/node-pdu/package.json').version")" = 2.1.1 ]
cat >try.cjs <<'JS'
const { parse } = require('node-pdu');
// A DELIVER of "hello" from +436601234567 at 12:00:00 on the 28th of November 2026; the zone's byte: tens and ones of quarters swapped, 8 for minus.
const deliver = (zone) => `00040C913466103254760000621182210000${zone}05E8329BFD06`;
for (const [place, zone] of [['Vienna', '40'], ['Nepal', '32'], ['India', '22'], ['Newfoundland', '49']]) {
  const { data, serviceCenterTimeStamp } = parse(deliver(zone));
  const written = serviceCenterTimeStamp.getIsoString();
  console.log(place, data.getText(), written, Number.isNaN(Date.parse(written)) ? 'no date' : new Date(written).toISOString());
}
JS
node try.cjs | tee shown
diff shown - <<'SEEN'
Vienna hello 2026-11-28T12:00:00+01:00 2026-11-28T11:00:00.000Z
Nepal hello 2026-11-28T12:00:00+5.75:00 no date
India hello 2026-11-28T12:00:00+5.5:00 no date
Newfoundland hello 2026-11-28T12:00:00-3.5:00 no date
SEEN
