/*
 * How long one input of 100,000 recipients holds up the event loop, step by step: node --require ./scripts/typescript/register.cjs bench/sending/longest.ts
 * Each line has the wall's time, the processor's, what of the wall's was the collection of garbage, and the longest but for that;
 * the median of five.
 */
import { randomUUID } from 'node:crypto';
import { systemClock } from '../../lib/clock';
import { inSteps } from '../../lib/concurrency';
import { Windows } from '../../lib/messaging/sms/collecting/Windows';
import { sumUp } from '../../lib/messaging/sms/outcome/sumUp';
import { mayHaveDoubles } from '../../lib/messaging/taking/doubles';
import { SmsIntake } from '../../lib/messaging/taking/SmsIntake';
import { type ValidatedRequest, validateRequest } from '../../lib/messaging/taking/validateRequest';
import { toStored } from '../../lib/runtime/storedMessage';
import type { StoredSms } from '../../lib/store';
import { MemoryStore } from '../../lib/store/memory/MemoryStore';
import { medianOf } from '../standstill';

const RECIPIENTS = Number(process.argv[2] ?? 100_000);
const RUNS = 5;

const rows = Array.from({ length: RECIPIENTS }, (_, at) => ({
  number: `+49170${1_000_000 + at}`,
  name: `Name ${at}`,
  town: 'Graz',
  language: at % 2 === 0 ? 'de' : 'en',
}));
const raw = { to: rows, text: 'Dear {{name}} of {{town}}', literal: false, texts: { de: 'Hallo {{name}}' } };

async function measure(): Promise<void> {
  const say = async (name: string, work: () => Promise<unknown>): Promise<void> =>
    console.log(await medianOf(name, RUNS, work));
  let validated: ValidatedRequest | undefined;
  let stored: StoredSms[] = [];
  await say('checking and filling', async () => {
    validated = await inSteps(validateRequest(raw, 'keep', Date.now(), 'DE'));
  });
  const order = validated as unknown as ValidatedRequest;
  await say('looking for doubles', async () => inSteps(mayHaveDoubles(order.sms)));
  await say('what is kept of the message', async () => toStored({ _msgid: 'x', payload: rows }));
  await say('taking, in memory', async () => {
    const store = new MemoryStore({ random: Math.random });
    await store.open();
    const id = randomUUID();
    const request = { id, validated: order, gateway: 'g', node: 'n', onTimeout: 'keep' as const, msg: '{}' };
    await new SmsIntake(store, systemClock, {
      schedule: { atTaking: (sms) => sms },
      windows: new Windows(store, systemClock),
      getCountry: () => undefined,
    }).take(request, 7);
    stored = await store.recipients(id);
  });
  await say('summing up', async () => inSteps(sumUp({ until: 'sent', duplicates: 0 }, stored, { timedOut: false })));
}

void measure();
