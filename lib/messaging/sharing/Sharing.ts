import type { Clock } from '../../clock';
import { type Facts, type Group, Letters, Machine, Tenure } from '../../machines';
import type { Store, StoredInput } from '../../store';
import type { LeaseTable, Outbox, Seen } from '../../store/machines';
import type { Pushed } from '../Pushes';
import type { Recipient } from '../sms/outcome/outcome';
import { Claims } from './Claims';
import { followsError, type GatewayLease } from './GatewayLease';
import { type LetterContent, readLetter } from './letters';
import { OtherMachines } from './OtherMachines';
import { type Question, Questions } from './Questions';
import type { SharingListener } from './SharingListener';

/** What several machines share, and who this one is among them. */
export interface SharedParts {
  store: Store;
  leases: LeaseTable;
  outbox: Outbox;
  /** From now on SMS of this config node are changed only under this epoch; 0 = not by this machine. */
  fence: (gateway: string, epoch: number) => void;
  /** They are changed without a lease: they are shared no longer. */
  unfence: (gateway: string) => void;
  /** Random, made at the start of the process. */
  id: string;
  /** For people. */
  name: string;
  /** In ms. */
  lease: number;
  /** Whether a config node's messages are kept in what is shared. */
  isShared: (gateway: string) => boolean;
  /** What this machine tells of its config nodes. */
  getFacts: () => Partial<Facts>;
}

/** A machine that lets an outcome go may be slow to do that: so long the input is asked for no more, in ms. */
const DUE_AGAIN_MS = 10_000;

/** This process among those that share a store: which gateways are its own, and what it writes to the others. */
export class Sharing {
  private readonly machine: Machine;
  private readonly letters: Letters;
  private readonly questions: Questions;
  private living = new Set<string>();
  /** Inputs whose outcome was due while the others may not have counted on this machine. */
  private readonly untrusted = new Set<string>();
  /** What a machine that is gone has taken couldn't be looked for yet. */
  private isToAdopt = false;
  private readonly leaving = new Set<string>();
  /** There may be letters to gateways though no other machine lives: from before, or of this one while it had not taken them over. */
  private mayBeWritten = true;
  /** What the other machines that live tell of their config nodes. */
  readonly others: OtherMachines;
  private readonly claims: Claims;
  private shown = '';

  constructor(
    private readonly parts: SharedParts,
    private readonly clock: Clock,
    private readonly listener: SharingListener,
  ) {
    const { leases, outbox, id, name, lease, getFacts } = parts;
    const ownFacts = (): Partial<Facts> => ({ ...getFacts(), serials: listener.serials() });
    this.others = new OtherMachines(getFacts);
    this.claims = new Claims({
      ...{ others: this.others, isShared: parts.isShared, fencing: parts, listener },
      isHeld: (gateway) => this.isHeld(gateway),
    });
    this.letters = new Letters({
      ...{ outbox, clock, machine: id },
      getGateways: () => this.held,
      onLetter: async (body) => this.read(readLetter(body)),
      onError: (error) => listener.failed(error),
    });
    this.questions = new Questions({
      ...{ clock, machine: id, letters: this.letters },
      onQuestion: (gateway, question) => listener.asked(gateway, question),
    });
    this.machine = new Machine({
      ...{ table: leases, clock, id, name, lease, getFacts: ownFacts },
      onGained: (group) => this.gained(group),
      onLost: (group) => listener.lost(group),
      onGiveBack: (group) => this.giveBack(group),
      onSeen: (seen) => this.saw(seen),
      onError: (error) => error && listener.failed(error),
    });
  }

  start(): Promise<void> {
    this.changed();
    return this.machine.start();
  }

  /** Gives everything back. */
  async stop(): Promise<void> {
    this.letters.turn(false);
    this.questions.stop(() => followsError());
    await this.machine.stop();
  }

  /** Config nodes have come or gone. */
  changed(): void {
    const wanted = this.claims.renewed();
    // Each time that it is told it asks the database.
    if (wanted) this.machine.want(wanted);
  }

  isShared(gateway: string): boolean {
    return this.claims.isShared(gateway);
  }

  /** Whether this machine looks after a config node's messages. */
  isOwn(gateway: string): boolean {
    return this.isShared(gateway) ? this.isHeld(gateway) : this.claims.keptElsewhere([gateway]) === undefined;
  }

  /** The machine that takes an input for this config node; undefined where that doesn't matter. */
  machineOf(gateway: string): string | undefined {
    return this.isShared(gateway) ? this.parts.id : undefined;
  }

  /** How it stands with the gateway of these config nodes, from now until that changes; undefined where it is shared with nobody. */
  leaseOf(group: Group): GatewayLease | undefined {
    const keptElsewhere = (): string | undefined => this.claims.keptElsewhere(group);
    if (!group.some((one) => this.isShared(one)) && keptElsewhere() === undefined) return undefined;
    const isLeaving = group.some((one) => this.leaving.has(one));
    const tenure = new Tenure(this.machine, this.clock, isLeaving ? [''] : group);
    const { machine, parts } = this;
    return {
      get isHeld() {
        return tenure.isHeld && keptElsewhere() === undefined;
      },
      get left() {
        return keptElsewhere() === undefined ? tenure.left : 0;
      },
      get keptElsewhere() {
        return keptElsewhere();
      },
      get timeout() {
        return tenure.timeout;
      },
      get holder() {
        const holder = machine.holderOf(group[0] ?? '');
        // What this one is giving back is nobody's yet.
        return holder?.id === parts.id ? undefined : holder?.name;
      },
      untilLeft: (...asked) => tenure.untilLeft(...asked),
    };
  }

