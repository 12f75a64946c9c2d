#!/usr/bin/env bash
# An SMS for the night in gammu-smsd's outbox table: SendAfter 22:00, SendBefore 06:00.
#
# Packages: Debian's gammu-smsd 1.42.0-8 (service = sql, driver = native_pgsql), PostgreSQL 15; its modem is a pseudo terminal.
# Expected: it leaves between ten in the evening and six in the morning, as one of 08:00 to 20:00 leaves by day.
# Seen: never. Both limits are compared with the time of day, one by one, and no time is after 22:00 and before 06:00. The row
#   stays in the outbox, without an error in it or in the log. The hours below are made so that the night is now.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gammu-smsd)" = "1.42.0-8" ]
binaries=/usr/lib/postgresql/15/bin
dir=$(mktemp -d)
chmod 755 "$dir"
started=()
finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  runuser -u postgres -- "$binaries/pg_ctl" -D "$dir/base/data" -m immediate stop >/dev/null 2>&1 || true
  rm -rf "$dir"
}
trap finish EXIT
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
install -d -o postgres "$dir/base"
export TZ=UTC PGTZ=UTC
runuser -u postgres -- "$binaries/initdb" -D "$dir/base/data" -A trust --no-sync >/dev/null
runuser -u postgres -- "$binaries/pg_ctl" -D "$dir/base/data" -w -l "$dir/base/log" \
  -o "-p $port -k $dir/base -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=UTC" start >/dev/null
query() { psql -qAt -h 127.0.0.1 -p "$port" -U postgres "$@"; }
query -c 'CREATE DATABASE smsd'
schema=/usr/share/doc/gammu-smsd/examples/pgsql.sql
{ zcat "$schema.gz" 2>/dev/null || cat "$schema"; } >"$dir/schema"
query smsd -f "$dir/schema" >/dev/null 2>&1

cat >"$dir/modem.py" <<'PY'
import os, pty, sys, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), sys.argv[1])
ANSWERS = {'CPIN?': '+CPIN: READY', 'CREG?': '+CREG: 0,1', 'CSQ': '+CSQ: 20,0', 'CPMS=?': '+CPMS: ("SM"),("SM"),("SM")',
           'CPMS': '+CPMS: "SM",0,50,"SM",0,50,"SM",0,50', 'CMGF=?': '+CMGF: (0,1)', 'CGMI': 'SIEMENS', 'CGMM': 'MC35i',
           'CGMR': 'REVISION 01', 'CSCS=?': '+CSCS: ("GSM","UCS2")', 'CSCS?': '+CSCS: "GSM"', 'CMGL=?': '+CMGL: (0-4)',
           'CSMS=?': '+CSMS: (0,1)', 'CSCA?': '+CSCA: "+436600000000",145', 'CGSN': '350000000000006', 'CIMI': '232010000000001'}
heard, isText, echo = b'', False, False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\x1a' if isText else b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if echo: os.write(modem, said.encode() + (b'\x1a' if isText else b'\r'))
        if 'ATE' in said: echo = 'ATE1' in said
        if isText: isText, extra = False, '+CMGS: 1\r\n\r\n'
        elif said.startswith('AT+CMGS='):
            isText = True
            os.write(modem, b'\r\n> ')
            continue
        else: extra = next((text + '\r\n\r\n' for word, text in ANSWERS.items() if word in said), '')
        if said: os.write(modem, f'\r\n{extra}OK\r\n'.encode())
PY
python3 "$dir/modem.py" "$dir/device" &
started+=($!)
until [ -e "$dir/device" ]; do sleep 0.1; done
cat >"$dir/rc" <<EOF2
[gammu]
port = $dir/device
connection = at115200
[smsd]
service = sql
driver = native_pgsql
host = 127.0.0.1:$port
user = postgres
password = x
database = smsd
logfile = $dir/log
commtimeout = 2
loopsleep = 1
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
EOF2
gammu-smsd -c "$dir/rc" >/dev/null 2>&1 &
started+=($!)

# $1: text; $2, $3: the hours between which it may leave.
give() {
  query smsd -c "INSERT INTO outbox (\"DestinationNumber\", \"TextDecoded\", \"CreatorID\", \"Coding\", \"SendAfter\", \"SendBefore\")
    VALUES ('+436601234567', '$1', 'finding', 'Default_No_Compression', '$2', '$3')"
}
# 23 hours over midnight, of which now is one: from an hour ago, or from 23:00, until an hour before that.
hour=$(date +%-H)
from=$((hour < 2 ? 23 : hour - 1))
give 'over midnight' "$from:00:00" "$((from - 1)):00:00"
give 'all day' 00:00:00 23:59:59
for _ in $(seq 150); do
  [ -n "$(query smsd -c 'SELECT 1 FROM sentitems')" ] && break
  sleep 0.2
done
sleep 10
sent=$(query smsd -c 'SELECT "TextDecoded" FROM sentitems')
left=$(query smsd -c 'SELECT "TextDecoded", "Status" FROM outbox')
echo "sent: $sent; in the outbox: $left"
[ "$sent" = 'all day' ]
grep -q '^over midnight' <<<"$left"
