#!/usr/bin/env bash
# Core's csv node (@node-red/nodes 4.1.15 and 5.0.7) has two modes, "rfc" (chosen for new nodes) and the older one. One file,
# as Excel saves it ("CSV UTF-8": a byte order mark first), read by both with "first row contains column names":
#   expected: the same rows. Seen, on both versions:
#   rfc     the first column is called "\ufeffnumber": row.number is undefined, and the editor's debug shows a key that looks right
#   older   "number": its names go through trim(), for which U+FEFF is white space
#   and with "parse numerical values", on by default: 0x1F becomes 31 in rfc mode alone, 1e5 becomes 100000 in both,
#   1.50 becomes 1.5 in both, while 007 and +4917012345678 stay texts
# A flow that reads row.number works until somebody draws the node anew, or saves the table from Excel. Article codes change too.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

cat >try.js <<'JS'
let Csv;
require(process.argv[2])({
  nodes: {
    createNode(node) {
      Object.assign(node, { status() {}, warn() {}, on: (event, listener) => { node[event] = listener; } });
    },
    registerType: (_type, constructor) => { Csv = constructor; },
  },
  util: { cloneMessage: structuredClone, ensureString: String },
  _: (key) => key,
});
const file = '\ufeffnumber,code,size,price,room\r\n+4917012345678,0x1F,1e5,1.50,007\r\n';
for (const spec of ['rfc', '']) {
  const node = {};
  const saved = { spec, sep: ',', hdrin: true, hdrout: 'none', multi: 'mult', ret: '\\n', temp: '', skip: '0' };
  Csv.call(node, { ...saved, strings: true, include_empty_strings: '', include_null_values: '' });
  node.input.call(node, { payload: file }, ({ payload }) => {
    const ascii = JSON.stringify(payload[0]).replace(/\ufeff/g, '\\ufeff');
    console.log(`${spec || 'older'} ${ascii}`);
  }, (error) => { if (error) throw error; });
}
JS

npm pack --silent @node-red/nodes@4.1.15 >/dev/null
npm pack --silent @node-red/nodes@5.0.7 >/dev/null
for version in 4.1.15 5.0.7; do
  mkdir "$version"
  tar -xzf "node-red-nodes-$version.tgz" -C "$version"
  seen=$(node try.js "$dir/$version/package/core/parsers/70-CSV.js")
  echo "@node-red/nodes $version"
  echo "$seen"
  grep -qF 'rfc {"\ufeffnumber":"+4917012345678","code":31,"size":100000,"price":1.5,"room":"007"}' <<<"$seen"
  grep -qF 'older {"number":"+4917012345678","code":"0x1F","size":100000,"price":1.5,"room":"007"}' <<<"$seen"
done
