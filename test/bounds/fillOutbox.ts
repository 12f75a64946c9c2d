import type { Handed } from '../../lib/messaging/inbox/EmitOutbox';
import { InboxScene } from '../support/core/InboxScene';

/** What waits to be emitted when nobody takes it. */
export interface Filled {
  waiting: number;
  stored: number;
  held: number;
  /** Characters of the largest note. */
  note: number;
}

interface Waiting {
  waiting: Handed[];
  stored: Set<Handed>;
  held: Set<Handed>;
}

/** A node whose flow takes nothing; its gateway has and pushes `count` SMS. */
export async function fillOutbox(count: number, pageSize = 500, text = 'text'): Promise<Filled> {
  const scene = await InboxScene.open();
  await scene.begin('n', { onSms: async () => false });
  scene.gateway.pageSize = pageSize;
  const all = scene.gateway.receiveMany(count, text);
  for (let place = 0; place < count; place += 100) {
    const isTaken = await scene.life.push(...all.slice(place, place + 100));
    if (!isTaken) break;
  }
  await scene.clock.advance(60_000);
  const { consumers } = scene.life.inbox as unknown as { consumers: Map<string, { outbox: Waiting }> };
  const [{ outbox }] = [...consumers.values()] as [{ outbox: Waiting }];
  const notes = await scene.store.notes(['sms handed g n', 'sms seen g n da-1']);
  return {
    waiting: outbox.waiting.length,
    stored: outbox.stored.size,
    held: outbox.held.size,
    note: Math.max(...[...notes.values()].map(({ length }) => length)),
  };
}
