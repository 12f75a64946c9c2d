import type { SendSmsRequest, SmsFilter, SmsResult } from '../../../../lib/gateway-api';
import { ScriptedApi } from '../../../support/core/ScriptedApi';

/** A gateway whose ports send, or fail, as the test says, with a card in each. */
export class PortsApi extends ScriptedApi {
  /** What becomes of an SMS that leaves by a port; undefined = it lies there. */
  verdict: (port: number, number: string) => SmsResult['status'] | undefined = () => 'SENT_OK';
  /** Whether its ports tell their cards. */
  cards = true;
  count = 2;
  /** The slot in use of each port; none = it isn't a multi-SIM gateway. */
  slots: number[] = [];
  /** Slots whose card never registers, as port and slot. */
  dead: string[] = [];
  /** The changes of slots, as port and slot. */
  readonly changes: string[] = [];
  /** By which card each number was sent to. */
  readonly byCard: [card: string, number: string][] = [];

  override async sendSms(request: SendSmsRequest) {
    const reply = await super.sendSms(request);
    const card = this.cardOf(request.port?.[0] ?? 0);
    for (const { number } of request.param) this.byCard.push([card, number]);
    return reply;
  }

  async setPortInfo({ port, param = '' }: { port: number; action: string; param?: string }) {
    this.slots[port] = Number(param);
    this.changes.push(this.cardOf(port));
    return { error_code: 200 };
  }

  private cardOf = (port: number): string => `${port} ${this.slots[port] ?? 0}`;

  /** To whom SMS left by a port. */
  by(port: number): string[] {
    const own = this.sent.filter((request) => request.port?.[0] === port);
    return own.flatMap(({ param }) => param.map(({ number }) => number));
  }

  override async querySmsResult(filter: SmsFilter) {
    if (!filter.user_id) return { error_code: 200, result: [] };
    const wanted = new Set(filter.user_id);
    const result = this.sent.flatMap(({ port = [], param }) =>
      param.flatMap(({ number, user_id = -1 }): SmsResult[] => {
        const status = wanted.has(user_id) ? this.verdict(port[0] ?? 0, number) : undefined;
        return status
          ? [{ port: port[0], user_id, number, status, count: 1, succ_count: 1, time: '' } as SmsResult]
          : [];
      }),
    );
    return { error_code: 200, result };
  }

  override async getPortInfo() {
    this.portsAsked += 1;
    await this.portAnswer?.();
    return {
      error_code: 200,
      info: Array.from({ length: this.count }, (_, port) => ({
        port,
        reg: this.dead.includes(this.cardOf(port)) ? 'UNREGISTER' : 'REGISTER_OK',
        slot: this.slots[port] ?? 255,
        ...(this.cards && {
          iccid: `89430100000000000${port}${this.slots[port] ?? 0}`,
          imsi: `9997000000000${port}${this.slots[port] ?? 0}`,
        }),
      })),
    };
  }
}
