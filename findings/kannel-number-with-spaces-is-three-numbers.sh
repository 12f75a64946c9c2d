#!/usr/bin/env bash
# A telephone number written with spaces, as people write it (E.123: +43 660 1234567), given to Kannel's HTTP interface.
#
# Packages: Debian's kannel 1.4.5-12 (bearerbox with its own `smsc = fake`, smsbox).
# Expected: one SMS to +436601234567, or a refusal, as smsbox refuses "abc" with 400.
# Seen: 202 and one line, "0: Accepted for delivery", and three SMS leave: to +43, to 660 and to 1234567. A space
#   separates recipients in `to` (a + that isn't encoded is one, too), and nothing says how many were made of it.
# Whoever moves a flow from Kannel to something that reads numbers as people do, or back, must know.
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
read -r ADMIN BOX SMSC HTTP < <(node -e '
  const net = require("net");
  const all = [1, 2, 3, 4].map(() => net.createServer().listen(0, "127.0.0.1"));
  setTimeout(() => { console.log(all.map((one) => one.address().port).join(" ")); process.exit(0); }, 200);
')

cat >kannel.conf <<EOF
group = core
admin-port = $ADMIN
admin-password = x
admin-interface = 127.0.0.1
smsbox-port = $BOX
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"

group = smsc
smsc = fake
host = 127.0.0.1
port = $SMSC
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = $HTTP
sendsms-interface = 127.0.0.1

group = sendsms-user
username = somebody
password = something
EOF
open() { until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.2; done; }
bearerbox -v 4 kannel.conf >bearerbox.log 2>&1 &
started+=($!)
open "$ADMIN"
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
open "$HTTP"
# The operator's side of `smsc = fake`: a line for each SMS, "sender receiver text …".
node -e '
  const socket = require("net").connect(process.argv[1], "127.0.0.1");
  socket.on("connect", () => console.log("connected"));
  socket.on("data", (data) => process.stdout.write(data));
' "$SMSC" >air.log &
started+=($!)
until grep -q connected air.log; do sleep 0.2; done
sleep 1

send() {
  curl -s -w ' %{http_code}' -G "http://127.0.0.1:$HTTP/cgi-bin/sendsms" --data username=somebody --data password=something \
    --data from=1 --data-urlencode "to=$1" --data-urlencode "text=$2"
}
answer=$(send '+43 660 1234567' 'pump_1_stands_still')
refusal=$(send 'abc' 'to_nobody')
for _ in $(seq 50); do
  [ "$(grep -c pump_1 air.log)" -ge 3 ] && break
  sleep 0.2
done
left=$(grep pump_1 air.log | cut -d' ' -f2 | sort | tr '\n' ' ')
echo "the answer: $answer"
echo "abc: $refusal"
echo "left to: $left"
[ "$answer" = "0: Accepted for delivery 202" ]
[ "${refusal##* }" = 400 ]
[ "$left" = "+43 1234567 660 " ]
