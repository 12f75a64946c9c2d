#!/usr/bin/env bash
# An SNMP walker node and an SNMP subtree node that get the device's address from msg.host, asked for two devices at once, as a flow
# does that splits a list of gateways.
#
# Packages: node-red-node-snmp 0.0.24 in node-red 4.1.15; Debian's snmpd 5.9.3+dfsg-2+deb12u1, twice.
# Expected: two messages, each with what its own device says.
# Seen: the message of the device that is ready first has the rows of both, in one list; that of the other has what came after
#   that, one or a few. No error, no warning: the values of a gateway stand under another's name. One after the other, both are right.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' snmpd)" = "5.9.3+dfsg-2+deb12u1" ]
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
npm install --silent --no-audit --no-fund --ignore-scripts node-red@4.1.15
mkdir user
(cd user && npm init --yes >/dev/null && npm install --silent --no-audit --no-fund --ignore-scripts node-red-node-snmp@0.0.24)
read -r ONE TWO < <(python3 -c '
import socket
two = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in "12"]
for one in two: one.bind(("127.0.0.1", 0))
print(*[one.getsockname()[1] for one in two])')
# $1: a port; $2: a name. An agent with a hundred values of that name.
agent() {
  { echo "rocommunity public 127.0.0.1"
    for at in $(seq 100); do echo "override .1.3.6.1.4.1.8072.9999.9999.$at octet_str \"$2\""; done; } >"conf.$2"
  SNMP_PERSISTENT_DIR="$dir/state.$2" snmpd -f -Lf "log.$2" -C -c "conf.$2" -p "pid.$2" "udp:127.0.0.1:$1" &
  started+=($!)
  until ss -uln | grep -q "127.0.0.1:$1 "; do sleep 0.2; done
}
agent "$ONE" north
agent "$TWO" south
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (...seen) => console.log('SEEN ' + seen.join(' ')) } };
JS
cat >flows.mjs <<'JS'
const [, , north, south] = process.argv;
const flows = [{ id: 'tab', type: 'tab', label: 'tab' }];
for (const type of ['walker', 'subtree']) {
  for (const kind of ['once', 'apart']) {
    const id = `${type}-${kind}`;
    flows.push(
      { id: `${id}-in`, z: 'tab', type: 'inject', x: 1, y: 1, once: true, onceDelay: 0.5, repeat: '', crontab: '', props: [], wires: [[`${id}-list`]] },
      { id: `${id}-list`, z: 'tab', type: 'function', x: 1, y: 1, wires: [[id]],
        func: `const ask = (round) => {
            if (round === ${kind === 'once' ? 10 : 1} * 2) return;
            node.send(round % 2 ? { name: 'south', host: '127.0.0.1:${south}' } : { name: 'north', host: '127.0.0.1:${north}' });
            setTimeout(ask, ${kind === 'once' ? `round % 2 ? 2000 : 0` : 5000}, round + 1);
          };
          ask(0);` },
      { id, z: 'tab', type: `snmp ${type}`, x: 1, y: 1, host: '', community: 'public', version: '2c', oids: '1.3.6.1.4.1.8072.9999.9999', timeout: 30, wires: [[`${id}-out`]] },
      { id: `${id}-out`, z: 'tab', type: 'function', x: 1, y: 1, wires: [],
        func: `const names = msg.payload.map(({ value }) => value.toString()).filter((text) => text === 'north' || text === 'south');
          const count = (name) => names.filter((one) => one === name).length;
          global.get('say')('${id}', msg.name + ':', count('north'), 'north,', count('south'), 'south');` },
    );
  }
}
console.log(JSON.stringify(flows));
JS
node flows.mjs "$ONE" "$TWO" >user/flows.json
node node_modules/node-red/red.js --userDir user --settings user/settings.js >log 2>&1 &
started+=($!)
for _ in $(seq 900); do [ "$(grep -c '^SEEN' log || true)" = 44 ] && break; sleep 0.2; done
seen=$(sed -n 's/^SEEN //p' log | sort)
echo "$seen"
for node in subtree walker; do
  [ "$(grep "^$node-apart" <<<"$seen")" = "$node-apart north: 100 north, 0 south
$node-apart south: 0 north, 100 south" ]
  # Ten times both at once: which is ready first isn't the same each time, and now and then one is before the other begins.
  [ "$(grep -c "^$node-once" <<<"$seen")" = 20 ]
  grep -qE "^$node-once .* [1-9][0-9]* north, [1-9][0-9]* south" <<<"$seen"
done
