import type { SmsFilter, SmsResult } from '../../../../lib/gateway-api';
import { ScriptedApi } from '../../../support/core/ScriptedApi';

/** A gateway whose ports send, or fail, as the test says, with a card in each. */
export class PortsApi extends ScriptedApi {
  /** What becomes of an SMS that leaves by a port; undefined = it lies there. */
  verdict: (port: number, number: string) => SmsResult['status'] | undefined = () => 'SENT_OK';
  /** Whether its ports tell their cards. */
  cards = true;
  count = 2;

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
        reg: 'REGISTER_OK',
        slot: 0,
        ...(this.cards && { iccid: `894301000000000000${port}`, imsi: `99970000000000${port}` }),
      })),
    };
  }
}
