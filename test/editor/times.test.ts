import should from 'should';
import { moment, soon } from '../../lib/editor/sidebar/times';

const AT = new Date(2026, 10, 30, 9, 51, 7).getTime();
const DAY_MS = 24 * 3_600_000;

describe('a time in the sidebar', () => {
  const had = ['RED', 'navigator'].map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  const stub = (name: string, value: object): unknown =>
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  const speaks = (editor: string, browser: string[]): void => {
    stub('RED', { i18n: { lang: () => editor } });
    stub('navigator', { languages: browser });
  };
  after(() => {
    for (const [name, descriptor] of had) {
      if (descriptor) Object.defineProperty(globalThis, name, descriptor);
      else Reflect.deleteProperty(globalThis, name);
    }
  });
  /** Some versions of ICU put a narrow blank before AM. */
  const plain = (text: string): string => text.replace(/\s/g, ' ');

  for (const [editor, browser, today, other] of [
    ['en-US', ['en-US'], '9:51 AM', '11/30/26, 9:51 AM'],
    ['en-US', ['en-GB', 'de'], '09:51', '30/11/2026, 09:51'],
    ['de', ['en-US', 'en'], '09:51', '30.11.26, 09:51'],
    ['ja', ['ja'], '9:51', '2026/11/30 9:51'],
  ] as const)
    it(`is written as the editor’s ${editor} is, in a browser of ${browser.join(' and ')}`, () => {
      speaks(editor, [...browser]);
      should(plain(soon(AT, AT - 1000))).equal(today);
      should(plain(soon(AT, AT + DAY_MS))).equal(other);
      should(plain(moment(AT, AT))).equal(today.replace('9:51', '9:51:07'));
    });
});
