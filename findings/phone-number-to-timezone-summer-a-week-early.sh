#!/usr/bin/env bash
# What time it is where a telephone number lives, asked before an SMS is sent there ("not before eight in the morning"), of numbers in
# Austria, Britain and Canada, on the 25th of March 2026.
#
# Packages: phone-number-to-timezone 1.0.8; Debian's libfaketime 0.9.10-2.1 for the date.
# Expected: at 12:00 UTC it is 13:00 in Vienna, 12:00 in London, 08:00 in Montreal, as Node.js itself says of these cities: Europe's
#   summer time begins on the last Sunday of March, the 29th.
# Seen: 14:00 and 13:00, an hour too late; Montreal is right. For both, summer time begins on the fourth Sunday: in years with
#   five Sundays in March (2026, 2030, 2031) a week early. On the 1st of April all are right.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' libfaketime)" = "0.9.10-2.1" ]
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts phone-number-to-timezone@1.0.8
cat >ask.cjs <<'JS'
const { getLocalInfo } = require('phone-number-to-timezone');
const inZone = (timeZone) => new Date().toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
const asked = [['+436601234567', 'Europe/Vienna'], ['+447911123456', 'Europe/London'], ['+15145551234', 'America/Toronto']];
console.log(asked.map(([number, zone]) => `${zone} ${getLocalInfo(number).time.display} (${inZone(zone)})`).join(', '));
JS
# $1: a day
on() { LD_PRELOAD=$(dpkg -L libfaketime | grep 'libfaketime.so.1$') TZ=UTC FAKETIME="$1 12:00:00" FAKETIME_DONT_FAKE_MONOTONIC=1 node ask.cjs; }
early=$(on 2026-03-25)
later=$(on 2026-04-01)
echo "2026-03-25: $early"
echo "2026-04-01: $later"
[ "$early" = 'Europe/Vienna 14:00 (13:00), Europe/London 13:00 (12:00), America/Toronto 08:00 (08:00)' ]
[ "$later" = 'Europe/Vienna 14:00 (14:00), Europe/London 13:00 (13:00), America/Toronto 08:00 (08:00)' ]
