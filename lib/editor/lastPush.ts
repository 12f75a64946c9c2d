import type { LastPush } from '../admin/answers';
import { askAdmin } from './admin';
import { duration } from './duration';
import type { EditorNode } from './red';

const POLL_INTERVAL_MS = 4000;

/** Keeps a line up to date that tells when a receiver last heard a push, as long as its dialog is open. */
export function showLastPush(node: EditorNode, line: JQuery): void {
  const look = async (): Promise<void> => {
    if (!line[0]?.isConnected) return;
    const said = await askAdmin<LastPush>('GET', `receivers/${encodeURIComponent(node.id)}/last-push`).then(
      (last) => linesOf(node, last),
      // Who may not look, or is offline, is told nothing wrong.
      () => [],
    );
    line.empty().append(said.map((text) => $('<div>').text(text)));
    setTimeout(() => void look(), POLL_INTERVAL_MS);
  };
  void look();
}

function linesOf(node: EditorNode, { seen, refused }: LastPush): string[] {
  const lines = [seen ? seenLine(node, seen) : node._('tip.noPush')];
  if (refused) {
    const { seconds, status, address } = refused;
    const key = status === 404 ? 'tip.pushTurnedAway' : 'tip.pushRefused';
    lines.push(node._(key, { ago: duration(seconds), status, address }));
  }
  return lines;
}

function seenLine(node: EditorNode, { seconds, gateway, topics }: NonNullable<LastPush['seen']>): string {
  const values = { ago: duration(seconds), topics: topics.join(', ') };
  return gateway === undefined ? node._('tip.pushOfNobody', values) : node._('tip.lastPush', { ...values, gateway });
}
