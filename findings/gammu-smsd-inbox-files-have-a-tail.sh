#!/usr/bin/env bash
# SMS that gammu-smsd writes into files of its inbox, for a script that reads them.
#
# Package: Debian's gammu-smsd 1.42.0-8 (service = files, inboxformat = unicode); its modem is a pseudo terminal
#   that has the two SMS in its store.
# Expected: a file (UTF-16 with a byte order mark) that holds the text: of "price 5 €" 2 + 2 * 9 = 20 bytes.
# Seen: for each byte that a letter takes beyond the first in UTF-8 there are two more bytes behind the text: 24 bytes of
#   "price 5 €", 26 instead of 14 of "Привет". They are NULs, and what was there of the SMS before: the file of "Привет" has a " €"
#   in its tail. A file of ASCII alone is right. A reader that compares, or looks at a text's end, finds neither.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gammu-smsd)" = "1.42.0-8" ]

dir=$(mktemp -d)
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
mkdir "$dir/in" "$dir/out" "$dir/sent" "$dir/error"
# DELIVERs from +436601234567: "plain", "price 5 €" in the GSM alphabet, "Привет" in UCS-2.
python3 - >"$dir/store" <<'PY'
def deliver(coding, length, data): print('00040C91346610325476' + f'00{coding:02X}' + '62118221000040' + f'{length:02X}' + data.hex().upper())
def packed(septets): return sum(one << (7 * at) for at, one in enumerate(septets)).to_bytes((7 * len(septets) + 7) // 8, 'little')
deliver(0, 5, packed(b'plain'))
deliver(0, 10, packed(b'price 5 \x1be'))
deliver(8, 12, 'Привет'.encode('utf-16-be'))
PY
cat >"$dir/modem.py" <<'PY'
import os, pty, re, sys, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
kept = dict(enumerate(open(sys.argv[2]).read().split(), 1))
ANSWERS = {'CPIN?': '+CPIN: READY', 'CREG?': '+CREG: 0,1', 'CSQ': '+CSQ: 20,0', 'CPMS=?': '+CPMS: ("SM"),("SM"),("SM")',
           'CMGF=?': '+CMGF: (0,1)', 'CGMI': 'SIEMENS', 'CGMM': 'MC35i', 'CGMR': 'REVISION 01', 'CSCS=?': '+CSCS: ("GSM","UCS2")',
           'CSCS?': '+CSCS: "GSM"', 'CMGL=?': '+CMGL: (0-4)', 'CSMS=?': '+CSMS: (0,1)', 'CGSN': '350000000000006', 'CIMI': '232010000000001'}
heard, echo = b'', False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if echo: os.write(modem, said.encode() + b'\r')
        if 'ATE' in said: echo = 'ATE1' in said
        extra = next((text + '\r\n\r\n' for word, text in ANSWERS.items() if word in said), '')
        number = lambda pdu: len(pdu) // 2 - 1
        if 'CPMS' in said and not extra: extra = f'+CPMS: "SM",{len(kept)},50,"SM",{len(kept)},50,"SM",{len(kept)},50\r\n\r\n'
        if asked := re.search(r'CMGR=(\d+)', said):
            if pdu := kept.get(int(asked[1])): extra = f'+CMGR: 0,,{number(pdu)}\r\n{pdu}\r\n\r\n'
        elif asked := re.search(r'CMGD=(\d+)', said): kept.pop(int(asked[1]), None)
        elif 'CMGL=' in said and not extra: extra = ''.join(f'+CMGL: {at},0,,{number(pdu)}\r\n{pdu}\r\n' for at, pdu in kept.items()) + '\r\n'
        if said: os.write(modem, f'\r\n{extra}OK\r\n'.encode())
PY
python3 "$dir/modem.py" "$dir/device" "$dir/store" &
started+=($!)
until [ -e "$dir/device" ]; do sleep 0.1; done
cat >"$dir/rc" <<EOF2
[gammu]
port = $dir/device
connection = at115200
[smsd]
service = files
logfile = $dir/log
inboxformat = unicode
inboxpath = $dir/in/
outboxpath = $dir/out/
sentsmspath = $dir/sent/
errorsmspath = $dir/error/
commtimeout = 2
loopsleep = 1
receivefrequency = 1
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
EOF2
LC_ALL=C.UTF-8 gammu-smsd -c "$dir/rc" >/dev/null 2>&1 &
started+=($!)
for _ in $(seq 150); do
  [ "$(ls "$dir/in" | wc -l)" -ge 3 ] && break
  sleep 0.2
done
sleep 2
# Of each file: its bytes, and the text in it with the NULs as zeros.
seen=$(for file in $(ls "$dir"/in/* | head -3); do
  python3 -c 'import sys; all = open(sys.argv[1], "rb").read(); print(len(all), all.decode("utf-16").replace("\0", "0"), end="; ")' "$file"
done)
echo "$seen"
[ "$seen" = '12 plain; 24 price 5 €00; 26 Привет0 €000; ' ]
