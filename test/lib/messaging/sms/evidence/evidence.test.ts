import should from 'should';
import { GatewayError, Redirected, type SmsResult } from '../../../../../lib/gateway-api';
import { Evidence } from '../../../../../lib/messaging/sms/evidence/Evidence';
import { InFlight } from '../../../../../lib/messaging/sms/evidence/InFlight';
import { PushActivity } from '../../../../../lib/messaging/sms/evidence/PushActivity';
import type { Api } from '../../../../../lib/messaging/sms/evidence/probe';
import { StopsUnderWay } from '../../../../../lib/messaging/sms/evidence/StopsUnderWay';
import { FakeClock } from '../../../../support/FakeClock';

const record = (user_id: number, fields: Partial<SmsResult> = {}): SmsResult => ({
  number: `7${user_id}`,
  user_id,
  status: 'SENT_OK',
  ...fields,
});
const newestOf = (...records: SmsResult[]): number | undefined => {
  const evidence = new Evidence();
  evidence.seen(records);
  return evidence.newest?.user_id;
};

/** A gateway that answers the question for its records as told, one after the other. */
function answering(...answers: (SmsResult[] | Error)[]): { api: Api; asked: () => number } {
  let asked = 0;
  const querySmsResult: Api['querySmsResult'] = async () => {
    const answer = answers[asked++] ?? [];
    if (answer instanceof Error) throw answer;
    return { error_code: 200, result: answer };
  };
  const querySmsInQueue: Api['querySmsInQueue'] = async () => ({ error_code: 200, in_queue: 0 });
  return { api: { querySmsResult, querySmsInQueue }, asked: () => asked };
}

const failure = (code: GatewayError['code'], taken: GatewayError['taken']): GatewayError =>
  new GatewayError(code, 'no', taken);

describe('the newest record, by which a reboot is noticed', () => {
  it('is the one with the latest time, however they are ordered', () => {
    const early = record(1, { time: '2026-11-28 10:00:00' });
    const late = record(2, { time: '2026-11-28 10:00:01' });
    should(newestOf(early, late)).equal(2);
    should(newestOf(late, early)).equal(2);
  });

  it('goes by the instant where that is known, as the printed time may come twice', () => {
    const first = record(1, { time: '2026-10-25 02:30:00', time_iso: '2026-10-25T00:30:00.000Z' });
    const second = record(2, { time: '2026-10-25 02:00:00', time_iso: '2026-10-25T01:00:00.000Z' });
    should(newestOf(second, first)).equal(2);
  });

  it('is the last one of those that are equally late, or have no time', () => {
    const time = '2026-11-28 10:00:00';
    should(newestOf(record(1, { time }), record(2, { time }))).equal(2);
    should(newestOf(record(1), record(2))).equal(2);
    should(newestOf(record(1, { time }), record(2))).equal(2);
    should(newestOf(record(1), record(2, { time }))).equal(2);
  });

  it('is one of an SMS that is over: what waits may go when its task is stopped', () => {
    should(newestOf(record(1), record(2, { status: 'SENDING' }), record(3, { status: 'what?' }))).equal(1);
    for (const status of ['SENT_OK', 'DELIVERED', 'UNDELIVERED', 'FAILED'])
      should(newestOf(record(1, { status }))).equal(1);
  });

  it('has a user_id by which it can be asked for; without such a record the last one known stays', () => {
    const evidence = new Evidence();
    evidence.seen([record(4)]);
    evidence.seen([{ number: '5', status: 'SENT_OK' }, record(6, { status: 'SENDING' })]);
    should(evidence.newest).eql({ user_id: 4, number: '74' });
  });
});

describe('the question before the first SMS', () => {
  it('is asked once, and tells the newest record', async () => {
    const { api, asked } = answering([record(4)]);
    const evidence = new Evidence();
    should(await evidence.read(api)).be.undefined();
    should(await evidence.read(api)).be.undefined();
    should(evidence.newest).eql({ user_id: 4, number: '74' });
    should(asked()).equal(1);
  });

  for (const [what, error, isAskedAgain] of [
    ['a gateway that has no such question', failure('BAD_REPLY', 'unknown'), false],
    ['a gateway out of reach', failure('UNREACHABLE', 'no'), true],
    ['a gateway that is too slow', failure('TIMEOUT', 'unknown'), true],
  ] as const) {
    it(`is ${isAskedAgain ? 'asked again before the next SMS' : 'never asked again'} after ${what}, and keeps no SMS`, async () => {
      const { api, asked } = answering(error, [record(4)]);
      const evidence = new Evidence();
      should(await evidence.read(api)).be.undefined();
      should(await evidence.read(api)).be.undefined();
      should(asked()).equal(isAskedAgain ? 2 : 1);
    });
  }

  it('keeps SMS back while it is answered by a redirect, and is asked again after an SMS was', async () => {
    const redirect = new Redirected('BAD_REPLY', 'moved', 'unknown');
    const { api, asked } = answering(redirect, redirect, [record(4)], redirect);
    const evidence = new Evidence();
    should(await evidence.read(api)).equal(redirect);
    should(await evidence.read(api)).equal(redirect);
    should(await evidence.read(api)).be.undefined();
    evidence.redirected();
    should(await evidence.read(api)).equal(redirect);
    should(asked()).equal(4);
  });

  it('fails by what is no answer of the gateway', async () => {
    const { api } = answering(new TypeError('ours'));
    await should(new Evidence().read(api)).be.rejectedWith(TypeError);
  });
});

