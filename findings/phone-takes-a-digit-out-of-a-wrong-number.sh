#!/usr/bin/env bash
# Telephone numbers with one digit too many behind the country code, as a slip of the finger makes them, asked of npm's phone.
#
# Package: phone 3.1.72.
# Expected: not valid. A trunk zero, +33 (0)7 12 34 56 78, is taken out, as its README says ("there is a trunk code 0").
# Seen: whatever digit stands behind the country code is taken for a trunk code and left out, where the rest looks like a
#   mobile's number: +339712345678 and +335712345678 are valid and become +33712345678, who is somebody. It does so to a right number,
#   too: Argentina's mobiles have a 9 there that belongs to them (+54 9 11 2345-6789); without it the number is a landline's.
#   With strictDetection none of the wrong ones is valid, the trunk zero isn't either, and Argentina's is refused.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts phone@3.1.72 awesome-phonenumber@7.8.0
cat >ask.cjs <<'JS'
const { phone } = require('phone');
const { parsePhoneNumber } = require('awesome-phonenumber');
const seen = {};
for (const number of ['+33712345678', '+330712345678', '+339712345678', '+335712345678', '+156175551234', '+415791234567', '+5491123456789']) {
  seen[number] = [phone(number).phoneNumber, phone(number, { strictDetection: true }).phoneNumber];
}
console.log(JSON.stringify(seen, undefined, 1));
const { deepStrictEqual } = require('node:assert');
deepStrictEqual(seen, {
  '+33712345678': ['+33712345678', '+33712345678'],
  '+330712345678': ['+33712345678', null],
  '+339712345678': ['+33712345678', null],
  '+335712345678': ['+33712345678', null],
  '+156175551234': ['+16175551234', null],
  '+415791234567': ['+41791234567', null],
  '+5491123456789': ['+541123456789', null],
});
// What Google's tables say of these.
const kindOf = (number) => { const { valid, type } = parsePhoneNumber(number); return valid ? type : 'not valid'; };
deepStrictEqual(['+339712345678', '+415791234567', '+5491123456789', '+541123456789'].map(kindOf), ['not valid', 'not valid', 'mobile', 'fixed-line']);
JS
node ask.cjs
