import { generate } from 'selfsigned';

/** A certificate and its key (PEM). */
export interface Pair {
  key: string;
  cert: string;
}

/** An authority that vouches for servers on 127.0.0.1 and for clients. */
export class Authority {
  private constructor(private readonly own: Pair) {}

  static async create(name: string): Promise<Authority> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
      extensions: [{ name: 'basicConstraints', cA: true, critical: true }],
    });
    return new Authority({ key, cert });
  }

  /** By which what it vouches for is believed (PEM). */
  get cert(): string {
    return this.own.cert;
  }

  /** A certificate for somebody, where it is a server by its name and at this IP address. */
  async vouchFor(name: string, ip?: string): Promise<Pair> {
    const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
      ca: this.own,
      ...(ip && {
        extensions: [
          {
            name: 'subjectAltName',
            altNames: [
              { type: 2, value: name },
              { type: 7, ip },
            ],
          },
        ],
      }),
    });
    return { key, cert };
  }
}
