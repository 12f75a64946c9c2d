#!/usr/bin/env bash
# How many SMS node-pdu makes of a text for a modem.
#
# Package: node-pdu 2.1.1.
# Expected: 160 letters of the GSM alphabet are one SMS; in more there are 153 a part (140 bytes, less 6 for the header of
#   parts), so that 306 letters are two; 85 letters and a euro sign, which that alphabet has, are one.
# Seen: 133 letters a part, and 160 letters are two SMS, 306 three, 1377 eleven instead of nine. A euro sign makes all of the
#   text UCS-2, with 63 letters a part instead of 67: 85 letters and one euro sign are two SMS, where a "[" or a "{", of the
#   same table, are taken as GSM letters. Its parser reads € in the GSM alphabet, though. Nothing is lost, each part costs.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" node-pdu@2.1.1 >/dev/null
[ "$(node -p "require('./node_modules/node-pdu/package.json').version")" = 2.1.1 ]
cat >try.cjs <<'JS'
const { Submit, parse } = require('node-pdu');
const lengths = (text) => new Submit('+436601234567', text).getPartStrings().map((part) => parse(part).data.getText().length).join('+');
const a = (count) => 'a'.repeat(count);
console.log(`160: ${lengths(a(160))}; 306: ${lengths(a(306))}; [: ${lengths(`${a(85)}[`)}; euro: ${lengths(`${a(85)}€`)}`);
console.log(`1377: ${lengths(a(1377)).split('+').length} SMS`);
JS
seen=$(node try.cjs | tr '\n' '.')
echo "node-pdu 2.1.1: $seen"
[ "$seen" = '160: 133+27; 306: 133+133+40; [: 86; euro: 63+23.1377: 11 SMS.' ]
