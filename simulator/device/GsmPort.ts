import { imeiOf, type SimCard } from '../network/simCard';
import { CardSlots } from './CardSlots';
import type { World } from './world';

/** Register status of a port (manual 10.3). */
export type Reg =
  | 'POWER_OFF'
  | 'NO_SIM'
  | 'PIN_REQUIRE'
  | 'PUK_REQUIRE'
  | 'UNREGISTER'
  | 'SEARCHING_NETWORK'
  | 'REGISTER_OK'
  | 'UNKNOWN';

/** One GSM port with its module and SIM cards; set what it shows, or call what happens to it. */
export class GsmPort {
  readonly port: number;
  type: 'GSM' | 'CDMA' | 'WCDMA' | 'LTE' | 'UNKNOWN' = 'GSM';
  imei: string;
  callstate = 'Idle';
  gprs = 'detached';
  /** Signal strength, 0 to 31. */
  signal: number;
  locked = false;
  callForward = '';
  /** Whether the module is sending or in a dialogue: USSD answers 486 then. */
  sending = false;
  /** A lying port tells that its SMS were sent and delivered, and nothing of them is on air. */
  lying = false;
  /** Called when the port may have become able to send. */
  onReady: () => void = () => {};
  readonly cards: CardSlots;
  private registration: Reg = 'REGISTER_OK';
  private isStuck = false;
  private isBlocked = false;
  private cancelRegistering = () => {};
  private sequence = 0;
  private nextRef = 0;

  constructor(
    port: number,
    private readonly world: World,
  ) {
    this.port = port;
    this.imei = imeiOf(port);
    this.signal = 15 + ((port * 5) % 14);
    this.cards = new CardSlots(port, world.settings);
  }

  get reg(): Reg {
    return this.registration;
  }
  get slot(): number {
    return this.cards.shownSlot;
  }
  get slots(): number {
    return this.cards.count;
  }
  get card(): SimCard | undefined {
    return this.cards.active;
  }
  get operator(): string | undefined {
    return this.card?.operator;
  }
  get imsi(): string {
    return this.card?.imsi ?? '';
  }
  get iccid(): string {
    return this.card?.iccid ?? '';
  }
  get smsc(): string {
    return this.card?.smsc ?? '';
  }
  get number(): string {
    return this.card?.number ?? '';
  }
  set number(number: string) {
    if (this.card) this.card.number = number;
  }
  /** What the firmware says is left on the card; -1 = it doesn't know. */
  get remainingCredit(): number {
    return this.world.settings.tellsCredit && this.card ? this.card.balance : -1;
  }
  /** A stuck port is registered and looks well, but sends nothing and ends nothing it has begun. */
  get stuck(): boolean {
    return this.isStuck;
  }
  set stuck(stuck: boolean) {
    this.isStuck = stuck;
    if (!stuck) this.onReady();
  }
  /** A blocked port is registered but isn't used for SMS. */
  get blocked(): boolean {
    return this.isBlocked;
  }
  set blocked(blocked: boolean) {
    this.isBlocked = blocked;
    if (!blocked) this.onReady();
  }
  get registered(): boolean {
    return this.registration === 'REGISTER_OK';
  }

  /** The port is in this state from now on; a change from or to REGISTER_OK is pushed (manual 16). */
  setReg(reg: Reg): void {
    this.cancelRegistering();
    const was = this.registered;
    this.registration = reg;
    if (was !== this.registered) this.announce();
    if (!was && this.registered) this.onReady();
  }

  /** Registers with the network at once. */
  register(): void {
    this.setReg('REGISTER_OK');
  }

  /** Loses the network until register() or reset(). */
  unregister(): void {
    this.setReg('UNREGISTER');
  }

  /** The card is taken out. */
  loseSim(): void {
    this.setReg('NO_SIM');
    this.cards.takeOut();
  }

  /** A card is put in, by default the one that was taken out; the port registers after a while. */
  insertSim(card?: SimCard): void {
    this.cards.putIn(card);
    this.search();
  }

  /** The card moves to the same slot of another port, and the one there comes here; both register after a while. */
  moveSim(to: GsmPort): void {
    for (const port of [this, to]) port.setReg('NO_SIM');
    this.cards.swapWith(to.cards);
    for (const port of [this, to]) port.search();
  }

  /** The operator bars the card, or does no longer. A card that it doesn't let in is without a network. */
  setBarred(barred: SimCard['barred']): void {
    if (!this.card) return;
    this.card.barred = barred;
    if (barred?.how === 'network') this.unregister();
    else if (!barred && !this.registered) this.search();
  }

  powerOff(): void {
    this.setReg('POWER_OFF');
  }

  /** Turns the module on (when it was off); it registers after a while. */
  powerOn(): void {
    if (this.registration === 'POWER_OFF') this.search();
  }

  /** Resets the module: unregistered for a while, then registered again. */
  reset(): void {
    this.search();
  }

  /** Changes to another slot of a multi-SIM gateway, 0 to 3. */
  chooseSlot(slot: number): void {
    this.setReg('UNREGISTER');
    this.cards.choose(slot);
    this.search();
  }

  /** Looks for the network and finds it after a while, if there is a card that the operator lets in. */
  search(): void {
    this.setReg(this.card ? 'SEARCHING_NETWORK' : 'NO_SIM');
    if (!this.card) return;
    this.cancelRegistering = this.world.timers.after(this.world.pace('registering'), () => {
      if (this.card?.barred?.how === 'network') this.unregister();
      else this.register();
    });
  }

  /** Reserves the reference of the next segment: 0 to 255, then 0 again (manual 3.3). */
  takeRef(): number {
    const ref = this.nextRef;
    this.nextRef = (ref + 1) % 256;
    return ref;
  }

  /** Sets the reference the next segment gets, 0 to 255. */
  setNextRef(ref: number): void {
    this.nextRef = ref % 256;
  }

  private announce(): void {
    const { laterKeys } = this.world.settings;
    const absent = laterKeys ? '<NULL>' : '';
    this.sequence += 1;
    this.world.push({
      register: [
        {
          port: this.port,
          iccid: this.iccid || absent,
          imsi: this.imsi || absent,
          number: this.number,
          status: this.registered ? 'up' : 'down',
          ...(laterKeys ? { sequence: this.sequence, slot: this.slot } : {}),
        },
      ],
    });
  }
}
