#!/usr/bin/env bash
# A GET with a query (?flag=unread), as gateways' APIs have them, by two Digest clients of npm at a server that looks at the
# login's uri: RFC 7616, 3.4 and 3.4.6 say that it is the request's, with its query, and let a server refuse another.
#
# Packages: Debian's lighttpd 1.4.69-1; @mhoc/axios-digest-auth 0.8.0, digest-fetch 3.1.1.
# Expected: both are let in, as they are without a query.
# Seen:
#   axios-digest-auth   signs the path alone: 400 with any query, in the URL or by `params`, so that no such question is ever answered
#   digest-fetch        let in. But it signs the URL as it was given, and fetch sends another one: 400 with a blank, an
#                       apostrophe or an ü in the query, and with a #fragment behind it
#   (A nonce with a = in it, as Apache 2.4.68 gives them, is cut there by axios-digest-auth: 401, with the right password. Not below.)
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' lighttpd)" = "1.4.69-1" ]

dir=$(mktemp -d)
pid=
trap '[ -z "$pid" ] || kill "$pid" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @mhoc/axios-digest-auth@0.8.0 digest-fetch@3.1.1
port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
mkdir www
echo inside >www/sms.txt
echo "admin:Web Server:$(printf 'admin:Web Server:geheim' | md5sum | cut -d' ' -f1)" >users
cat >lighttpd.conf <<CONF
server.document-root = "$dir/www"
server.port = $port
server.bind = "127.0.0.1"
server.modules = ("mod_auth", "mod_authn_file")
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "$dir/users"
auth.require = ("/" => ("method" => "digest", "realm" => "Web Server", "require" => "valid-user", "algorithm" => "MD5"))
CONF
/usr/sbin/lighttpd -D -f lighttpd.conf >log 2>&1 &
pid=$!
for _ in $(seq 50); do curl -s -m 2 -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.1; done
cat >try.cjs <<'JS'
const AxiosDigestAuth = require('@mhoc/axios-digest-auth').default;
const url = `http://127.0.0.1:${process.argv[2]}/sms.txt`;
(async () => {
  const { default: DigestClient } = await import('digest-fetch');
  const byFetch = async (query) => (await new DigestClient('admin', 'geheim').fetch(url + query)).status;
  const byAxios = (query, params) =>
    new AxiosDigestAuth({ username: 'admin', password: 'geheim' }).request({ method: 'GET', url: url + query, params }).then(
      ({ status }) => status,
      ({ response }) => response.status,
    );
  console.log(`axios-digest-auth: ${await byAxios('')} ${await byAxios('?flag=unread')} ${await byAxios('', { flag: 'unread' })}`);
  const seen = [];
  for (const query of ['', '?flag=unread', '?text=a b', "?text='a'", '?text=ü', '?flag=unread#top']) seen.push(await byFetch(query));
  console.log(`digest-fetch: ${seen.join(' ')}`);
})();
JS
node try.cjs "$port" | tee shown
diff shown - <<'SEEN'
axios-digest-auth: 200 400 400
digest-fetch: 200 200 400 400 400 400
SEEN