  /** Whether an outcome may leave here; where not, the machine that it belongs to is told. */
  async mayLeave(input: StoredInput, timedOut: boolean): Promise<boolean> {
    const { machine } = input;
    if (machine === undefined || machine === this.parts.id) return true;
    // Of what one that is gone has taken whoever talks to the gateway by now tells, and nobody else.
    if (!this.machine.isAlive(machine)) return this.isOwn(input.gateway);
    await this.write({ machine }, { is: 'due', input: input.id, timedOut });
    if (timedOut) await this.parts.store.prolong([input.id], this.clock.now() + DUE_AGAIN_MS);
    return false;
  }

  /** Whether the others still count on this machine to let the outcome of its input leave; else that is tried again when they do. */
  mayEmit(input: StoredInput): boolean {
    if (input.machine === undefined || this.machine.isTrusted) return true;
    this.untrusted.add(input.id);
    return false;
  }

  /** Whether an update is told elsewhere. */
  tellElsewhere(input: StoredInput, recipient: Recipient): boolean {
    const { machine } = input;
    if (machine === undefined || machine === this.parts.id || !this.machine.isAlive(machine)) return false;
    this.write({ machine }, { is: 'update', input: input.id, recipient }).catch(this.listener.failed);
    return true;
  }

  /** Where another machine talks to the gateway, it is told that there is something to send. */
  taken(gateway: string, isUrgent: boolean): void {
    if (this.isOwn(gateway)) return;
    // It looks for itself, too, only later.
    this.write({ gateway }, { is: 'taken', gateway, isUrgent }).catch(() => undefined);
  }

  /** What was pushed is for whoever talks to the gateway; resolves when it is safe. */
  pushed(gateway: string, pushed: Pushed): Promise<void> {
    return this.write({ gateway }, { is: 'pushed', gateway, pushed });
  }

  /** Has the machine that talks to a gateway do something; rejects with `BUSY` where nobody does it in time. */
  ask(gateway: string, question: Question): Promise<unknown> {
    const nobody = (): Error => followsError({ holder: this.machine.holderOf(gateway)?.name });
    return this.questions.ask(gateway, question, nobody);
  }

  /** The config nodes whose gateways are this machine's. */
  private get held(): string[] {
    const all = this.listener.groups().flat();
    return all.filter((one) => this.isHeld(one));
  }

  private isHeld(gateway: string): boolean {
    return this.machine.epochOf(gateway) !== undefined;
  }

  private write(to: { machine: string } | { gateway: string }, content: LetterContent): Promise<void> {
    // By the time that it is kept the gateway may be this one's own.
    if ('gateway' in to) {
      this.mayBeWritten = true;
      this.letters.turn(true);
    }
    return this.letters.write(to, content);
  }

  /** Looks for letters where there may be some: as long as others live, and until this one has had all gateways for a heartbeat. */
  private readLetters(isAlone: boolean): void {
    this.letters.turn(!isAlone || this.mayBeWritten);
    this.mayBeWritten = !isAlone || this.listener.groups().some((group) => this.leaseOf(group)?.isHeld === false);
  }

  private gained(group: Group): void {
    for (const gateway of group) this.parts.fence(gateway, this.machine.epochOf(gateway) ?? 0);
    this.listener.gained(group);
    void this.adopt(group);
  }

  private async giveBack(group: Group): Promise<void> {
    for (const gateway of group) this.leaving.add(gateway);
    try {
      await this.listener.giveBack(group);
    } finally {
      for (const gateway of group) this.leaving.delete(gateway);
    }
  }

  private saw(seen: Seen): void {
    const living = new Set(this.machine.living.map(({ id }) => id));
    this.isToAdopt ||= [...this.living].some((id) => !living.has(id));
    this.living = living;
    this.compare();
    this.readLetters(living.size <= 1);
    const { held } = this;
    if (this.isToAdopt) void this.adopt(held);
    // What was taken elsewhere by one that couldn't write of it.
    if (living.size > 1) for (const gateway of held) this.listener.taken(gateway, false);
    const untrusted = [...this.untrusted];
    this.untrusted.clear();
    for (const input of untrusted) this.listener.due(input, false).catch(this.listener.failed);
    const holders = seen.leases.map(({ gateway, machine }) => [gateway, machine]);
    const shown = JSON.stringify([[...living], holders, this.claims.apart, this.others.differences()]);
    if (shown !== this.shown) this.listener.changed();
    this.shown = shown;
  }

  /** What the others tell of their flows may be another thing now. */
  private compare(): void {
    this.others.saw(this.machine.living.filter(({ id }) => id !== this.parts.id));
    for (const group of this.claims.turned()) this.listener.turned(group);
    this.changed();
  }

  /** What machines that are gone have taken is this one's to tell of. */
  private async adopt(gateways: readonly string[]): Promise<void> {
    this.isToAdopt = false;
    const held = gateways.filter((one) => this.isHeld(one));
    if (held.length === 0) return;
    try {
      const silent = 2 * this.machine.lease;
      if ((await this.parts.leases.adopt(this.parts.id, [...held], silent)) > 0) this.listener.adopted(held);
    } catch (error) {
      // With the next heartbeat.
      this.isToAdopt = true;
      this.listener.failed(error as Error);
    }
  }

  private async read(letter: LetterContent): Promise<void> {
    const { listener } = this;
    switch (letter.is) {
      case 'due':
        return listener.due(letter.input, letter.timedOut);
      case 'update':
        return listener.updated(letter.input, letter.recipient);
      case 'taken':
        return listener.taken(letter.gateway, letter.isUrgent);
      case 'pushed':
        return listener.pushed(letter.gateway, letter.pushed);
      case 'asked':
        return this.questions.asked(letter);
      case 'answered':
        return this.questions.answered(letter);
    }
  }
}
