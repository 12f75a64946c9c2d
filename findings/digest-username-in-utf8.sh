#!/usr/bin/env bash
# A Digest login whose user name has a letter outside ASCII, at two real servers.
# RFC 7616, 3.4 has `username*` (RFC 5987) for such names, and a server that says charset="UTF-8" invites it.
# Seen with Debian's lighttpd 1.4.69-1 and apache2 2.4.71-1~deb12u1:
#   username="<bytes of UTF-8>"    lighttpd: let in    Apache: let in (though it names no charset)
#   username*=UTF-8''...           lighttpd: let in    Apache: 401, mod_auth_digest doesn't know it
#   both fields                    lighttpd: 400       Apache: let in by username
# So the form that the RFC has for this is the one that doesn't work everywhere; the plain bytes do.
# Neither file has an index page: 403 (lighttpd) and 404 (Apache) are what comes after the login.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' lighttpd)" = "1.4.69-1" ]
[ "$(dpkg-query -W -f '${Version}' apache2)" = "2.4.71-1~deb12u1" ]

dir=$(mktemp -d)
pids=()
clean() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait || true
  rm -rf "$dir"
}
trap clean EXIT
free() { node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }
md5() { printf '%s' "$1" | md5sum | cut -d' ' -f1; }

name=$(printf 'j\xc3\xbcrgen')
realm='Web Server'
ha1=$(md5 "$name:$realm:geheim")
mkdir "$dir/www"
echo "$name:$realm:$ha1" >"$dir/users"

lighttpd=$(free)
cat >"$dir/lighttpd.conf" <<CONF
server.document-root = "$dir/www"
server.port = $lighttpd
server.bind = "127.0.0.1"
server.modules = ("mod_auth", "mod_authn_file")
auth.backend = "htdigest"
auth.backend.htdigest.userfile = "$dir/users"
auth.require = ("/" => ("method" => "digest", "realm" => "$realm", "require" => "valid-user", "algorithm" => "MD5"))
CONF
/usr/sbin/lighttpd -D -f "$dir/lighttpd.conf" >"$dir/lighttpd.log" 2>&1 &
pids+=($!)

apache=$(free)
modules=/usr/lib/apache2/modules
cat >"$dir/apache.conf" <<CONF
ServerRoot $dir
PidFile $dir/pid
ServerName localhost
Listen 127.0.0.1:$apache
LoadModule mpm_event_module $modules/mod_mpm_event.so
LoadModule authn_core_module $modules/mod_authn_core.so
LoadModule authn_file_module $modules/mod_authn_file.so
LoadModule authz_core_module $modules/mod_authz_core.so
LoadModule authz_user_module $modules/mod_authz_user.so
LoadModule auth_digest_module $modules/mod_auth_digest.so
ErrorLog $dir/apache.log
DocumentRoot $dir/www
<Directory $dir/www>
  AuthType Digest
  AuthName "$realm"
  AuthDigestProvider file
  AuthUserFile $dir/users
  Require valid-user
</Directory>
CONF
/usr/sbin/apache2 -DFOREGROUND -f "$dir/apache.conf" >"$dir/apache.out" 2>&1 &
pids+=($!)

# The status of a GET of / with these fields for the name.
login() {
  local port=$1 fields=$2 nonce ha2 response
  nonce=$(curl -s -m 10 -o /dev/null -D - "http://127.0.0.1:$port/" | sed -n 's/.*nonce="\([^"]*\)".*/\1/p')
  ha2=$(md5 'GET:/')
  response=$(md5 "$ha1:$nonce:00000001:abc:auth:$ha2")
  curl -s -m 10 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/" -H \
    "Authorization: Digest $fields, realm=\"$realm\", nonce=\"$nonce\", uri=\"/\", algorithm=MD5, response=\"$response\", qop=auth, nc=00000001, cnonce=\"abc\""
}
for port in "$lighttpd" "$apache"; do
  for _ in $(seq 50); do curl -s -m 2 -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.1; done
done

expect() {
  local what=$1 seen=$2 wanted=$3
  echo "$what: $seen"
  [ "$seen" = "$wanted" ]
}
star="username*=UTF-8''j%C3%BCrgen"
expect 'lighttpd 1.4.69, bytes of UTF-8 ' "$(login "$lighttpd" "username=\"$name\"")" 403
expect 'lighttpd 1.4.69, username*      ' "$(login "$lighttpd" "$star")" 403
expect 'lighttpd 1.4.69, both           ' "$(login "$lighttpd" "$star, username=\"$name\"")" 400
expect 'Apache 2.4.71, bytes of UTF-8   ' "$(login "$apache" "username=\"$name\"")" 404
expect 'Apache 2.4.71, username*        ' "$(login "$apache" "$star")" 401
expect 'Apache 2.4.71, both             ' "$(login "$apache" "$star, username=\"$name\"")" 404
