import { PortsApi } from './PortsApi';

/** A gateway whose cards move from one port to another, and whose ports lose the network. */
export class MovingCards extends PortsApi {
  /** Told of each SMS that left. */
  onSent: (card: string, number: string, userId: number) => void = () => undefined;
  private readonly cardsByPort: string[];
  private readonly unregistered = new Set<number>();

  constructor(ports: number) {
    super();
    this.cardsByPort = Array.from({ length: ports }, (_, port) => `8943010000000000${port}`);
  }

  cardIn = (port: number): string => this.cardsByPort[port] ?? '';

  /** Where a card is; undefined = nowhere. */
  portOf(card: string): number | undefined {
    const port = this.cardsByPort.indexOf(card);
    return port < 0 ? undefined : port;
  }

  isAway = (port: number): boolean => this.unregistered.has(port);

  setAway(port: number, isAway: boolean): void {
    if (isAway) this.unregistered.add(port);
    else this.unregistered.delete(port);
  }

  swap(one: number, other: number): void {
    const card = this.cardIn(one);
    this.cardsByPort[one] = this.cardIn(other);
    this.cardsByPort[other] = card;
  }

  /** Somebody puts a new card into a port. */
  put(port: number, card: string): void {
    this.cardsByPort[port] = card;
  }

  override async sendSms(request: Parameters<PortsApi['sendSms']>[0]) {
    const reply = await super.sendSms(request);
    for (const { number, user_id = -1 } of request.param) {
      this.onSent(this.cardIn(request.port?.[0] ?? -1), number, user_id);
    }
    return reply;
  }

  override async getPortInfo() {
    this.portsAsked += 1;
    const info = this.cardsByPort.map((iccid, port) => ({
      ...{ port, iccid, imsi: '', slot: 255 },
      reg: this.unregistered.has(port) ? 'UNREGISTER' : 'REGISTER_OK',
    }));
    return { error_code: 200, info };
  }
}
