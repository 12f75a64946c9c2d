#!/usr/bin/env bash
# libphonenumber-js 1.13.16 (its smallest form, /min): digits that begin with the country's own code and have no plus, as SMS
# gateways and databases hold them, are read in Germany as a national number: 491701234567 becomes +49 491701234567, and
# isValid() says true. In Italy, Russia and India the same way of writing gives the number that is meant.
# Expected: +49 170 1234567, or at least not valid. Whoever compares numbers must try the digits with a plus first.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --prefix "$dir" libphonenumber-js@1.13.16 >/dev/null
test "$(node -p "require('./node_modules/libphonenumber-js/package.json').version")" = 1.13.16
seen=$(node -e "
const { parsePhoneNumberFromString: parse } = require('libphonenumber-js/min');
const read = (digits, country) => { const it = parse(digits, country); return it.number + ' ' + it.isValid(); };
console.log([read('491701234567', 'DE'), read('393471234567', 'IT'), read('79161234567', 'RU'), read('919198765432', 'IN')].join('; '));
")
echo "libphonenumber-js 1.13.16: $seen"
test "$seen" = '+49491701234567 true; +393471234567 true; +79161234567 true; +919198765432 true'
