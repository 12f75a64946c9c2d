#!/usr/bin/env bash
# A text of three parts sent by serialport-gsm; the network refuses one of them (+CMS ERROR: 38, "network out of order", or 21, no
# credit left), as modems answer AT+CMGS then.
#
# Package: serialport-gsm 4.0.1; its modem is a pseudo terminal.
# Expected: the callback and the event say that it failed, whichever part it was, as for an SMS of one part.
# Seen: only the answer to the last part counts. Where the first or the second is refused the others are sent, the callback says
#   "success", "Message Successfully Sent", and onMessageSendingFailed isn't heard: the recipient never sees the whole text.
set -euo pipefail

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts serialport-gsm@4.0.1
cat >modem.py <<'PY'
# modem.py LINK REFUSED: refuses the SMS whose number is REFUSED.
import os, pty, sys, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
heard, isText, taken, echo = b'', False, 0, False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\x1a' if isText else b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if echo: os.write(modem, said.encode() + b'\r\n')
        if 'ATE1' in said: echo = True
        if isText:
            isText = False
            taken += 1
            print(taken, flush=True)
            os.write(modem, b'\r\n+CMS ERROR: 38\r\n' if taken == int(sys.argv[2]) else f'\r\n+CMGS: {taken}\r\n\r\nOK\r\n'.encode())
        elif said.startswith('AT+CMGS'):
            isText = True
            os.write(modem, b'\r\n> ')
        elif said:
            os.write(modem, b'\r\n+CPIN: READY\r\n\r\nOK\r\n' if 'CPIN?' in said else b'\r\nOK\r\n')
PY
cat >send.cjs <<'JS'
const modem = require('serialport-gsm').Modem();
const [, , path, text] = process.argv;
let failed = 0;
modem.on('onMessageSendingFailed', () => { failed += 1; });
modem.on('open', () => modem.initializeModem((done) => {
  if (done && done.status !== 'success') return;
  modem.sendSMS('+436601234567', text, false, (answer, error) => {
    setTimeout(() => { console.log((answer || error).status, failed); process.exit(0); }, 2000);
  });
}));
modem.open(path, { baudRate: 115200, pin: '' }, (error) => { if (error) throw error; });
JS
# $1: which SMS is refused; $2: the text. Prints the callback's status, how often failure was told, and how many SMS the modem got.
send() {
  local modem
  rm -f device
  python3 modem.py "$dir/device" "$1" >air &
  modem=$!
  until [ -e device ]; do sleep 0.1; done
  printf '%s, %s' "$(timeout 120 node send.cjs "$dir/device" "$2" || true)" "$(wc -l <air)"
  kill "$modem"
  wait "$modem" || true
}
words=$(printf 'word %.0s' $(seq 60))
one=$(send 1 word)
echo "one part, refused: $one"
for part in 0 1 2 3; do
  seen[part]=$(send "$part" "$words")
  echo "three parts, refused $part: ${seen[part]}"
done
[ "$one" = 'fail 1, 1' ]
[ "${seen[*]}" = 'success 0, 3 success 0, 3 success 0, 3 fail 1, 3' ]
