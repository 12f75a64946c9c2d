#!/usr/bin/env bash
# Twelve SMS given to gammu-smsd for one number within a second, one after the other.
#
# Packages: Debian's gammu-smsd 1.42.0-8 (service = files, gammu's own dummy telephone), libfaketime 0.9.10-2.1, which lets
#   the clock stand for those who give them, so that all are of one second on a slow machine, too.
# Expected: they leave in the order in which they were given, as those of different seconds do: the file's name has its time.
# Seen: the third to tenth leave after the eleventh and twelfth. Within a second and a number files are told apart by
#   a count without leading zeros (…_sms2, …_sms10), and the outbox is read in the order of names.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gammu-smsd)" = "1.42.0-8" ]
[ "$(dpkg-query -W -f '${Version}' libfaketime)" = "0.9.10-2.1" ]
library=$(dpkg-query -L libfaketime | grep '/libfaketime\.so\.1$')

dir=$(mktemp -d)
daemon=
finish() {
  [ -z "$daemon" ] || kill "$daemon" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
mkdir "$dir/phone" "$dir/in" "$dir/out" "$dir/sent" "$dir/error"
cat >"$dir/rc" <<EOF
[gammu]
model = dummy
connection = none
port = $dir/phone
gammuloc = /dev/null
[smsd]
service = files
logfile = $dir/log
debuglevel = 1
inboxpath = $dir/in/
outboxpath = $dir/out/
sentsmspath = $dir/sent/
errorsmspath = $dir/error/
commtimeout = 1
loopsleep = 1
checksecurity = 0
checkbattery = 0
checksignal = 0
checknetwork = 0
EOF
for place in $(seq 12); do
  LD_PRELOAD="$library" FAKETIME='2026-11-29 12:00:00' \
    gammu-smsd-inject -c "$dir/rc" TEXT +43 -text "number $place" >/dev/null 2>&1
done
ls "$dir/out"
gammu-smsd -c "$dir/rc" >/dev/null 2>&1 &
daemon=$!
for _ in $(seq 120); do
  [ "$(ls "$dir/sent" | wc -l)" = 12 ] && break
  sleep 0.5
done
order=$(grep -ao 'with text "number [0-9]*"' "$dir/log" | grep -o '[0-9]*' | tr '\n' ' ')
echo "they left as: $order"
[ "$order" = "1 2 11 12 3 4 5 6 7 8 9 10 " ]
