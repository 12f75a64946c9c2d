#!/usr/bin/env bash
# SMS whose sender is a name: "Bäcker", "Info@Shop", "@home". A name is in the GSM alphabet (3GPP TS 23.040, 9.1.2.5), in which
# ä is 7b and @ is 00.
#
# Packages: Debian's gammu 1.42.0-8 and smstools 3.1.21-4+b1; their modem is a pseudo terminal that has the SMS in its store.
# Expected: the names as they were sent; both read the texts of these SMS, in the same alphabet, rightly.
# Seen: both take the codes for ASCII, so that "Bäcker" is "B{cker". As 00 ends a text in C, "Info@Shop" is "Info", the name of
#   somebody else, and "@home" has no sender at all.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gammu)" = "1.42.0-8" ]
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
mkdir "$dir/outgoing" "$dir/checked" "$dir/incoming" "$dir/sent" "$dir/failed"

# DELIVERs of the text "@ä" (codes 00 and 7b) from each name.
python3 - >"$dir/store" <<'PY'
CODES = {'@': 0x00, 'ä': 0x7b}
def packed(text):
    bits = sum(CODES.get(letter, ord(letter)) << (7 * at) for at, letter in enumerate(text))
    return bits.to_bytes((7 * len(text) + 7) // 8, 'little').hex().upper()
for name in ['Bäcker', 'Info@Shop', '@home']:
    print('0004%02XD0' % ((7 * len(name) + 3) // 4) + packed(name) + '0000' + '62118221000040' + '02' + packed('@ä'))
PY
cat >"$dir/modem.py" <<'PY'
import os, pty, re, sys, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
kept = dict(enumerate(open(sys.argv[2]).read().split(), 1))
ANSWERS = {'CPIN?': '+CPIN: READY', 'CREG?': '+CREG: 0,1', 'CSQ': '+CSQ: 20,0', 'CPMS=?': '+CPMS: ("SM"),("SM"),("SM")',
           'CMGF=?': '+CMGF: (0,1)', 'CGMI': 'SIEMENS', 'CGMM': 'MC35i', 'CGMR': 'REVISION 01', 'CSCS=?': '+CSCS: ("GSM","UCS2")',
           'CSCS?': '+CSCS: "GSM"', 'CMGL=?': '+CMGL: (0-4)', 'CSMS=?': '+CSMS: (0,1)'}
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
modem() {
  python3 "$dir/modem.py" "$dir/$1" "$dir/store" &
  started+=($!)
  until [ -e "$dir/$1" ]; do sleep 0.1; done
}
modem one
printf '[gammu]\nport = %s\nconnection = at115200\n' "$dir/one" >"$dir/rc"
LC_ALL=C.UTF-8 gammu -c "$dir/rc" getallsms >"$dir/read"
byGammu=$(sed -n 's/^Remote number *: //p' "$dir/read" | head -3 | tr '\n' ' ')
echo "gammu: $byGammu, texts: $(grep -c '^@ä' "$dir/read")"

modem two
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
incoming_utf8 = yes
[M]
device = $dir/two
incoming = high
outgoing = no
EOF2
smsd -c "$dir/conf" >/dev/null 2>&1
for _ in $(seq 150); do
  [ "$(ls "$dir/incoming" | wc -l)" = 3 ] && break
  sleep 0.2
done
sleep 1
bySmstools=$(sed -n 's/^From: \(.*\)/"\1"/p' "$dir"/incoming/* | sort | tr '\n' ' ')
echo "smstools: $bySmstools, texts: $(cat "$dir"/incoming/* | grep -c '^@ä')"
[ "$byGammu" = '"B{cker" "Info" "" ' ]
[ "$bySmstools" = '"" "B{cker" "Info" ' ]
[ "$(grep -c '^@ä' "$dir/read")" -ge 3 ]
[ "$(cat "$dir"/incoming/* | grep -c '^@ä')" = 3 ]
