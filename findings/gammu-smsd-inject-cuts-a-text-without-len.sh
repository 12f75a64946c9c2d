#!/usr/bin/env bash
# A text of 400 characters given to gammu-smsd-inject, with and without its length.
#
# Package: Debian's gammu-smsd 1.42.0-8 (service = files; no telephone is needed, as nothing is sent).
# Expected: three parts of one long SMS, or an error that names what is missing.
# Seen: without -len one SMS of the first 160 characters is written, with "Created outbox message", exit code 0
#   and no word about the other 240. With -len, whatever its number (100 as well as 400), all of it is written, in three parts.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gammu-smsd)" = "1.42.0-8" ]

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
text=$(printf 'abcdefghij%.0s' $(seq 40))

# $1: a name; the others: options. Prints the lengths of the parts in the outbox, in characters.
parts() {
  local name=$1
  shift
  mkdir "$dir/$name" "$dir/$name/out"
  cat >"$dir/rc-$name" <<EOF
[gammu]
model = dummy
connection = none
port = $dir/$name
[smsd]
service = files
inboxpath = $dir/$name/
outboxpath = $dir/$name/out/
sentsmspath = $dir/$name/
errorsmspath = $dir/$name/
EOF
  gammu-smsd-inject -c "$dir/rc-$name" TEXT +43 "$@" -text "$text" >"$dir/said-$name" 2>&1
  grep -q 'Written message' "$dir/said-$name"
  # Each part's text is in Text00, Text01 …: four hexadecimal digits a character.
  awk -F' = ' '/^\[SMSBackup/ { if (part++) printf "%d ", length(hex) / 4; hex = "" } /^Text[0-9]+/ { hex = hex $2 }
    END { printf "%d", length(hex) / 4 }' <(tr -d '\r' <"$dir/$name/out/"*)
}
bare=$(parts bare)
whole=$(parts whole -len 400)
short=$(parts short -len 100)
echo "without -len: $bare; -len 400: $whole; -len 100: $short"
[ "$bare" = 160 ]
[ "$whole" = "153 153 94" ]
[ "$short" = "153 153 94" ]
