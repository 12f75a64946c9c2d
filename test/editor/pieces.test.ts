import should from 'should';
import { withScheme } from '../../lib/editor/checks/gatewayUrl';
import { duration } from '../../lib/editor/duration';
import { factsAsText } from '../../lib/editor/facts';
import { type PushPlace, pushUrl } from '../../lib/editor/pushUrl';
import { randomToken } from '../../lib/editor/randomToken';
import { sizeOf as sizeIn, type TextSize } from '../../lib/editor/texts/textSize';
import { typedLabel } from '../../lib/editor/typedLabel';
import { barsOf, formatPorts, parsePorts } from '../../lib/properties/portText';

const sizeOf = (text: string, encoding: string, transliterate = false): TextSize =>
  sizeIn(text, { encoding, transliterate });

describe('the port picker', () => {
  it('reads the ports that a text names', () => {
    should(parsePorts('5-7, 0;2 2')).eql([0, 2, 5, 6, 7]);
    should(parsePorts('')).eql([]);
    should(parsePorts('All')).eql([]);
    for (const text of ['32', '3-1', 'x', '1-', '-1']) should(parsePorts(text)).equal(undefined, text);
  });

  it('writes the picked ones as the shortest text, which reads as the same ports', () => {
    const texts = ['', '0', '0,2,5-7', '0,1', '0-2', '0-31', '1,2,4,5', '0,30,31', '0-2,4-6'];
    for (const text of texts) should(formatPorts(parsePorts(text) ?? [])).equal(text);
  });
});

describe('the counter below a text', () => {
  it('counts segments, characters and bytes in the encoding that the form asks for', () => {
    should(sizeOf('Pump 3 – 85 %', 'auto')).containEql({ encoding: 'unicode', segments: 1, units: 13, bytes: 15 });
    should(sizeOf('x'.repeat(161), 'auto')).containEql({
      encoding: 'gsm-7bit',
      segments: 2,
      perSegment: 153,
      bytes: 161,
    });
    should(sizeOf('x'.repeat(71), 'unicode')).containEql({ encoding: 'unicode', segments: 2 });
  });

  it('names the character that forces Unicode, whole also where it is a pair', () => {
    const loose = 'Cafe\u0301'.repeat(30);
    should(sizeOf(loose, 'auto')).containEql({ encoding: 'gsm-7bit', segments: 1, units: 120 });
    should(sizeOf(loose, 'unicode')).containEql({ encoding: 'unicode', segments: 3, units: 150 });
    should(sizeOf('a€b', 'auto').foreign).be.undefined();
    should(sizeOf('Pump 👍', 'auto')).containEql({ encoding: 'unicode', foreign: '👍', left: 63 });
  });
});

describe('what is said of', () => {
  it('a typed property on the canvas is where it comes from, or its beginning', () => {
    should(typedLabel('to', 'msg')).equal('msg.to');
    should(typedLabel('ALARM', 'env')).equal('$ALARM');
    should(typedLabel(' +43 664 1234567 ', 'str')).equal('+43 664 1234567');
    should(typedLabel('+43 664 1234567,\n+43 664 7654321', 'str')).equal('+43 664 1234567, +43 66…');
  });

  it('a time is its length in one or two units', () => {
    should([0.4, -12, 119, 150, 3600, 7500].map(duration)).eql(['0 s', '12 s', '119 s', '3 min', '1 h', '2 h 5 min']);
  });

  it('a signal is none to four bars', () => {
    should([0, 1, 7, 8, 16, 24, 31].map(barsOf)).eql([0, 1, 1, 2, 3, 4, 4]);
  });

  it('a report is the same as a text', () => {
    const facts = [
      { mark: 'good' as const, text: 'One' },
      { mark: 'bad' as const, text: 'Two', detail: 'because' },
    ];
    should(factsAsText(facts)).equal('[x] One\n[!] Two\n    because');
  });
});

describe('the address to enter in a gateway', () => {
  const at = (changes: Partial<PushPlace> = {}): string =>
    pushUrl({
      editor: { protocol: 'https:', hostname: 'red.example', port: '1880' },
      ...{ httpNodeRoot: '/', path: '/dinstar/push', listen: '0', token: '' },
      ...changes,
    });

  it("is the editor's own, with the HTTP node root, the path and the token", () => {
    should(at()).equal('https://red.example:1880/dinstar/push');
    should(at({ httpNodeRoot: '/api/', token: 'abc' })).equal('https://red.example:1880/api/dinstar/push/abc');
    should(at({ path: 'push/' })).equal('https://red.example:1880/push');
    should(at({ path: '/', token: 'abc' })).equal('https://red.example:1880/abc');
  });

  it('has a port of its own without TLS and without the HTTP node root', () => {
    should(at({ listen: '8099', httpNodeRoot: '/api' })).equal('http://red.example:8099/dinstar/push');
  });

  it('leaves out a saved token, and a name by which only this machine knows itself', () => {
    should(at({ token: '__PWRD__' })).equal('https://red.example:1880/dinstar/push/<token>');
    const local = { protocol: 'http:', port: '' };
    for (const hostname of ['localhost', '127.0.0.1', '[::1]']) {
      should(at({ editor: { ...local, hostname } })).equal('http://<host>/dinstar/push');
    }
  });
});

describe('a token made by the form', () => {
  it('is long, another one each time, and stands in a URL as it is', () => {
    const tokens = Array.from({ length: 50 }, () => randomToken());
    should(new Set(tokens).size).equal(50);
    for (const token of tokens) should(token).match(/^[A-Za-z0-9_-]{24}$/);
  });
});

describe("a gateway's address without a scheme", () => {
  it('gets http:// where it is a host, with or without a port and a path', () => {
    for (const address of ['192.168.1.20', 'gateway.lan:8080', 'localhost:8090/x', '[fe80::1]:80']) {
      should(withScheme(address)).equal(`http://${address}`);
    }
    should(withScheme(' 192.168.1.20 ')).equal('http://192.168.1.20');
  });

  it('stays as it is where it is something else', () => {
    for (const address of [
      '',
      'http://a.b',
      'https://a.b',
      'simulator:',
      'simulator:two',
      ['$', '{GW}'].join(''),
      'farm',
      'ftp://a.b',
    ]) {
      should(withScheme(address)).equal(address);
    }
  });
});
