#!/usr/bin/env bash
# How many SMS a text is, by packages of npm that say so before it is sent: 153 euro signs, and a euro sign at a part's end. In the
# GSM alphabet a euro sign is two septets, which stay in one part (3GPP TS 23.040, 9.2.3.24.1); a part has room for 153 septets.
#
# Packages: sms-counter 1.0.0, sms-length 0.2.2, sms-counter-npm 1.0.4, split-sms 0.1.7, sms-segments-calculator 1.3.0,
#   @trt2/gsm-charset-utils 1.0.13.
# Expected: 153 euro signs are three SMS, as only 76 of them fit in each part; a euro sign that would lie across the border after
#   152 letters, with 152 letters behind it, makes three as well, one of them of a single letter or two.
# Seen: the last three say so. sms-length and sms-counter-npm divide the septets by 153 and say two. sms-counter counts a euro
#   sign as one septet and says one SMS of 153, with 7 free; and two in the other case. Whoever bills or limits by them is
#   a third short, or two thirds.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts sms-counter@1.0.0 sms-length@0.2.2 sms-counter-npm@1.0.4 split-sms@0.1.7 \
  sms-segments-calculator@1.3.0 @trt2/gsm-charset-utils@1.0.13
cat >try.cjs <<'JS'
const counters = {
  'sms-counter': (text) => require('sms-counter').default.count(text).messages,
  'sms-length': (text) => require('sms-length').count(text).messages,
  'sms-counter-npm': (text) => require('sms-counter-npm').count(text).messages,
  'split-sms': (text) => require('split-sms').split(text).parts.length,
  'sms-segments-calculator': (text) => new (require('sms-segments-calculator').SegmentedMessage)(text).segmentsCount,
  '@trt2/gsm-charset-utils': (text) => require('@trt2/gsm-charset-utils').getCharCount(text).msgCount,
};
const a = 'a'.repeat(152);
for (const [name, count] of Object.entries(counters)) console.log(name, count('€'.repeat(153)), count(`${a}€${a}`));
JS
node try.cjs | tee shown
diff shown - <<'SEEN'
sms-counter 1 2
sms-length 2 2
sms-counter-npm 2 2
split-sms 3 3
sms-segments-calculator 3 3
@trt2/gsm-charset-utils 3 3
SEEN
