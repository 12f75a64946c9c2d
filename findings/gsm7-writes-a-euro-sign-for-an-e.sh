#!/usr/bin/env bash
# A text with a letter that the GSM alphabet hasn't, encoded for an SMS: the Portuguese "mãe" (mother) and "informações".
#
# Package: gsm7 1.3.1.
# Expected: an error, a question mark, or a plain letter in the place of ã, ç and õ.
# Seen: a letter that isn't there becomes a bare escape (0x1b), the sign that the next septet is one of the extension table. So
#   the letter behind it is taken along: "mãe" is read as "m€" and "põe" as "p€", by gsm7's own decoder and by the telephone
#   that gets them. Two such letters are two escapes: gsm7 reads "informações" as "informa€s", "reação" as "reaundefined".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" gsm7@1.3.1 >/dev/null
[ "$(node -p "require('./node_modules/gsm7/package.json').version")" = 1.3.1 ]
seen=$(node -e '
  const { encode, decode } = require("gsm7");
  console.log(["mãe", "põe", "informações", "reação"].map((text) => `${text} ${Buffer.from(encode(text)).toString("hex")} ${decode(encode(text))}`).join("; "));
')
echo "gsm7 1.3.1: $seen"
[ "$seen" = 'mãe ed4d19 m€; põe f04d19 p€; informações 69b7f92d6f87379bf21c informa€s; reação f27278b37903 reaundefined' ]
