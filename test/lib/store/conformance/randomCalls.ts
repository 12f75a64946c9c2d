import fc from 'fast-check';
import { tailOf } from '../../../../lib/numbers/agreement';
import {
  type JobCommand,
  type JobScope,
  NOT_DUE,
  type SmsChange,
  type SmsState,
  type UsageChange,
} from '../../../../lib/store';
import { DUE_KINDS } from '../../../../lib/store/store';
import { call, type RandomCall } from './randomCall';
import { collected, group } from './randomCollect';
import { taking } from './randomTaking';
import { charge, sim, usageQuestion } from './randomUsage';
import {
  encoding,
  gateway,
  gateways,
  held,
  inputId,
  limit,
  moment,
  mostly,
  number,
  pick,
  picks,
  portSet,
  stage,
  text,
  undoneStage,
  userId,
} from './randomValues';
import { shownBegun } from './shownBegun';

/** Only what is taken so stands by: no event leads there. */
const laterStage = stage.filter((one) => one !== 'standby');

const state: fc.Arbitrary<Partial<SmsState>> = fc.record(
  {
    stage: laterStage,
    status: fc.constantFrom('QUEUED', 'ACCEPTED', 'SENT_OK', 'DELIVERED', 'UNDELIVERED', 'WITHHELD', 'UNKNOWN'),
    history: fc.constantFrom([], [{ status: 'ACCEPTED', at: 5, by: 'answer' }]),
    poll_at: moment,
    polls: fc.nat(3),
    expires_at: mostly(moment, 0),
    due_at: mostly(fc.oneof(moment, fc.constant(NOT_DUE)), 0),
    held: fc.constantFrom(undefined, held),
    superseded: fc.constantFrom(undefined, true),
    collected,
    task_id: fc.nat(3),
    error: fc.constantFrom(undefined, { code: 'GATEWAY', message: 'no' }),
  },
  { requiredKeys: [] },
);

const givenBack = fc.record({ stage: laterStage, giveBack: fc.constant(true as const) });
const recharged = fc.record({ recharge: sim });

const evidence = fc.record({ in_queue: fc.nat(2), task_id: fc.nat(3) }, { requiredKeys: [] });

const like = fc.record(
  {
    batchKey: fc.tuple(encoding, portSet, fc.constantFrom(0, 1)).map((parts) => parts.join('|')),
    text: fc.record({ text, template: fc.boolean() }),
    input: inputId,
  },
  { requiredKeys: ['batchKey'] },
);

/** An input that was taken before makes a store reject, whatever it says. */
const orRejected = (answer: Promise<unknown>): Promise<unknown> => answer.catch((error: Error) => error.name);

/** An answer whose order means nothing, in one order. */
const unordered = async (answer: Promise<object[]>): Promise<string[]> =>
  (await answer).map((record) => JSON.stringify(record, Object.keys(record).toSorted())).toSorted();

const job = fc.oneof(fc.constantFrom('j1', 'a 😀\0', '\ud800', 'unknown'), inputId);
const scope: fc.Arbitrary<JobScope> = fc.oneof(
  fc.record({ job }),
  fc.record({ node: fc.constantFrom('n1', 'n2') }),
  fc.constantFrom<JobScope>({ all: true }, { waiting: true }),
);

const changes: fc.Arbitrary<RandomCall>[] = [
  call('take', fc.array(taking, { minLength: 1, maxLength: 3 }), (takings, store) => orRejected(store.take(takings))),
  call(
    'begin',
    fc.record({ gateway, at: moment, picks, evidence, sims: fc.array(fc.tuple(pick, sim), { maxLength: 3 }) }),
    ({ picks, evidence, sims, ...begun }, store, idOf) =>
      store.begin({
        ...begun,
        ...evidence,
        sms: [...new Set(picks.map(idOf))],
        sims: Object.fromEntries(sims.map(([pick, chosen]) => [idOf(pick), chosen])),
      }),
  ),
  call(
    'changeUsage',
    fc.record(
      {
        at: moment,
        move: fc.constant<UsageChange['move'] & object>([{ from: 'c1', to: 'c2' }]),
        reset: fc.array(usageQuestion, { maxLength: 1 }),
        giveBack: fc.array(charge, { maxLength: 2 }),
        use: fc.array(charge, { maxLength: 3 }),
      },
      { requiredKeys: ['at'] },
    ),
    (change, store) => store.changeUsage(change),
  ),
  call(
    'change',
    fc.record({
      changes: fc.array(fc.tuple(pick, fc.oneof(state, givenBack, recharged)), { maxLength: 6 }),
      from: fc.option(fc.uniqueArray(stage), { nil: undefined }),
    }),
    ({ changes, from }, store, idOf) => {
      const byId = new Map(
        changes.map(([pick, state]): [number, SmsChange] => [idOf(pick), { ...state, id: idOf(pick) }]),
      );
      return store.change([...byId.values()], from);
    },
  ),
  call('prolong', fc.record({ ids: fc.array(inputId), until: moment }), ({ ids, until }, store) =>
    store.prolong(ids, until),
  ),
  call('closeInputs', fc.record({ ids: fc.array(inputId), at: moment.map((at) => at + 1) }), ({ ids, at }, store) =>
    store.closeInputs(ids, at).then((waited) => waited.toSorted()),
  ),
  call(
    'commandJobs',
    fc.tuple(gateways, scope, fc.constantFrom<JobCommand>('pause', 'resume', 'stop'), moment),
    (args, store) => store.commandJobs(...args),
  ),
  call(
    'withdrawStopped',
    fc.record({ gateways, pick, limit, at: moment }),
    ({ gateways, pick, limit, at }, store, idOf) => store.withdrawStopped(gateways, { after: idOf(pick), limit }, at),
  ),
  call('prune', fc.tuple(moment, limit), (args, store) => store.prune(...args)),
];

