#!/usr/bin/env bash
# An SMS that a telephone is to show at once, in Cyrillic, by npm's smpp: data_coding 18 hex, which is UCS-2 and class 0
# (SMPP 3.4, 5.2.19, with 3GPP TS 23.038, 4).
#
# Package: smpp 0.5.1.
# Expected: the bytes of UCS-2, as with data_coding 8; smpp itself reads them so, with 18 hex as with 8.
# Seen: what is written with 18 hex are the letters of the GSM alphabet, one byte each. "Привет" is six zero bytes, of which the
#   telephone makes three NULs, and "Grüße" five bytes that make two Chinese characters and a half. No error: the SMS is sent, paid for
#   and unreadable. A Buffer in place of the text, already in UCS-2, is sent as it is.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts smpp@0.5.1
cat >ask.cjs <<'JS'
const { PDU } = require('smpp');
const { deepStrictEqual } = require('node:assert');
const inUcs2 = (text) => Buffer.from(text, 'utf16le').swap16();
// [what is on the line, what smpp reads of it]
const sent = (data_coding, short_message) => {
  const bytes = new PDU('submit_sm', { destination_addr: '436601234567', data_coding, short_message }).toBuffer();
  const length = bytes.indexOf('436601234567') + 12 + 10;
  return [bytes.subarray(length + 1).toString('hex'), new PDU(bytes).short_message.message];
};
const seen = {
  usual: sent(8, 'Привет'),
  flash: sent(0x18, 'Привет'),
  latin: sent(0x18, 'Grüße'),
  bytes: sent(0x18, inUcs2('Привет')),
};
console.log(seen);
const right = inUcs2('Привет').toString('hex');
deepStrictEqual(seen, {
  usual: [right, 'Привет'],
  flash: ['000000000000', '\0\0\0'],
  latin: ['47727e1e65', '\u4772\u7e1e'],
  bytes: [right, 'Привет'],
});
JS
node ask.cjs
