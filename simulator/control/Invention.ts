import type { Gateway } from '../device/Gateway';

const senders = ['99970200011', '99970200012', '99970200013'];
const texts = [
  'Hello, is anybody there?',
  'STATUS',
  'The pump in hall 2 sounds odd.',
  'Grüße aus München 👋',
  'Thanks, got it.',
  'Call me back please.',
];

/** Somebody writes to the gateway now and then: incoming SMS for a demo. */
export class Invention {
  private cancel = () => {};

  constructor(private readonly gateway: Gateway) {}

  start(): void {
    const { incomingEvery, random } = this.gateway.world.settings;
    if (incomingEvery <= 0) return;
    this.cancel = this.gateway.world.air.after(incomingEvery * 1000, () => {
      const pick = <T>(values: readonly T[]): T | undefined => values[Math.floor(random() * values.length)];
      const port = pick(this.gateway.ports.filter(({ registered }) => registered));
      if (port) this.gateway.receive({ port: port.port, number: pick(senders) ?? '', text: pick(texts) ?? '' });
      this.start();
    });
  }

  stop(): void {
    this.cancel();
  }
}
