#!/usr/bin/env bash
# An SMS that comes in, "Grüße, 10 €", from an SMSC made with npm's smpp, to Kannel's sms-service: the text is given to smpp as a
# text, and the coding is left to it.
#
# Packages: smpp 0.5.1, Debian's kannel 1.4.5-12.
# Expected: the service's URL is asked with the text as it was sent, as a text that Kannel sends comes to smpp.
# Seen: "Gr~", a control character, "e, 10 ", an escape and "e". smpp writes the letters of the GSM alphabet with data_coding 1,
#   which SMPP 3.4 (5.2.19) has for IA5, that is ASCII; Kannel reads it as that. Between two that are made with smpp it is right,
#   and so is a text without a letter whose code differs, until the first umlaut or euro sign. With data_coding 0 given it is right.
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
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts smpp@0.5.1
read -r ADMIN BOX SMSC HTTP HOOK < <(node -e '
  const net = require("net");
  const all = [1, 2, 3, 4, 5].map(() => net.createServer().listen(0, "127.0.0.1"));
  setTimeout(() => { console.log(all.map((one) => one.address().port).join(" ")); process.exit(0); }, 200);
')
cat >smsc.cjs <<'EOF2'
const smpp = require('smpp');
const send = (session, data) => session.deliver_sm({ source_addr: '436601234567', destination_addr: '100', short_message: 'Grüße, 10 €', ...data });
smpp.createServer((session) => {
  session.on('error', () => {});
  session.on('enquire_link', (pdu) => session.send(pdu.response()));
  session.on('submit_sm', (pdu) => { console.log('out', pdu.data_coding, pdu.short_message.message); session.send(pdu.response({ message_id: '1' })); });
  session.on('bind_transceiver', (pdu) => {
    session.send(pdu.response());
    console.log('bound');
    setTimeout(() => send(session, {}), 3000);
    setTimeout(() => send(session, { data_coding: 0 }), 4000);
  });
}).listen(process.argv[2], '127.0.0.1');
require('node:http').createServer((request, answer) => { console.log('in', new URL(request.url, 'http://a').searchParams.get('text')); answer.end(); }).listen(process.argv[3], '127.0.0.1');
EOF2
node smsc.cjs "$SMSC" "$HOOK" >air.log 2>&1 &
started+=($!)
cat >kannel.conf <<EOF2
group = core
admin-port = $ADMIN
admin-password = x
admin-interface = 127.0.0.1
smsbox-port = $BOX
smsbox-interface = 127.0.0.1
box-allow-ip = "127.0.0.1"

group = smsc
smsc = smpp
host = 127.0.0.1
port = $SMSC
smsc-username = u
smsc-password = p
system-type = ""
transceiver-mode = true
reconnect-delay = 1

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = $HTTP
sendsms-interface = 127.0.0.1

group = sendsms-user
username = somebody
password = something

group = sms-service
keyword = default
get-url = "http://127.0.0.1:$HOOK/?text=%b"
max-messages = 0
EOF2
open() { until (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; do sleep 0.2; done; }
open "$SMSC"
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
until grep -q bound air.log; do sleep 0.2; done
curl -s -o /dev/null -G "http://127.0.0.1:$HTTP/cgi-bin/sendsms" --data username=somebody --data password=something --data from=100 \
  --data to=436601234567 --data-urlencode "text=Grüße, 10 €"
for _ in $(seq 100); do [ "$(grep -c '^in' air.log)" = 2 ] && break; sleep 0.2; done
seen=$(grep -v bound air.log | sort | cat -v)
echo "$seen"
[ "$seen" = "$(printf 'in Gr~\036e, 10 \033e\nin Grüße, 10 €\nout 0 Grüße, 10 €\n' | cat -v)" ]
