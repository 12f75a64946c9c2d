#!/usr/bin/env bash
# When an SMS was sent, as Kannel tells it a service (%t, in UTC), of SMS that a modem takes in Vienna, Delhi, São Paulo and New York,
# each at 12:00 of its own clock. An SMS says its zone in quarters of an hour, with a bit for those behind UTC (TS 23.040, 9.2.3.11).
#
# Package: Debian's kannel 1.4.5-12 (smsc = at); its modem is a pseudo terminal.
# Expected: 11:00, 06:30, 15:00 and 17:00 of that day.
# Seen: Vienna and Delhi are right. Of the zones behind UTC the bit is read as eight tens of quarters: São Paulo's SMS was sent at 13:00
#   of the day before, New York's at 11:00 of the day before: 26 and 30 hours early. A service that drops what is older than a day, or
#   sorts by time, drops or mixes up each of them.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' kannel)" = "1.4.5-12" ]

dir=$(mktemp -d)
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
read -r ADMIN BOX HTTP HOOK < <(python3 -c '
import socket
four = [socket.socket() for _ in "1234"]
for one in four: one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in four])')
cat >modem.py <<'PY'
import os, pty, threading, time, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), 'device')
def deliver(zone, text):
    bits = sum(ord(letter) << 7 * at for at, letter in enumerate(text))
    packed = bits.to_bytes((7 * len(text) + 7) // 8, 'little').hex().upper()
    # Of +436601234567, on the 28th of November 2026 at 12:00:00.
    return f'00040C913466103254760000621182210000{zone}{len(text):02X}{packed}'
SENT = [deliver('40', 'Vienna'), deliver('22', 'Delhi'), deliver('29', 'Paulo'), deliver('0A', 'York')]
def send():
    while not os.path.exists('ready'): time.sleep(0.2)
    for pdu in SENT:
        os.write(modem, f'\r\n+CMT: ,{len(pdu) // 2 - 1}\r\n{pdu}\r\n'.encode())
        time.sleep(0.5)
heard, sending = b'', False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if not said: continue
        os.write(modem, b'\r\n+CPIN: READY\r\n\r\nOK\r\n' if 'CPIN?' in said else b'\r\nOK\r\n')
        if 'CNMI=' in said and not sending:
            sending = True
            threading.Thread(target=send, daemon=True).start()
PY
python3 modem.py &
started+=($!)
until [ -e device ]; do sleep 0.1; done
cat >service.cjs <<'JS'
require('node:http').createServer((request, answer) => {
  const { searchParams } = new URL(request.url, 'http://a');
  console.log(searchParams.get('text'), searchParams.get('time'));
  answer.end();
}).listen(process.argv[2], '127.0.0.1');
JS
node service.cjs "$HOOK" >heard &
started+=($!)
cat >kannel.conf <<EOF2
group = core
admin-port = $ADMIN
admin-password = x
admin-interface = 127.0.0.1
smsbox-port = $BOX
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"

group = modems
id = plain
name = "Plain"

group = smsc
smsc = at
modemtype = plain
device = $dir/device
speed = 115200

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = $HTTP
sendsms-interface = 127.0.0.1

group = sms-service
keyword = default
get-url = "http://127.0.0.1:$HOOK/?text=%b&time=%t"
max-messages = 0
EOF2
bearerbox -v 4 kannel.conf >bearerbox.log 2>&1 &
started+=($!)
until (exec 3<>"/dev/tcp/127.0.0.1/$ADMIN") 2>/dev/null; do sleep 0.2; done
# smsbox ends where bearerbox doesn't take it yet.
box=
until curl -s "http://127.0.0.1:$ADMIN/status.txt?password=x" | grep -q 'smsbox:'; do
  if [ -z "$box" ] || ! kill -0 "$box" 2>/dev/null; then
    smsbox -v 4 kannel.conf >smsbox.log 2>&1 &
    box=$!
    started+=("$box")
  fi
  sleep 0.5
done
touch ready
for _ in $(seq 300); do [ "$(wc -l <heard)" = 4 ] && break; sleep 0.2; done
sort heard
[ "$(sort heard)" = 'Delhi 2026-11-28 06:30:00
Paulo 2026-11-27 13:00:00
Vienna 2026-11-28 11:00:00
York 2026-11-27 11:00:00' ]
