#!/usr/bin/env bash
# SMS by SIP, as IMS telephones send them (application/vnd.3gpp.sms, 3GPP TS 24.341), read by Kamailio's smsops module ($tpdu).
#
# Package: Debian's kamailio 5.6.3-2.
# Expected: the texts as they were sent: a part of a long SMS whose reference has one byte or two (3GPP TS 23.040, 9.2.3.24.1 and
#   9.2.3.24.8), and an SMS of class 0, which a telephone shows at once (coding 10 hex, TS 23.038, 4).
# Seen:
#   reference of one byte    right
#   of two bytes             the last letter is missing: "die Miete ist 150" for 1500. The header's seven bytes are eight septets, and
#                            nine are taken off the length; no error, and $tpdu(mp_parts) is empty, so that nothing tells it is a part
#   class 0                  its packed letters are read as UCS-2: "Code 4711" becomes four characters, two of them Korean
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' kamailio)" = "5.6.3-2" ]

dir=$(mktemp -d)
kamailio=
finish() {
  [ -z "$kamailio" ] || kill -KILL -- "-$kamailio" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
# A port that was free may be taken until Kamailio has it: then with another.
while true; do
PORT=$(python3 -c 'import socket; one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); one.bind(("127.0.0.1", 0)); print(one.getsockname()[1])')
cat >kamailio.cfg <<EOF2
#!KAMAILIO
log_stderror=yes
children=1
listen=udp:127.0.0.1:$PORT
loadmodule "sl.so"
loadmodule "pv.so"
loadmodule "xlog.so"
loadmodule "smsops.so"
request_route {
  if (isRPDATA()) { xlog("L_ERR", "SEEN \$tpdu(coding) [\$tpdu(mp_parts)] \$tpdu(payload)\n"); }
  sl_send_reply("200", "OK");
  exit;
}
EOF2
setsid kamailio -f kamailio.cfg -DD -E -m 32 -M 8 >log 2>&1 &
kamailio=$!
until grep -q 'already in use' log || ss -uln | grep -q "127.0.0.1:$PORT "; do sleep 0.2; done
sleep 1
grep -q 'already in use' log || break
wait "$kamailio" || true
done
python3 - "$PORT" <<'PY'
import socket, sys
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.bind(('127.0.0.1', 0))
line.settimeout(60)
def packed(text, skipped):
    return sum(ord(letter) << 7 * at + skipped for at, letter in enumerate(text)).to_bytes((7 * len(text) + skipped + 7) // 8, 'little')
def send(number, text, coding, header):
    header = bytes.fromhex(header)
    skipped = -8 * len(header) % 7
    length = (8 * len(header) + skipped) // 7 + len(text)
    # SUBMIT to +436601234567, in RP-DATA to the service centre +43664050100.
    tpdu = bytes([0x41 if header else 1, 7, 12, 0x91, 0x34, 0x66, 0x10, 0x32, 0x54, 0x76, 0, coding, length]) + header + packed(text, skipped)
    body = bytes([0, number, 0, 7, 0x91, 0x34, 0x66, 0x04, 0x05, 0x01, 0xf0, len(tpdu)]) + tpdu
    line.sendto('\r\n'.join(['MESSAGE sip:centre@127.0.0.1 SIP/2.0', f'Via: SIP/2.0/UDP 127.0.0.1:{line.getsockname()[1]};branch=z9hG4bK{number}',
        'Max-Forwards: 70', f'From: <sip:alice@127.0.0.1>;tag={number}', 'To: <sip:centre@127.0.0.1>', f'Call-ID: {number}', 'CSeq: 1 MESSAGE',
        'Content-Type: application/vnd.3gpp.sms', f'Content-Length: {len(body)}', '', '']).encode() + body, ('127.0.0.1', int(sys.argv[1])))
    assert line.recv(65535).startswith(b'SIP/2.0 200')
send(1, 'die Miete ist 1500', 0, '')
send(2, 'die Miete ist 1500', 0, '050003070202')
send(3, 'die Miete ist 1500', 0, '06080400070202')
send(4, 'Code 4711', 0x10, '')
PY
seen=$(sed -n 's/.*SEEN //p' log)
echo "$seen"
[ "$(head -3 <<<"$seen")" = '0 [] die Miete ist 1500
0 [2] die Miete ist 1500
0 [] die Miete ist 150' ]
flash=$(tail -n 1 <<<"$seen")
LC_ALL=C.UTF-8 python3 - "${flash#16 \[\] }" <<'PY'
import sys
print([f'{ord(one):x}' for one in sys.argv[1]])
assert len(sys.argv[1]) >= 4 and min(sys.argv[1][:4]) > '\u3000'
PY
