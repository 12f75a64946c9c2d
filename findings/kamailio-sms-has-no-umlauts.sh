#!/usr/bin/env bash
# Texts between SIP telephones and SMS, by Kamailio's sms module: a SIP MESSAGE "Grüße, 10 €" as an SMS, and such SMS as MESSAGEs.
# A MESSAGE of text/plain is in UTF-8 unless it says otherwise (RFC 3428, 5, with RFC 3261, 7.4.1).
#
# Package: Debian's kamailio 5.6.3-2; its modem is a pseudo terminal. As that has no line "clear to send", which the module asks
#   for before each command, a few lines of C say that it is clear.
# Expected: ü, ß and € are in the GSM alphabet, and leave and come in as they are; an SMS in UCS-2 comes in as UTF-8, too.
# Seen:
#   out   each byte of UTF-8 becomes an asterisk, "Gr****e, 10 ***", with 202 and no error
#   in    the letters are those of Latin-1, though the MESSAGE names no charset, so that UTF-8 can't be read from it; the euro
#         sign is b7 and an "e"; and the coding of an SMS isn't looked at: of "Привет" the bytes are read as packed letters
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' kamailio)" = "5.6.3-2" ]

dir=$(mktemp -d)
started=()
kamailio=
finish() {
  # Its process for the modem outlives the first one, so that all of the group are ended.
  [ -z "$kamailio" ] || kill -KILL -- "-$kamailio" 2>/dev/null || true
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
cat >clear.c <<'C'
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <sys/ioctl.h>
int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void *argument = va_arg(rest, void *);
  va_end(rest);
  if (request == TIOCMGET) { *(int *)argument = TIOCM_CTS; return 0; }
  int (*real)(int, unsigned long, void *) = (int (*)(int, unsigned long, void *))dlsym(RTLD_NEXT, "ioctl");
  return real(fd, request, argument);
}
C
gcc -shared -fPIC -o clear.so clear.c -ldl

