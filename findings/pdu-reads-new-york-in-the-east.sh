#!/usr/bin/env bash
# When an SMS came in, read from the PDU of a modem in Vienna (+01:00), Halifax (-04:00), New York (-05:00) and Los Angeles
# (-08:00). An SMS carries its zone in quarters of an hour; the sign is one bit beside the tens (3GPP TS 23.040, 9.2.3.11).
#
# Package: pdu 1.1.0.
# Expected: 12:00 there is 11:00, 16:00, 17:00 and 20:00 UTC.
# Seen: up to four hours behind UTC are right. From five on, where the tens of quarters are two or more, the zone is taken for one
#   ahead of it: 12:00 in New York is 09:30 UTC, seven and a half hours early. And a text in the GSM alphabet has a tail of
#   seven NULs a letter, so that "hello" has 40 characters and isn't equal to "hello".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" pdu@1.1.0 >/dev/null
[ "$(node -p "require('./node_modules/pdu/package.json').version")" = 1.1.0 ]
cat >try.cjs <<'JS'
const { parse } = require('pdu');
// A DELIVER of "hello" from +436601234567 at 12:00:00 on the 28th of November 2026; the zone's byte: tens and ones of quarters swapped, 8 for minus.
const deliver = (zone) => `00040C913466103254760000621182210000${zone}05E8329BFD06`;
for (const [place, zone] of [['Vienna', '40'], ['Halifax', '69'], ['New York', '0A'], ['Los Angeles', '2B']]) {
  const { text, time } = parse(deliver(zone));
  console.log(`${place}: ${time.toISOString().slice(0, 16)}, ${JSON.stringify(text.replace(/\0+$/, ''))} and ${/\0*$/.exec(text)[0].length} NULs`);
}
JS
node try.cjs | tee shown
diff shown - <<'SEEN'
Vienna: 2026-11-28T11:00, "hello" and 35 NULs
Halifax: 2026-11-28T16:00, "hello" and 35 NULs
New York: 2026-11-28T09:30, "hello" and 35 NULs
Los Angeles: 2026-11-28T09:15, "hello" and 35 NULs
SEEN
