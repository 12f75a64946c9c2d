#!/usr/bin/env bash
# A Digest answer without qop (as RFC 2069 had it), to servers whose challenge offers qop="auth".
# RFC 7616, 3.4.1 and RFC 2617, 3.2.2 let a client leave qop out for old servers; many small clients always do.
# Seen with Debian's lighttpd 1.4.69-1 and apache2 2.4.71-1~deb12u1:
#   with qop=auth                  lighttpd: let in    Apache: let in
#   without qop, nc and cnonce     lighttpd: let in    Apache: 401; its log: "AH10560: invalid or missing qop value '(null)', RFC 2069 is no longer supported"
# A client that leaves qop out works with one server and gets the same 401 from the other as a wrong password would.
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

name=admin
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

# The status of a GET of / with a login of the present or of the old form.
login() {
  local port=$1 form=$2 nonce ha2 rest
  nonce=$(curl -s -m 10 -o /dev/null -D - "http://127.0.0.1:$port/" | sed -n 's/.*nonce="\([^"]*\)".*/\1/p')
  ha2=$(md5 'GET:/')
  if [ "$form" = qop ]; then
    rest="response=\"$(md5 "$ha1:$nonce:00000001:abc:auth:$ha2")\", qop=auth, nc=00000001, cnonce=\"abc\""
  else
    rest="response=\"$(md5 "$ha1:$nonce:$ha2")\""
  fi
  curl -s -m 10 -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port/" -H \
    "Authorization: Digest username=\"$name\", realm=\"$realm\", nonce=\"$nonce\", uri=\"/\", algorithm=MD5, $rest"
}
for port in "$lighttpd" "$apache"; do
  for _ in $(seq 50); do curl -s -m 2 -o /dev/null "http://127.0.0.1:$port/" && break || sleep 0.1; done
done

expect() {
  local what=$1 seen=$2 wanted=$3
  echo "$what: $seen"
  [ "$seen" = "$wanted" ]
}
expect 'lighttpd 1.4.69, with qop   ' "$(login "$lighttpd" qop)" 403
expect 'lighttpd 1.4.69, without qop' "$(login "$lighttpd" old)" 403
expect 'Apache 2.4.71, with qop     ' "$(login "$apache" qop)" 404
expect 'Apache 2.4.71, without qop  ' "$(login "$apache" old)" 401
grep -o 'RFC 2069 is no longer supported' "$dir/apache.log" | head -1
