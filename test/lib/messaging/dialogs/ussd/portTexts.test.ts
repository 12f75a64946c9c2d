import should from 'should';
import { PortTexts } from '../../../../../lib/messaging/dialogs/ussd/PortTexts';
import { ECHO_WINDOW_MS } from '../../../../../lib/messaging/dialogs/ussd/RecentTexts';

const T = 1_000_000;
/** When no push of a text from before T can come any more. */
const LATER = T + ECHO_WINDOW_MS + 1;

describe('the texts of a USSD port', () => {
  let texts: PortTexts;
  beforeEach(() => {
    texts = new PortTexts();
  });
  /** A look right away: nothing has happened meanwhile. */
  const look = (text: string, now: number): boolean => texts.looked(text, texts.moment, now);

  it('are replies at once when a push brings them later than 3 seconds after the code', () => {
    texts.sends('', T);
    should(texts.pushed('Hello', LATER)).equal('reply');
    should(texts.waits).be.false();
  });

  it('are looked into when a push brings them sooner: it may be late, of a text from before', () => {
    texts.sends('old', T);
    should(texts.pushed('new', T + 1)).equal('unsure');
    should(look('old', T + 2)).be.false();
    should(look('new', T + 3)).be.true();
    should(texts.takeStrays(T + 4)).eql([]);
  });

  it('are replies when a look shows another one than before', () => {
    texts.sends('old', T);
    should(look('old', T + 1000)).be.false();
    should(look('new', T + 2000)).be.true();
  });

  it('are unsolicited when nothing waits, and known when they come again at once', () => {
    should(texts.pushed('Hello', T)).equal('unsolicited');
    should(texts.pushed('Hello', T + ECHO_WINDOW_MS)).equal('known');
    should(texts.pushed('Hello', T + 2 * ECHO_WINDOW_MS)).equal('known');
    should(texts.pushed('Hello', T + 3 * ECHO_WINDOW_MS + 1)).equal('unsolicited');
  });

  it('are no reply as long as they may be an echo of what the port showed before', () => {
    texts.pushed('same', T);
    texts.sends('same', T + 100);
    should(texts.pushed('same', T + 200)).equal('known');
    should(texts.waits).be.true();
    should(texts.likenessUntil).be.undefined();
  });

  it('are a reply that reads the same once no push from before the code can come any more', () => {
    texts.pushed('same', T - 2 * ECHO_WINDOW_MS);
    texts.sends('same', T);
    should(look('same', T + 1)).be.false();
    should(texts.pushed('same', LATER)).equal('reply');
  });

  it('that read the same and come sooner are a reply of which nobody can be sure, unless the port shows another one', () => {
    texts.pushed('same', T - 2 * ECHO_WINDOW_MS);
    texts.sends('same', T);
    should(texts.pushed('same', T + 10)).equal('unsure');
    should(texts.likenessUntil).equal(T + ECHO_WINDOW_MS);
    should(texts.takeLikeness(T + ECHO_WINDOW_MS)).equal('same');
    should(texts.waits).be.false();
    should(texts.takeStrays(T + ECHO_WINDOW_MS)).eql([]);

    texts.sends('same', T + 9 * ECHO_WINDOW_MS);
    should(texts.pushed('same', T + 9 * ECHO_WINDOW_MS + 10)).equal('unsure');
    should(look('reply', T + 9 * ECHO_WINDOW_MS + 20)).be.true();
    should(texts.takeLikeness(T + 9 * ECHO_WINDOW_MS + 30)).be.undefined();
    should(texts.takeStrays(T + 9 * ECHO_WINDOW_MS + 30)).eql(['same']);
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

  it('that were looked into and are no reply are told, once', () => {
    texts.pushed('news', T - 10);
    texts.sends('news', T);
    should(texts.pushed('older news', T + 200)).equal('unsure');
    should(texts.pushed('older news', T + 250)).equal('unsure');
    should(look('news', T + 300)).be.false();
    should(texts.takeStrays(T + 300)).eql([]);
    should(texts.pushed('reply', LATER)).equal('reply');
    should(texts.takeStrays(LATER + 1)).eql(['older news']);
    should(texts.takeStrays(LATER + 1)).eql([]);
    should(texts.pushed('older news', LATER + 2)).equal('known');
  });

  it('of a look that began before a push or a code are void', () => {
    texts.sends('old', T);
    const before = texts.moment;
    texts.pushed('reply', LATER);
    texts.sends('reply', LATER + 1);
    should(texts.looked('old', before, LATER + 2)).be.false();
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

  it('are remembered up to a number and a length, whatever somebody pushes, and all are told', () => {
    let told = 0;
    for (let n = 0; n < 2000; n++) if (texts.pushed(`${n}`.padEnd(100_000, '.'), T) === 'unsolicited') told += 1;
    should(told).equal(2000);
    texts.sends('', T);
    let held = 0;
    for (let n = 0; n < 2000; n++) if (texts.pushed(`more ${n}`, T + 1) === 'unsure') held += 1;
    should(held).equal(8);
    texts.rests();
    should(texts.takeStrays(T + 2)).have.length(8);
    should(JSON.stringify(texts).length).be.below(50_000);
  });
});
