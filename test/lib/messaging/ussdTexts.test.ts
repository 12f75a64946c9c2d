import should from 'should';
import { PortTexts } from '../../../lib/messaging/dialogs/ussd/PortTexts';
import { ECHO } from '../../../lib/messaging/dialogs/ussd/RecentTexts';

const T = 1_000_000;

describe('the texts of a USSD port', () => {
  let texts: PortTexts;
  beforeEach(() => {
    texts = new PortTexts();
  });
  /** A look right away: nothing has happened meanwhile. */
  const look = (text: string, now: number): boolean => texts.looked(text, texts.moment, now);

  it('are replies when a push brings them after the code has left, at once', () => {
    texts.sends('', T);
    should(texts.pushed('Hello', T + 1)).equal('reply');
    should(texts.waits).be.false();
  });

  it('are replies when a look shows another one than before', () => {
    texts.sends('old', T);
    should(look('old', T + 1000)).be.false();
    should(look('new', T + 2000)).be.true();
  });

  it('are unsolicited when nothing waits, and known when they come again at once', () => {
    should(texts.pushed('Hello', T)).equal('unsolicited');
    should(texts.pushed('Hello', T + ECHO)).equal('known');
    should(texts.pushed('Hello', T + 2 * ECHO)).equal('known');
    should(texts.pushed('Hello', T + 3 * ECHO + 1)).equal('unsolicited');
  });

  it('are no reply as long as they may be an echo of what the port showed before', () => {
    texts.pushed('same', T);
    texts.sends('same', T + 100);
    should(texts.pushed('same', T + 200)).equal('known');
    should(texts.waits).be.true();
    should(texts.pushed('same', T + 201 + ECHO)).equal('reply');
  });

  it('are a reply that reads the same once no echo can come any more', () => {
    texts.pushed('same', T);
    should(texts.echoesEnd).equal(T + ECHO);
    texts.sends('same', T + ECHO + 1);
    should(look('same', T + ECHO + 2)).be.false();
    should(texts.pushed('same', T + ECHO + 3)).equal('reply');
  });

  it('that were on the port at the first look may be of just now', () => {
    texts.sends('there', T);
    should(texts.pushed('there', T + 10)).equal('unsolicited');
    should(texts.pushed('there', T + 20)).equal('known');
    should(texts.waits).be.true();
  });

  it('are looked into when they repeat one of the last minute', () => {
    texts.pushed('menu', T);
    texts.pushed('data', T + 5000);
    texts.sends('data', T + 6000);
    should(texts.pushed('menu', T + 8000)).equal('unsure');
    should(look('data', T + 8100)).be.false();
    should(look('menu', T + 8200)).be.true();
    texts.sends('menu', T + 61_000);
    should(texts.pushed('data', T + 66_000)).equal('reply');
  });

  it('that a look finds before a code leaves are news, unless a push has told of them or it is the first look', () => {
    should(texts.sends('first', T)).be.undefined();
    texts.rests();
    should(texts.sends('second', T + 10)).equal('second');
    texts.rests();
    should(texts.pushed('second', T + 20)).equal('known');
    should(texts.pushed('third', T + 30)).equal('unsolicited');
    should(texts.sends('third', T + 40)).be.undefined();
  });

  it('that come around one that belonged to nobody are looked into, and told when they are no reply', () => {
    texts.pushed('news', T);
    texts.sends('news', T + 100);
    should(texts.pushed('older news', T + 200)).equal('unsure');
    should(look('news', T + 300)).be.false();
    should(texts.takeStray(T + 300)).be.undefined();
    should(texts.pushed('reply', T + ECHO + 1)).equal('reply');
    should(texts.takeStray(T + ECHO + 2)).equal('older news');
    should(texts.takeStray(T + ECHO + 2)).be.undefined();
  });

  it('of a look that began before a push or a code are void', () => {
    texts.sends('old', T);
    const before = texts.moment;
    texts.pushed('reply', T + 1);
    texts.sends('reply', T + 2);
    should(texts.looked('old', before, T + 3)).be.false();
    should(texts.waits).be.true();
  });

  it('are all new on a port that forgets its text when it sends', () => {
    texts.sends('same', T);
    should(look('', T + 1000)).be.false();
    should(look('same', T + 2000)).be.true();
  });

  it('are none when they are blank', () => {
    texts.sends(' ', T);
    should(texts.pushed('', T + 1)).equal('known');
    should(look(' ', T + 2)).be.false();
    should(texts.waits).be.true();
    should(texts.isBlank).be.true();
  });
});
