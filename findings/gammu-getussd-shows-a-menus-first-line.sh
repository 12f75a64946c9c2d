#!/usr/bin/env bash
# A USSD menu of three lines, asked for with gammu's getussd, from a modem that gives it as letters (coding 15) or as UCS-2 (72).
#
# Package: Debian's gammu 1.42.0-8; its modem is a pseudo terminal.
# Expected: "1 Saldo", "2 Paket", "3 Hilfe", and that the network waits for an answer.
# Seen: of letters the first line alone, "1 Saldo", with "Action needed": what is to be chosen from is gone, without a word. What the
#   modem says is read line by line, also within its quotation marks. In UCS-2, which the modem writes in hexadecimal and so in
#   one line, all three are there: which of the two comes is the operator's choice, and changes from one menu to the next.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gammu)" = "1.42.0-8" ]

dir=$(mktemp -d)
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
cat >modem.py <<'PY'
import os, pty, sys, time, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
menu = '1 Saldo\r\n2 Paket\r\n3 Hilfe'
answer = f'"{menu}",15' if sys.argv[1] == 'letters' else f'"{menu.encode("utf-16-be").hex().upper()}",72'
ANSWERS = {'CPIN?': '+CPIN: READY', 'CREG?': '+CREG: 0,1', 'CSQ': '+CSQ: 20,0', 'CPMS=?': '+CPMS: ("SM"),("SM"),("SM")',
           'CMGF=?': '+CMGF: (0,1)', 'CGMI': 'SIEMENS', 'CGMM': 'MC35i', 'CGMR': 'REVISION 01', 'CSCS=?': '+CSCS: ("GSM","UCS2")',
           'CSCS?': '+CSCS: "GSM"', 'CSMS=?': '+CSMS: (0,1)'}
heard, echo = b'', False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if echo: os.write(modem, said.encode() + b'\r')
        if 'ATE' in said: echo = 'ATE1' in said
        extra = next((text + '\r\n\r\n' for word, text in ANSWERS.items() if word in said), '')
        if said: os.write(modem, f'\r\n{extra}OK\r\n'.encode())
        if 'CUSD=1,' in said:
            time.sleep(0.5)
            os.write(modem, f'\r\n+CUSD: 1,{answer}\r\n'.encode())
PY
for coding in letters ucs2; do
  python3 modem.py "$coding" &
  started+=($!)
  until [ -e "$coding" ]; do sleep 0.1; done
done
# $1: letters or ucs2. Prints what gammu shows of the menu.
ask() {
  printf '[gammu]\nport = %s\nconnection = at115200\n' "$dir/$1" >"rc.$1"
  LC_ALL=C.UTF-8 gammu -c "rc.$1" getussd '*100#' >"said.$1" 2>&1
  grep -q 'Action needed' "said.$1"
  sed -n '/^Service reply/,$p' "said.$1" | sed 's/^Service reply *: *//' | tr -d '\r' | paste -s -d '|'
}
letters=$(ask letters)
ucs2=$(ask ucs2)
echo "in letters: $letters"
echo "in UCS-2: $ucs2"
[ "$letters" = '"1 Saldo|"' ]
[ "$ucs2" = '"1 Saldo|2 Paket|3 Hilfe"' ]