cat >modem.py <<'PY'
import os, pty, re, tty
modem, line = pty.openpty()
tty.setraw(line)
os.symlink(os.ttyname(line), 'device')
packed = lambda codes: sum(code << 7 * at for at, code in enumerate(codes)).to_bytes((7 * len(codes) + 7) // 8, 'little')
deliver = lambda coding, length, data: f'00040C91346610325476{0:02X}{coding:02X}62118221000040{length:02X}{data.hex().upper()}'
letters = [ord('G'), ord('r'), 0x7e, 0x1e, ord('e'), *b', 10 ', 0x1b, 0x65]
cyrillic = 'Привет'.encode('utf-16-be')
kept = {1: deliver(0, len(letters), packed(letters)), 2: deliver(8, len(cyrillic), cyrillic)}
heard, isText = b'', False
while True:
    heard += os.read(modem, 1024)
    while (end := heard.find(b'\x1a' if isText else b'\r')) >= 0:
        said, heard = heard[:end].decode().strip(), heard[end + 1:]
        if isText:
            # SUBMIT to twelve digits with a validity of one byte: the text begins at byte 15.
            pdu = bytes.fromhex(said)
            bits = int.from_bytes(pdu[15:], 'little')
            print('out', ''.join(chr(bits >> 7 * at & 127) for at in range(pdu[14])).replace('\r\n', ' '), flush=True)
            os.write(modem, b'\r\n+CMGS: 1\r\n\r\nOK\r\n')
            isText = False
        elif said.startswith('AT+CMGS'):
            isText = True
            os.write(modem, b'\r\n> ')
        elif said:
            extra = ''
            if 'CREG' in said: extra = '+CREG: 0,1'
            elif 'CPIN' in said: extra = '+CPIN: READY'
            elif 'CPMS' in said: extra = f'+CPMS: "SM",{len(kept)},50,"SM",{len(kept)},50'
            elif (asked := re.search(r'CMGR=(\d+)', said)) and (pdu := kept.get(int(asked[1]))): extra = f'+CMGR: 0,,{len(pdu) // 2 - 1}\r\n{pdu}'
            elif asked := re.search(r'CMGD=(\d+)', said): kept.pop(int(asked[1]), None)
            os.write(modem, f'\r\n{extra}\r\n\r\nOK\r\n'.encode())
PY
python3 modem.py >air &
started+=($!)
until [ -e device ]; do sleep 0.1; done

cat >telephone.py <<'PY'
import socket, sys
kamailio = ('127.0.0.1', int(sys.argv[1]))
line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
line.bind(('127.0.0.1', int(sys.argv[2])))
line.settimeout(60)
text = 'Grüße, 10 €'.encode()
def ask():
    line.sendto('\r\n'.join(['MESSAGE sip:+436601234567@127.0.0.1 SIP/2.0', f'Via: SIP/2.0/UDP 127.0.0.1:{sys.argv[2]};branch=z9hG4bK1',
        'Max-Forwards: 70', 'From: <sip:alice@127.0.0.1>;tag=1', 'To: <sip:+436601234567@127.0.0.1>', 'Call-ID: 1', 'CSeq: 1 MESSAGE',
        'Content-Type: text/plain;charset=utf-8', f'Content-Length: {len(text)}', '', '']).encode() + text, kamailio)
ask()
answered, came = False, 0
while not answered or came < 2:
    data, peer = line.recvfrom(65535)
    head, body = data.split(b'\r\n\r\n', 1)
    if data.startswith(b'SIP/2.0'):
        print('answer', data.split(b'\r\n')[0].decode(), flush=True)
        answered = True
        continue
    kept = [field for field in head.decode().split('\r\n')[1:] if field.split(':')[0] in ('Via', 'From', 'To', 'Call-ID', 'CSeq')]
    line.sendto('\r\n'.join(['SIP/2.0 200 OK', *kept, 'Content-Length: 0', '', '']).encode(), peer)
    kind = next(field for field in head.decode().split('\r\n') if field.startswith('Content-Type'))
    came += 1
    print('in', kind, ascii(body.split(b'\r\n')[0].decode('latin1')), flush=True)
PY
# A port that was free may be taken until Kamailio has it: then with others.
while true; do
read -r SIP PHONE < <(python3 -c '
import socket
two = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "12"]
for one in two: one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in two])')
cat >kamailio.cfg <<EOF2
#!KAMAILIO
log_stderror=yes
children=1
listen=udp:127.0.0.1:$SIP
loadmodule "tm.so"
loadmodule "sl.so"
loadmodule "sms.so"
modparam("sms", "modems", "M[d=$dir/device;b=9600;m=new;l=1;s=0;t=sip:bob@127.0.0.1:$PHONE]")
modparam("sms", "networks", "N[m=10]")
modparam("sms", "links", "M[N]")
request_route {
  if (src_port == $PHONE) {
    if (sms_send_msg_to_net("N")) { sl_send_reply("202", "Accepted"); } else { sl_send_reply("502", "Bad"); }
    exit;
  }
  t_relay();
}
EOF2
LD_PRELOAD="$dir/clear.so" setsid kamailio -f kamailio.cfg -DD -E -m 32 -M 8 >log 2>&1 &
kamailio=$!
until grep -q 'already in use' log || ss -uln | grep -q "127.0.0.1:$SIP "; do sleep 0.2; done
sleep 1
grep -q 'already in use' log || break
wait "$kamailio" || true
done
python3 telephone.py "$SIP" "$PHONE" >heard
for _ in $(seq 150); do [ -s air ] && break; sleep 0.2; done
cat heard air
grep -q '^answer SIP/2.0 202' heard
grep -qF 'Gr****e, 10 ***' air
grep -qF "in Content-Type: text/plain 'Gr\\xfc\\xdfe, 10 \\xb7e'" heard
[ "$(grep -c '^in Content-Type: text/plain ' heard)" = 2 ]
if grep -q u041f heard; then exit 1; fi
