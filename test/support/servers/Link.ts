import net, { type AddressInfo, type Socket } from 'node:net';

interface Breaking {
  text: string;
  isPassedOn: boolean;
  forGood?: boolean;
  onBroken: () => void;
}

/** In characters: what the text is looked for in. */
const LONGEST_ANSWER = 100_000;

/** A network between somebody and a server, which can be cut: then no byte passes, and nobody is told. */
export class Link {
  private readonly sockets = new Set<Socket>();
  private isCut = false;
  private breaking: Breaking | undefined;

  private constructor(
    private readonly server: net.Server,
    /** Where the server is reached by it, on 127.0.0.1. */
    readonly port: number,
  ) {}

  static async to(port: number): Promise<Link> {
    const server = net.createServer({ pauseOnConnect: true });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const link = new Link(server, (server.address() as AddressInfo).port);
    server.on('connection', (near) => link.join(near, net.connect(port, '127.0.0.1')));
    return link;
  }

  /** From now on bytes of both sides stay where they are; what is connected stays so. */
  cut(): void {
    this.isCut = true;
    for (const socket of this.sockets) socket.pause();
  }

  /** What stayed on the way comes in now, as TCP sends it again. */
  heal(): void {
    this.isCut = false;
    for (const socket of this.sockets) socket.resume();
  }

  /**
   * The connection breaks with the bytes that hold this text: before the server has them, or when its answer repeats it. Resolves when it breaks.
   * @param how `forGood`: nobody reaches the server by it any more
   */
  breakAt(text: string, how: { isPassedOn: boolean; forGood?: boolean }): Promise<void> {
    return new Promise((onBroken) => {
      this.breaking = { ...how, text, onBroken };
    });
  }

  close(): void {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
  }

  private join(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (part: Buffer) => {
        const isBreaking = from === near && this.breaking !== undefined && part.includes(this.breaking.text);
        if (!isBreaking) to.write(part);
        else this.break(near, far, part);
      });
      from.on('error', () => from.destroy());
      from.on('end', () => to.end());
      from.on('close', () => {
        this.sockets.delete(from);
        if (!to.writableEnded) to.destroy();
      });
      if (this.isCut) from.pause();
      else from.resume();
    }
  }

  private break(near: Socket, far: Socket, part: Buffer): void {
    if (!this.breaking) return;
    const { text, isPassedOn, forGood, onBroken } = this.breaking;
    this.breaking = undefined;
    if (forGood) this.server.close();
    if (isPassedOn) {
      // The server answers, and nobody hears it. What it says first may be of what was asked before.
      near.removeAllListeners('close').once('close', () => this.sockets.delete(near));
      let answer = '';
      far.removeAllListeners('data').on('data', (more: Buffer) => {
        answer = `${answer}${more.toString('latin1')}`.slice(-LONGEST_ANSWER);
        if (answer.includes(text)) far.destroy();
      });
      far.write(part);
    }
    near.destroy();
    if (!isPassedOn) far.destroy();
    onBroken();
  }
}
