#!/usr/bin/env bash
# A long SMS given to Kannel with a delivery report asked for (dlr-mask=31, dlr-url), for an SMSC by SMPP.
#
# Package: Debian's kannel 1.4.5-12; the SMSC is a few lines of Node.js that take submit_sm and send receipts.
# Expected: a report of each part, or one that says delivered when all parts are.
# Seen: only the first of the three parts is sent with registered_delivery; of the others the SMSC is asked nothing. So there is
#   one report, that of the first part: type 1 (delivered) for an SMS whose second and third part may never arrive.
#   Without `max-messages` in the sendsms-user (default 1) the text is cut to 160 letters, and the answer is the same 202.
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
read -r ADMIN BOX SMSC HTTP HOOK < <(node -e '
  const net = require("net");
  const all = [1, 2, 3, 4, 5].map(() => net.createServer().listen(0, "127.0.0.1"));
  setTimeout(() => { console.log(all.map((one) => one.address().port).join(" ")); process.exit(0); }, 200);
')
cat >smsc.cjs <<'EOF2'
// Prints of each submit_sm: registered_delivery, whether it has a header of parts, its length. Reports what was to be reported.
const smsc = require('node:net').createServer((socket) => {
  let heard = Buffer.alloc(0);
  let count = 0;
  const say = (command, sequence, ...body) => {
    const all = Buffer.concat([Buffer.alloc(16), ...body.map((part) => Buffer.from(part))]);
    [all.length, command, 0, sequence].forEach((number, place) => all.writeUInt32BE(number, 4 * place));
    socket.write(all);
  };
  socket.on('error', () => {});
  socket.on('data', (data) => {
    heard = Buffer.concat([heard, data]);
    while (heard.length >= 16 && heard.length >= heard.readUInt32BE(0)) {
      const pdu = heard.subarray(0, heard.readUInt32BE(0));
      heard = heard.subarray(pdu.length);
      const [command, sequence] = [pdu.readUInt32BE(4), pdu.readUInt32BE(12)];
      if (command === 9) { say(0x80000009, sequence, 'smsc\0'); console.log('bound'); }
      if (command === 0x15) say(0x80000015, sequence);
      if (command !== 4) continue;
      let at = 16;
      const text = () => { const end = pdu.indexOf(0, at); const read = pdu.toString('latin1', at, end); at = end + 1; return read; };
      text(); at += 2; const from = text(); at += 2; const to = text();
      const esmClass = pdu[at]; at += 3; text(); text();
      const [registered, length] = [pdu[at], pdu[at + 4]];
      const id = String(++count);
      console.log(`submit ${id}: registered_delivery ${registered & 1}, ${esmClass & 0x40 ? 'a part' : 'whole'}, ${length} bytes`);
      say(0x80000004, sequence, `${id}\0`);
      if (!(registered & 1)) continue;
      const receipt = `id:${id} sub:001 dlvrd:001 submit date:2611301200 done date:2611301201 stat:DELIVRD err:000 text:a`;
      say(5, 100 + count, [0, 1, 1], `${to}\0`, [1, 1], `${from}\0`, [4, 0, 0, 0, 0, 0, 0, 0, 0, receipt.length], receipt);
    }
  });
}).listen(process.argv[2], '127.0.0.1');
require('node:http').createServer((request, answer) => { console.log(request.url); answer.end(); }).listen(process.argv[3], '127.0.0.1', () => console.log('ready'));
EOF2
node smsc.cjs "$SMSC" "$HOOK" >air.log &
started+=($!)
until grep -qs ready air.log; do sleep 0.2; done
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

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = $HTTP
sendsms-interface = 127.0.0.1

group = sendsms-user
username = somebody
password = something
max-messages = 10
concatenation = true
EOF2
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
until grep -q bound air.log; do sleep 0.2; done

curl -s -w '\n' -G "http://127.0.0.1:$HTTP/cgi-bin/sendsms" --data username=somebody --data password=something --data from=100 \
  --data to=436601234567 --data "text=$(printf 'abcdefghij%.0s' $(seq 40))" --data dlr-mask=31 \
  --data-urlencode "dlr-url=http://127.0.0.1:$HOOK/report?type=%d"
for _ in $(seq 100); do
  [ "$(grep -c '^submit' air.log)" = 3 ] && grep -q 'type=1$' air.log && break
  sleep 0.2
done
sleep 3
grep -v '^ready\|^bound' air.log | sort | tee shown
# Type 8: the SMSC took the first part; type 1: it is delivered.
diff shown - <<'EOF2'
/report?type=1
/report?type=8
submit 1: registered_delivery 1, a part, 159 bytes
submit 2: registered_delivery 0, a part, 159 bytes
submit 3: registered_delivery 0, a part, 100 bytes
EOF2
