#!/usr/bin/env bash
# The clock of a time zone that is behind UTC by hours and a half (Newfoundland, -0330; the Marquesas, -0930), as a change
# node in JSONata writes it into the text of an SMS: $fromMillis(time, picture, "-0330"), and $now likewise.
#
# Packages: jsonata 2.0.6, and @node-red/util 4.1.15, which evaluates the expressions of flows.
# Expected: 12:00 UTC is 08:30 there, as "+0530" of India is 17:30, and "-0300" 09:00.
# Seen: 07:30. The sign belongs to the hours and to the minutes, and the hours are rounded away from zero as well: all
#   negative offsets with minutes are an hour early, without an error. "+01:00", with the colon of ISO 8601, isn't refused
#   either: it is one minute; and a name such as "Europe/Vienna" writes "NaN:NaN".
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts jsonata@2.0.6 @node-red/util@4.1.15
cat >try.cjs <<'EOF'
const jsonata = require('jsonata');
const { util } = require('@node-red/util');
const NOON = Date.UTC(2026, 10, 29, 12);
const ofNodeRed = (text) =>
  new Promise((resolve, reject) =>
    util.evaluateJSONataExpression(util.prepareJSONataExpression(text, {}), {}, (error, value) => (error ? reject(error) : resolve(value))),
  );
(async () => {
  for (const zone of ['+0530', '-0300', '-0330', '-0930', '+01:00', 'Europe/Vienna']) {
    const text = `$fromMillis(${NOON}, "[H01]:[m01]", "${zone}")`;
    console.log(zone, await jsonata(text).evaluate({}), await ofNodeRed(text));
  }
})();
EOF
node try.cjs | tee shown
diff shown - <<'EOF'
+0530 17:30 17:30
-0300 09:00 09:00
-0330 07:30 07:30
-0930 01:30 01:30
+01:00 12:01 12:01
Europe/Vienna NaN:NaN NaN:NaN
EOF