describe('task_ids of what the gateway took', () => {
  const taken = (evidence: Evidence, task_id: number, before = evidence.task_id): void =>
    evidence.accepted(task_id, { at: 5, task_id: before });

  it('tell by falling, or by coming again, that it counts anew', () => {
    const evidence = new Evidence();
    for (const id of [7, 8, 12]) taken(evidence, id);
    should([evidence.interruptions, evidence.task_id]).eql([0, 12]);
    taken(evidence, 12);
    should([evidence.interruptions, evidence.task_id]).eql([1, 12]);
    taken(evidence, 3);
    should([evidence.interruptions, evidence.task_id]).eql([2, 3]);
  });

  it('may overtake each other where several requests go side by side', () => {
    const evidence = new Evidence();
    taken(evidence, 7);
    taken(evidence, 9, 7);
    taken(evidence, 8, 7);
    should([evidence.interruptions, evidence.task_id]).eql([0, 9]);
    const fresh = new Evidence();
    for (const id of [2, 1]) fresh.accepted(id, { at: 5, task_id: undefined });
    should([fresh.interruptions, fresh.task_id]).eql([0, 2]);
  });

  it('are told with when the request left', () => {
    const evidence = new Evidence();
    const told: unknown[] = [];
    evidence.taken.on((request) => void told.push(request));
    taken(evidence, 7);
    should(told).eql([{ task_id: 7, begunAt: 5 }]);
  });

  it('show that nothing else was taken in between when none is missing', () => {
    const evidence = new Evidence();
    for (const id of [7, 8, 9, 11, 12]) taken(evidence, id);
    should(evidence.hasAllBetween(7, 10)).be.true();
    should(evidence.hasAllBetween(8, 9)).be.true();
    should(evidence.hasAllBetween(7, 11)).be.false();
    should(evidence.hasAllBetween(9, 12)).be.false();
  });

  it('show nothing between one and itself, or an earlier one', () => {
    const evidence = new Evidence();
    for (const id of [7, 8]) taken(evidence, id);
    should(evidence.hasAllBetween(7, 7)).be.false();
    should(evidence.hasAllBetween(8, 7)).be.false();
  });

  it('are remembered to 256 of ours: what lies further back shows nothing', () => {
    const evidence = new Evidence();
    for (let id = 1; id <= 258; id++) taken(evidence, id);
    should(evidence.hasAllBetween(3, 259)).be.true();
    should(evidence.hasAllBetween(2, 259)).be.false();
    should(evidence.hasAllBetween(1, 200)).be.false();
    should(evidence.hasAllBetween(2, 200)).be.true();
  });
});

describe('requests under way', () => {
  it('are known by each of their SMS until they end, and whoever waits for one goes on then', async () => {
    const inFlight = new InFlight();
    const end = inFlight.begin([{ id: 1 }, { id: 2 }]);
    inFlight.begin([{ id: 3 }]);
    should([1, 2, 3, 4].map((id) => inFlight.has(id))).eql([true, true, true, false]);
    should(inFlight.endOf(4)).be.undefined();
    const ends = Promise.all([inFlight.endOf(1), inFlight.endOf(2)]);
    end();
    await ends;
    should([1, 2, 3].map((id) => inFlight.has(id))).eql([false, false, true]);
    should(inFlight.endOf(1)).be.undefined();
  });
});

describe('stops under way', () => {
  it('spare their SMS until each of them has ended', () => {
    const stops = new StopsUnderWay();
    const [one, other] = [stops.begin([{ id: 1 }, { id: 2 }]), stops.begin([{ id: 2 }])];
    should([1, 2, 3].map((id) => stops.has(id))).eql([true, true, false]);
    stops.end(one);
    should([1, 2].map((id) => stops.has(id))).eql([false, true]);
    stops.end(other);
    should(stops.has(2)).be.false();
  });
});

describe('whether pushes arrive', () => {
  it('is believed for ten minutes after one has come', async () => {
    const clock = new FakeClock();
    const pushes = new PushActivity(clock);
    should(pushes.arrive).be.false();
    pushes.note();
    await clock.advance(10 * 60_000 - 1);
    should(pushes.arrive).be.true();
    await clock.advance(1);
    should(pushes.arrive).be.false();
  });

  it('is not believed once the end of three SMS had to be asked for, until one comes again', () => {
    const pushes = new PushActivity(new FakeClock());
    pushes.note();
    pushes.missed(2);
    should(pushes.arrive).be.true();
    pushes.missed(1);
    should(pushes.arrive).be.false();
    pushes.note();
    should(pushes.arrive).be.true();
  });
});
