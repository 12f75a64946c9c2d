#!/usr/bin/env bash
# Telephone numbers as people write them, given to smstools.
#
# Package: Debian's smstools 3.1.21-4+b1; its modem is a pseudo terminal that says OK and writes down what it is to send.
# Expected: +43660/1234567 goes to +436601234567, as +43 660 1234567 and +43-660-1234567 do, or to the folder of what failed;
#   the national 06601234567 leaves with the type "unknown" (0x81), as a telephone dials it.
# Seen: a slash ends the number: the SMS leaves for +43660 and its file moves to what was sent, without a warning.
#   06601234567 leaves with the type "international" (0x91), as +06601234567, a country code that doesn't exist.
#   (00 in front is taken away; s in front, smstools' own sign for a short number, makes the type "unknown".)
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

cat >"$dir/modem.py" <<'EOF'
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
EOF
python3 "$dir/modem.py" "$dir/device" >"$dir/air" &
started+=($!)
until [ -e "$dir/device" ]; do sleep 0.1; done
cat >"$dir/conf" <<EOF
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
EOF
smsd -c "$dir/conf" >/dev/null 2>&1

# Prints "type digits" of the address in the PDU that the modem got: SUBMIT without an SMSC's number, after a reference.
address() {
  local length=$((16#${1:6:2}))
  local digits=${1:10:$(((length + 1) / 2 * 2))}
  printf '%s %s\n' "${1:8:2}" "$(sed -E 's/(.)(.)/\2\1/g; s/F//' <<<"$digits")"
}
# $1: a number. Prints where its SMS left to.
send() {
  local before
  before=$(wc -l <"$dir/air")
  printf 'To: %s\n\nx\n' "$1" >"$dir/one"
  mv "$dir/one" "$dir/outgoing/sms.$before"
  for _ in $(seq 150); do
    [ -e "$dir/sent/sms.$before" ] && break
    sleep 0.2
  done
  [ "$(wc -l <"$dir/air")" = $((before + 1)) ]
  address "$(tail -n 1 "$dir/air")"
}
expect() {
  local got
  got=$(send "$1")
  echo "$1: $got"
  [ "$got" = "$2" ]
}
expect '+43 660 1234567' '91 436601234567'
expect '+43-660-1234567' '91 436601234567'
expect '+43660/1234567' '91 43660'
expect '06601234567' '91 06601234567'
expect '00436601234567' '91 436601234567'
expect 's1234' '81 1234'
