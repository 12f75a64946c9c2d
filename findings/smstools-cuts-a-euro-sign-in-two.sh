#!/usr/bin/env bash
# A text of 213 characters whose 153rd is a euro sign, given to smstools. In the GSM alphabet € is two septets, an escape and an
# "e", and the first part of a long SMS has room for 153 septets: 3GPP TS 23.040, 9.2.3.24.1 says that an escape and what it
# escapes stay together, so that the first part ends after 152.
#
# Package: Debian's smstools 3.1.21-4+b1; its modem is a pseudo terminal that says OK and writes down what it is to send.
# Expected: two parts, and the euro sign in one of them.
# Seen: the first part ends in the bare escape, the second begins with "e". A telephone that reads each part by itself, as many
#   gateways do, shows "12 ebbb…" or "12  ebbb…": the price has lost its currency. Any of ^{}\[~]|€ there is cut so.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' smstools)" = "3.1.21-4+b1" ]

dir=$(mktemp -d)
started=()
finish() {
  # It goes into the background by itself.
  [ ! -e "$dir/pid" ] || kill "$(cat "$dir/pid")" || true
  for _ in $(seq 50); do
    [ -e "$dir/pid" ] || break
    sleep 0.2
  done
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
mkdir "$dir/outgoing" "$dir/checked" "$dir/incoming" "$dir/sent" "$dir/failed"

cat >"$dir/modem.py" <<'EOF2'
import os, pty, sys, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
ANSWERS = {'CPIN': '+CPIN: READY\r\n\r\n', 'CREG': '+CREG: 0,1\r\n\r\n', 'CSQ': '+CSQ: 20,0\r\n\r\n'}
heard, isText = b'', False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\x1a' if isText else b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if isText:
            print(said, flush=True)
            os.write(modem, b'\r\n+CMGS: 1\r\n\r\nOK\r\n')
            isText = False
        elif said.startswith('AT+CMGS'):
            isText = True
            os.write(modem, b'\r\n> ')
        elif said:
            extra = next((text for word, text in ANSWERS.items() if word in said), '')
            os.write(modem, f'\r\n{extra}OK\r\n'.encode())
EOF2
python3 "$dir/modem.py" "$dir/device" >"$dir/air" &
started+=($!)
until [ -e "$dir/device" ]; do sleep 0.1; done
cat >"$dir/conf" <<EOF2
devices = M
outgoing = $dir/outgoing
checked = $dir/checked
incoming = $dir/incoming
sent = $dir/sent
failed = $dir/failed
logfile = $dir/log
infofile = $dir/running
pidfile = $dir/pid
delaytime = 1
[M]
device = $dir/device
incoming = no
outgoing = yes
EOF2
smsd -c "$dir/conf" >/dev/null 2>&1

python3 -c 'print("To: 436601234567\nAlphabet: UTF-8\n\n" + "a" * 149 + "12 €" + "b" * 60, end="")' >"$dir/one"
mv "$dir/one" "$dir/outgoing/one"
for _ in $(seq 150); do
  [ -e "$dir/sent/one" ] && break
  sleep 0.2
done
# Each part's number and its first and last septets, as hexadecimal digits, from behind the six bytes of its header.
seen=$(python3 - "$dir/air" <<'EOF2'
import sys
for line in open(sys.argv[1]):
    pdu = bytes.fromhex(line.strip())
    at = 3 + 1 + 1 + (pdu[3] + 1) // 2 + 3
    length, data = pdu[at], pdu[at + 1:]
    all_bits = int.from_bytes(data, 'little') >> 49
    septets = [(all_bits >> (7 * place)) & 127 for place in range(length - 7)]
    print(f'part {data[5]} of {data[4]}: {len(septets)} septets, {septets[0]:02x} ... {septets[-1]:02x}', end='; ')
EOF2
)
echo "$seen"
[ "$seen" = 'part 1 of 2: 153 septets, 61 ... 1b; part 2 of 2: 61 septets, 65 ... 62; ' ]
