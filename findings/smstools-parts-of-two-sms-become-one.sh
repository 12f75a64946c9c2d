#!/usr/bin/env bash
# Parts of long SMS that come in, one of which never came. A sender counts its long SMS with one byte, so that a busy one
# (a bank, a parcel service) comes to the same number again within a day.
#
# Package: Debian's smstools 3.1.21-4+b1; its modem is a pseudo terminal that has SMS in its store.
# Expected: of an SMS whose second part is missing, at 12:00, and a whole SMS of two parts with the same number and sender at
#   15:00, the whole one arrives as it was sent: the newer first part takes the place of the older, or the times tell them apart.
# Seen: the first part of 12:00 and the second of 15:00 arrive as one text, and the first part of 15:00 is never seen. Nothing
#   marks it (no "Incomplete"), and its "Sent" is that of the last part. A part is kept for 24 hours (ic_purge_hours).
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' smstools)" = "3.1.21-4+b1" ]

dir=$(mktemp -d)
started=()
finish() {
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
mkdir "$dir/outgoing" "$dir/checked" "$dir/incoming" "$dir/sent" "$dir/failed" "$dir/saved"
: >"$dir/store"

cat >"$dir/modem.py" <<'EOF2'
import os, pty, re, sys, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
taken, kept, heard = 0, {}, b''
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        pdus = open(sys.argv[2]).read().split()
        kept.update(enumerate(pdus[taken:], taken + 1))
        taken = len(pdus)
        extra = ''
        if 'CPIN' in said: extra = '+CPIN: READY\r\n\r\n'
        elif 'CREG' in said: extra = '+CREG: 0,1\r\n\r\n'
        elif 'CSQ' in said: extra = '+CSQ: 20,0\r\n\r\n'
        elif 'CPMS' in said: extra = f'+CPMS: "SM",{len(kept)},50\r\n\r\n'
        elif asked := re.search(r'CMGR=(\d+)', said):
            pdu = kept.get(int(asked[1]))
            if pdu: extra = f'+CMGR: 0,,{len(pdu) // 2 - 1}\r\n{pdu}\r\n\r\n'
        elif asked := re.search(r'CMGD=(\d+)', said): kept.pop(int(asked[1]), None)
        if said: os.write(modem, f'\r\n{extra}OK\r\n'.encode())
EOF2
python3 "$dir/modem.py" "$dir/device" "$dir/store" &
started+=($!)
until [ -e "$dir/device" ]; do sleep 0.1; done
cat >"$dir/conf" <<EOF2
devices = M
outgoing = $dir/outgoing
checked = $dir/checked
incoming = $dir/incoming
sent = $dir/sent
failed = $dir/failed
saved = $dir/saved
logfile = $dir/log
infofile = $dir/running
pidfile = $dir/pid
delaytime = 1
[M]
device = $dir/device
incoming = high
outgoing = no
EOF2
smsd -c "$dir/conf" >/dev/null 2>&1

# $1: text; $2: hour of the 28th of November; $3: part. A DELIVER of part $3 of 2 of the SMS number 7 from +436601234567.
part() {
  python3 - "$@" <<'EOF2'
import sys
text, hour, part = sys.argv[1], sys.argv[2], int(sys.argv[3])
bits = sum(ord(letter) << (7 * at + 1) for at, letter in enumerate(text))
packed = bits.to_bytes((7 * len(text) + 8) // 8, 'little')
stamp = '621182' + hour[::-1] + '000040'
print('0044' + '0C91346610325476' + '0000' + stamp + '%02X' % (7 + len(text)) + '0500030702%02X' % part + packed.hex().upper())
EOF2
}
{
  part 'Parcel 1 waits ' 12 1
  part 'Parcel 2 comes ' 15 1
  part 'on Friday.' 15 2
} >"$dir/three"
cat "$dir/three" >>"$dir/store"
for _ in $(seq 100); do
  [ -n "$(ls "$dir/incoming")" ] && break
  sleep 0.2
done
sleep 5
text=$(tail -n 1 "$dir"/incoming/*)
echo "came: $text ($(ls "$dir/incoming" | wc -l) SMS)"
grep -h '^Sent:' "$dir"/incoming/*
[ "$(ls "$dir/incoming" | wc -l)" = 1 ]
[ "$text" = 'Parcel 1 waits on Friday.' ]
! grep -q '^Incomplete' "$dir"/incoming/*
