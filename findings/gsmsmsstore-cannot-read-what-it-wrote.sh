#!/usr/bin/env bash
# A store of SMS in a file, as gsmsmsstore keeps it for the backup of a SIM, or for SMS that are to be written to one.
#
# Package: Debian's gsm-utils 1.10+20120414.gita5e5ae9a-2+b1, on amd64; no telephone is needed.
# Expected: an SMS that was added to an empty file (--add) can be listed, and another one can be added.
# Seen: the first is written, with exit code 0. From then on the same program refuses the file, by --list, by --add and as the
#   source of a --copy: "has wrong version". What is in it, number and text as a PDU, can be read by eye only.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' gsm-utils)" = "1.10+20120414.gita5e5ae9a-2+b1" ]
[ "$(dpkg --print-architecture)" = amd64 ]

dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
touch store copy
gsmsmsstore --destination store --add +436601234567 first
echo "added: $(wc -c <store) bytes"
for options in '--source store --list' '--destination store --add +436601234567 second' '--source store --destination copy --copy'; do
  # shellcheck disable=SC2086
  if gsmsmsstore $options 2>said; then exit 1; fi
  echo "$options: $(cat said)"
  grep -q "file 'store' has wrong version" said
done
grep -q 0C91346610325476 store
