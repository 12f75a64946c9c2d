import type { Stage, StoredSms, Submission } from '../records';
import type { Safety, SmsChange, Store } from '../store';
import type { Charge } from '../usage';

/** Where it is kept what cards have used. */
type Usage = Pick<Store, 'changeUsage'>;

/** Begins SMS that are in part. What their cards use is counted in the file, and first, so that no crash makes it too little. */
export async function beginBeside(part: Store, submission: Submission, usage: Usage): Promise<StoredSms[]> {
  const { sms, sims, at } = submission;
  if (!sims) return part.begin(submission);
  const chargesOf = (ids: number[]): Charge[] => ids.flatMap((id) => sims[id]?.charges ?? []);
  await usage.changeUsage({ at, use: chargesOf(sms) });
  const begun = await part.begin(submission);
  const ids = new Set(begun.map(({ id }) => id));
  if (ids.size < sms.length) await usage.changeUsage({ at, giveBack: chargesOf(sms.filter((id) => !ids.has(id))) });
  return begun;
}

/** Changes SMS that are in part. What their cards get back, or have used besides, is counted in the file. */
export async function changeBeside(
  part: Store,
  usage: Usage,
  changes: SmsChange[],
  from?: readonly Stage[],
  safety?: Safety,
): Promise<StoredSms[]> {
  const charged = changes.filter(({ giveBack, recharge }) => giveBack || recharge);
  if (charged.length === 0) return part.change(changes, from, safety);
  const before = new Map((await part.sms(charged.map(({ id }) => id))).map(({ id, sim }) => [id, sim?.charges]));
  const changed = await part.change(changes, from, safety);
  const ids = new Set(changed.map(({ id }) => id));
  const done = charged.filter(({ id }) => ids.has(id) && before.get(id));
  const giveBack = done.flatMap(({ id }) => before.get(id) ?? []);
  const use = done.flatMap((one) => (one.giveBack ? [] : (one.recharge?.charges ?? [])));
  if (giveBack.length + use.length > 0) await usage.changeUsage({ at: 0, giveBack, use });
  return changed;
}