const anyPriority = fc.constantFrom(undefined, 'high' as const, 'normal' as const, 'low' as const);

const questions: fc.Arbitrary<RandomCall>[] = [
  call(
    'waiting',
    fc.record({
      gateways,
      limit,
      now: moment,
      portSets: fc.array(portSet),
      like: fc.option(like, { nil: undefined }),
      priority: anyPriority,
    }),
    ({ portSets, like, priority, ...query }, store) =>
      store.waiting({
        ...query,
        closedPortSets: new Set(portSets),
        ...(like && { like }),
        ...(priority && { priority }),
      }),
  ),
  call('due', fc.tuple(gateways, moment, limit), (args, store) => store.due(...args)),
  call('expired', fc.tuple(gateways, moment, limit), (args, store) => store.expired(...args)),
  call('heldDue', fc.tuple(gateways, moment, limit), (args, store) => store.heldDue(...args)),
  call('standbyDue', fc.tuple(gateways, moment, limit), (args, store) => store.standbyDue(...args)),
  call('inputsDue', fc.tuple(gateways, moment, limit), (args, store) => store.inputsDue(...args)),
  call('nextDue', gateways, (args, store) => store.nextDue(args)),
  call('nextDue', fc.tuple(gateways, fc.subarray([...DUE_KINDS])), (args, store) => store.nextDue(...args)),
  call('waitingCounts', fc.tuple(gateways, limit, anyPriority), (args, store) =>
    unordered(store.waitingCounts(...args)),
  ),
  call('portSetCounts', gateways, (args, store) => unordered(store.portSetCounts(args))),
  call('chosenPortCounts', gateways, (args, store) => store.chosenPortCounts(args)),
  call(
    'usage',
    fc.tuple(
      fc.array(usageQuestion, { maxLength: 2 }),
      fc.constantFrom<string[]>([], ['r1'], ['r1', 'r2', 'r1']),
      moment,
    ),
    async (args, store) => {
      const { rows, known } = await store.usage(...args);
      return [await unordered(Promise.resolve(rows)), await unordered(Promise.resolve(known))];
    },
  ),
  call('submissions', gateways, async (args, store) => {
    const found = await store.submissions(args);
    return Promise.all(found.map(async ({ id, sms, ...submission }) => ({ ...submission, sms: await store.sms(sms) })));
  }),
  call('submittedSince', fc.tuple(gateways, moment), (args, store) => store.submittedSince(...args)),
  call('begunTo', fc.tuple(gateways, fc.uniqueArray(number.map(tailOf)), moment, fc.nat(2)), async (args, store) =>
    shownBegun(store, await store.begunTo(...args)),
  ),
  call('sms', picks, (picks, store, idOf) => store.sms(picks.map(idOf))),
  call('find by user_id', fc.tuple(gateways, fc.record({ user_ids: fc.uniqueArray(userId) })), (args, store) =>
    store.find(...args),
  ),
  call(
    'find by tail',
    fc.tuple(gateways, fc.record({ tail: number.map(tailOf), stages: fc.uniqueArray(stage) })),
    (args, store) => store.find(...args),
  ),
  call('find by reference', fc.tuple(gateways, fc.record({ port: fc.nat(2), ref_id: fc.nat(8) })), (args, store) =>
    store.find(...args),
  ),
  call('find by stage', fc.record({ gateways, stage, pick, limit }), ({ gateways, stage, pick, limit }, store, idOf) =>
    store.find(gateways, { stage, after: idOf(pick), limit }),
  ),
  call('find held', fc.record({ gateways, pick, limit }), ({ gateways, pick, limit }, store, idOf) =>
    store.find(gateways, { held: true, after: idOf(pick), limit }),
  ),
  call('jobNames', fc.tuple(gateways, scope, limit), (args, store) => store.jobNames(...args)),
  call('jobTallies', fc.tuple(gateways, fc.array(job)), (args, store) => store.jobTallies(...args)),
  call('listJobs', fc.tuple(gateway, limit), (args, store) => store.listJobs(...args)),
  call('heldCounts', gateway, (one, store) => unordered(store.heldCounts(one, 1000))),
  call('firstExpiry', fc.tuple(gateways, fc.array(job)), (args, store) => store.firstExpiry(...args)),
  call(
    'find by job',
    fc.record({ gateways, job, stages: fc.uniqueArray(undoneStage), pick, limit }),
    ({ gateways, pick, ...by }, store, idOf) => store.find(gateways, { ...by, after: idOf(pick) }),
  ),
  call(
    'find what is collected',
    fc.tuple(gateways, group, pick, limit),
    ([gateways, collect, pick, limit], store, idOf) =>
      store.find(gateways, { collect, waiting: true, after: idOf(pick), limit }),
  ),
  call('inputs', fc.array(inputId), (ids, store) => store.inputs(ids)),
  call('recipients', inputId, (id, store) => store.recipients(id)),
  call('outcomes', fc.uniqueArray(inputId), (ids, store) => store.outcomes(ids)),
  call('openInputs', fc.tuple(gateways, inputId, limit), (args, store) => store.openInputs(...args)),
];

/** Any call: as many changes as questions. */
export const randomCall: fc.Arbitrary<RandomCall> = fc.oneof(fc.oneof(...changes), fc.oneof(...questions));
