import should from 'should';
import { Observers, type ObserversOptions } from '../../../lib/runtime/Observers';
import type { StoredInput, StoredSms } from '../../../lib/store';

const input = { id: 'i' } as StoredInput;
const sms = { id: 1 } as StoredSms;

describe('those who only watch what becomes of SMS', () => {
  let heard: string[];
  let errors: string[];
  beforeEach(() => {
    [heard, errors] = [[], []];
  });

  const observers = (own: Partial<ObserversOptions> = {}): Observers =>
    new Observers({
      sidebar: { noticed: () => void heard.push('sidebar') },
      spans: { changed: () => void heard.push('span') },
      getMetrics: () => ({ moved: () => void heard.push('moved'), taken: () => void heard.push('taken') }),
      onError: ({ message }) => void errors.push(message),
      ...own,
    });
  const failing = (): never => {
    throw new Error('decreased');
  };

  it('are told each what it asks for', () => {
    const all = observers();
    all.taken('g', 2);
    all.changed([sms], new Set([1]));
    all.smsChanged(input, sms, true);
    all.smsChanged(input, sms, false);
    should(heard).eql(['taken', 'sidebar', 'moved', 'span', 'span']);
    should(errors).eql([]);
  });

  it('keep nothing back when one of them throws, not even from one another', () => {
    const all = observers({ getMetrics: () => ({ moved: failing, taken: failing }), sidebar: { noticed: failing } });
    all.taken('g', 2);
    all.changed([sms], new Set([1]));
    all.smsChanged(input, sms, true);
    should(heard).eql(['span']);
    should(errors).eql([
      'An SMS could not be told to the metrics: decreased',
      'An SMS could not be told to the sidebar: decreased',
      'An SMS could not be told to the metrics: decreased',
    ]);
  });

  it('are told without metrics where no node wants any, and may throw what is no error', () => {
    const notAnError: unknown = 'broken';
    const all = observers({
      getMetrics: () => undefined,
      spans: {
        changed: () => {
          throw notAnError;
        },
      },
    });
    all.taken('g', 2);
    all.smsChanged(input, sms, true);
    should(errors).eql(['An SMS could not be told to OpenTelemetry: no error was thrown, but something else']);
  });
});
