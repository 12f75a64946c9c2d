import type { PushEvent } from '../../lib/push';
import { openLastPush } from '../../lib/runtime/admin/lastPush';
import { ignoreInputs } from '../../lib/runtime/input';
import { openReceiver } from '../../lib/runtime/push/receiver';
import type { Message, Red } from '../../lib/runtime/red';
import { runtime } from '../../lib/runtime/SharedRuntime';
import { startNode } from '../../lib/runtime/saved/startNode';
import { defaults, normalise, type PushReceiverConfig, rules, SPLIT_TOPICS } from './config';

/** Without them it would be open to everybody, or on the port of the editor. */
const GUARDS = ['token', 'allow', 'listen'];

interface Credentials {
  token?: string;
}

/** Takes what gateways push, and emits a message a record. */
export = (red: Red): void => {
  openLastPush(red, runtime);
  red.nodes.registerType<Credentials>(
    'dinstar-push-receiver',
    function (saved) {
      const { properties, problem } = startNode(red, runtime, this, saved, { defaults, rules, guards: GUARDS });
      const config = normalise(properties);
      ignoreInputs(this);
      const receiver = openReceiver(red, runtime, this, {
        ...config,
        problem,
        token: this.credentials?.token || undefined,
        onEvent: (event, gateway, current) => current.send(atOutput(config, event, messageOf(event, gateway))),
      });
      this.on('close', (_removed, closed) => void receiver.close().then(closed));
    },
    { credentials: { token: { type: 'password' } } },
  );
};

const messageOf = (event: PushEvent, gateway: object | undefined): Message => ({
  topic: event.topic,
  payload: event.payload,
  ...(event.sn !== undefined && { sn: event.sn }),
  ...(gateway && { gateway }),
  ...(event.kind === 'malformed' && { malformed: event.malformed }),
});

function atOutput({ split }: PushReceiverConfig, event: PushEvent, message: Message): Message | (Message | null)[] {
  if (!split) return message;
  const place = (SPLIT_TOPICS as readonly string[]).indexOf(event.topic);
  const output = place < 0 ? SPLIT_TOPICS.length - 1 : place;
  return SPLIT_TOPICS.map((_topic, index) => (index === output ? message : null));
}
