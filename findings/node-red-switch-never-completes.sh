#!/usr/bin/env bash
# Complete nodes beside core's nodes, one each, as a flow has them that goes on when a message was handled, whether it was let
# through or not: "triggers when another node completes its handling of a message".
#
# Package: node-red 4.1.15 (its @node-red/nodes).
# Expected: each fires once for a message, whatever becomes of it.
# Seen: those of the switch and of the filter node (rbe) never fire, neither for a message that is let through nor for one that is
#   held back. They are core's two nodes that decide whether a message goes on. Those of change, range, template, function (also
#   one that returns null), delay, csv, json, sort, batch and split do. The help of Complete says that not all nodes tell it.
set -euo pipefail
dir=$(mktemp -d)
red=
finish() {
  [ -z "$red" ] || kill "$red" 2>/dev/null || true
  wait 2>/dev/null || true
  rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$dir" node-red@4.1.15 >/dev/null
[ "$(node -p "require('./node_modules/node-red/package.json').version")" = 4.1.15 ]
mkdir user
cat >user/settings.js <<'JS'
module.exports = { uiHost: '127.0.0.1', uiPort: 0, httpAdminRoot: false, flowFile: 'flows.json', credentialSecret: false,
  telemetry: { enabled: false }, functionGlobalContext: { say: (seen) => console.log('SEEN ' + seen) } };
JS
node >user/flows.json <<'JS'
const tested = [
  { type: 'switch', name: 'switch, through', property: 'payload', propertyType: 'msg', rules: [{ t: 'else' }], checkall: 'true', outputs: 1 },
  { type: 'switch', name: 'switch, held', property: 'payload', propertyType: 'msg', rules: [{ t: 'null' }], checkall: 'true', outputs: 1 },
  { type: 'rbe', name: 'filter, through', func: 'rbe', gap: '', start: '', inout: 'out', septopics: true, property: 'payload', topi: 'topic' },
  { type: 'change', rules: [{ t: 'set', p: 'a', pt: 'msg', to: '1', tot: 'num' }] },
  { type: 'range', minin: '0', maxin: '10', minout: '0', maxout: '1', action: 'scale', round: false, property: 'payload' },
  { type: 'template', field: 'payload', fieldType: 'msg', format: 'handlebars', syntax: 'mustache', template: 'x', output: 'str' },
  { type: 'function', func: 'return null;', outputs: 1, initialize: '', finalize: '', libs: [] },
  { type: 'delay', pauseType: 'delay', timeout: '1', timeoutUnits: 'milliseconds', rate: '1', nbRateUnits: '1', rateUnits: 'second' },
  { type: 'csv', spec: 'rfc', sep: ',', hdrin: '', hdrout: 'none', multi: 'one', ret: '\\n', temp: 'a', skip: '0' },
  { type: 'json', property: 'payload', action: '' },
  { type: 'sort', order: 'ascending', as_num: false, target: 'payload', targetType: 'msg', msgKey: 'payload', msgKeyType: 'elem', seqKey: 'payload', seqKeyType: 'msg' },
  { type: 'batch', mode: 'count', count: 1, overlap: 0, interval: 10, allowEmptySequence: false, topics: [] },
  { type: 'split', splt: ',', spltType: 'str', arraySplt: 1, arraySpltType: 'len', property: 'payload' },
];
const payloadOf = { range: 5, sort: ['b', 'a'], csv: '1', json: '{}' };
console.log(JSON.stringify([{ id: 'tab', type: 'tab', label: 'tab' }, ...tested.flatMap((node, at) => [
  { ...node, id: 'n' + at, z: 'tab', x: 1, y: 1, wires: [[]] },
  { id: 'i' + at, z: 'tab', type: 'inject', x: 1, y: 1, once: true, onceDelay: 0.1, repeat: '', crontab: '', wires: [['n' + at]],
    props: [{ p: 'payload', v: JSON.stringify(payloadOf[node.type] ?? 'text'), vt: 'json' }] },
  { id: 'c' + at, z: 'tab', type: 'complete', scope: ['n' + at], uncaught: false, x: 1, y: 1, wires: [['f' + at]] },
  { id: 'f' + at, z: 'tab', type: 'function', x: 1, y: 1, wires: [], func: `global.get('say')(${JSON.stringify(node.name ?? node.type)});` },
]), { id: 'end', z: 'tab', type: 'inject', x: 1, y: 1, once: true, onceDelay: 5, repeat: '', crontab: '', props: [], wires: [['over']] },
  { id: 'over', z: 'tab', type: 'function', x: 1, y: 1, wires: [], func: "global.get('say')('over');" }]));
JS
node node_modules/node-red/red.js --userDir user --settings user/settings.js >log 2>&1 &
red=$!
until grep -q '^SEEN over' log; do sleep 0.2; done
seen=$(sed -n 's/^SEEN //p' log | grep -v over | sort | paste -s -d ' ')
echo "node-red 4.1.15, completed: $seen"
[ "$seen" = 'batch change csv delay function json range sort split template' ]
