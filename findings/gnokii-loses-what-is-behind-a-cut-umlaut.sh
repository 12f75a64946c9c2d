#!/usr/bin/env bash
# A German text of 164 letters given to gnokii, all of them in the GSM alphabet, with an ü where the first part of a long SMS ends.
#
# Package: Debian's gnokii-cli 0.6.30+dfsg-1.3; its own model "fake" prints what a modem would be given.
# Expected: two parts, which together are the text; with one letter more in front they are.
# Seen: the first part ends before the ü and the second is empty: twelve letters are gone, gnokii says "Message sent in 2 parts"
#   and its exit code is 0. A part is cut after 153 bytes of the text in UTF-8, not after 153 letters, and where that is
#   within a letter nothing behind it is sent; all that tells is a line of iconv on stderr. The longer the text, the more of it.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gnokii-cli)" = "0.6.30+dfsg-1.3" ]

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
printf '[global]\nport = /dev/null\nmodel = fake\nconnection = serial\n' >"$dir/rc"
# Standard input: a text. Prints the parts as their PDUs have them, with a plus between.
send() {
  LC_ALL=C.UTF-8 XDG_CACHE_HOME="$dir" gnokii --config "$dir/rc" --sendsms +436601234567 >"$dir/out" 2>&1
  grep -q 'Message sent in 2 parts' "$dir/out"
  grep -a '^0051' "$dir/out" | tr -d '\032' | python3 -c '
import sys
for line in sys.stdin:
    pdu = bytes.fromhex(line)
    user = pdu[14:]  # SUBMIT to twelve digits: 00 51 MR 0C 91 six TP-DA PID DCS, and no validity
    bits = int.from_bytes(user[1:], "little")
    # The header of six bytes takes seven septets.
    septets = [bits >> 7 * at & 127 for at in range(7, user[0])]
    print("".join({0x7e: "ü"}.get(code, chr(code)) for code in septets))' | paste -s -d +
}
words=$(printf 'word %.0s' $(seq 30))
whole=$(printf '%saaTür ist offen' "$words" | send)
cut=$(printf '%saTür ist offen' "$words" | send)
echo "parts of …aaTür ist offen: $whole"
echo "parts of …aTür ist offen: $cut"
[ "$whole" = "${words}aaT+ür ist offen" ]
[ "$cut" = "${words}aT+" ]
