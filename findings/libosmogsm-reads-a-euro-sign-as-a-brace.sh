#!/usr/bin/env bash
# Letters of the GSM alphabet (3GPP TS 23.038, 6.2.1), packed as an SMS has them, read and written by libosmogsm, with which
# Osmocom's own programs (osmo-msc, libosmo-ranap and others) read texts of SMS and USSD.
#
# Package: Debian's libosmogsm18 1.7.0-3. It has one byte for a letter, so Latin-1 is what it could be.
# Expected: äöü ÄÖÜ ñ come back as they were written; a euro sign, which Latin-1 hasn't, is a question mark or an error; § is
#   in the alphabet as 5f.
# Seen: what it writes it can't read: of äöü ÄÖ ñ it makes §¿¼ »® ¨, bytes of no table in use. A euro sign is read as "{", so that
#   "10 €" is "10 {". § is written as ä, ¿ as ö: the rest of German and Spanish is written rightly.
set -euo pipefail
[ "$(dpkg-query -W -f '${Version}' libosmogsm18)" = "1.7.0-3" ]
seen=$(/usr/bin/python3 - <<'PY'
import ctypes
gsm = ctypes.CDLL('libosmogsm.so.18')

def write(text):
    packed, octets = ctypes.create_string_buffer(200), ctypes.c_int()
    septets = gsm.gsm_7bit_encode_n(packed, 200, text.encode('latin-1'), ctypes.byref(octets))
    return packed.raw[:octets.value], septets

def read(packed, septets):
    text = ctypes.create_string_buffer(200)
    length = gsm.gsm_7bit_decode_n(text, 200, packed, septets)
    return text.raw[:length].decode('latin-1')

def pack(codes):
    return sum(code << 7 * at for at, code in enumerate(codes)).to_bytes((7 * len(codes) + 7) // 8, 'little'), len(codes)

print('read of what it wrote:', read(*write('aäöü ÄÖ ñ b')))
print('read of 10 €:', read(*pack([0x31, 0x30, 0x20, 0x1b, 0x65])))
for letter in '§¿ä':
    print('written of', letter + ':', '%02x' % (int.from_bytes(write('a' + letter)[0], 'little') >> 7 & 127))
PY
)
echo "$seen"
[ "$seen" = 'read of what it wrote: a§¿¼ »® ¨ b
read of 10 €: 10 {
written of §: 7b
written of ¿: 7c
written of ä: 7b' ]
