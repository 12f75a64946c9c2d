import should from 'should';
import { formatPorts, parsePorts } from '../../lib/editor/ports';
import { type PushPlace, pushUrl } from '../../lib/editor/pushUrl';
import { randomToken } from '../../lib/editor/randomToken';
import { sizeOf } from '../../lib/editor/segmentCount';

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
