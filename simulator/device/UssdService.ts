import {
  filled,
  numberedCode,
  silentCode,
  type UssdStep,
  unknownCode,
  ussdCodes,
  wrongChoice,
} from '../network/ussdCodes';
import type { GsmPort } from './GsmPort';
import type { World } from './world';

interface Dialogue {
  /** The last reply; a port keeps it. */
  text: string;
  /** Where in a menu the dialogue is. */
  at?: UssdStep;
  /** When the network gives a menu up that nobody answers. */
  until: number;
  /** A code was sent that the network doesn't answer, or not in this session. */
  isIgnored?: boolean;
  /** Calls off the reply under way. */
  pending?: () => void;
}

/** A request to send_ussd that the gateway has taken. */
export interface UssdRequest {
  readonly command: 'send' | 'cancel';
  readonly text: string;
  readonly ports: readonly number[];
}

const mostKept = 100_000;

/** The USSD dialogues, one at a time on each port. */
export class UssdService {
  /** Oldest first: the newest 100,000. */
  readonly requests: UssdRequest[] = [];
  private readonly dialogues = new Map<number, Dialogue>();

  constructor(private readonly world: World) {}

  note(request: UssdRequest): void {
    this.requests.push(request);
    if (this.requests.length > mostKept) this.requests.shift();
  }

  /** Sends a code or an answer through a port; 200 sent, 486 busy, 503 not registered (manual 7.3). */
  send(port: GsmPort | undefined, text: string): 200 | 486 | 503 {
    if (!port?.registered) return 503;
    const dialogue = this.dialogueOf(port.port);
    if (port.sending || dialogue.pending) return 486;
    if (this.world.settings.ussdClears) dialogue.text = '';
    const late = numberedCode(text)?.late;
    dialogue.isIgnored = text === silentCode || late !== undefined;
    if (late !== undefined) this.world.air.after(this.world.pace('lateUssd'), () => this.arrive(port.port, late));
    if (dialogue.isIgnored) return 200;
    dialogue.pending = this.world.timers.after(this.world.pace('ussd'), () => this.reply(port, dialogue, text));
    return 200;
  }

  /** Ends a port's dialogue; the last reply stays (field notes). */
  cancel(port: GsmPort | undefined): 200 | 503 {
    if (!port?.registered) return 503;
    const dialogue = this.dialogueOf(port.port);
    dialogue.pending?.();
    this.dialogues.set(port.port, { text: dialogue.text, until: 0 });
    return 200;
  }

  /** The last reply a port got; '' when there was none (manual 8.4). */
  lastReply(port: number): string {
    return this.dialogues.get(port)?.text ?? '';
  }

  /**
   * The network says something on its own. A telephone that is in a USSD session answers "USSD-Busy" to that (3GPP TS
   * 24.090, 5.1.1), and the network tries again.
   */
  notify(port: number, text: string): void {
    const { pending, isIgnored, at, until } = this.dialogueOf(port);
    const isInMenu = at !== undefined && this.world.settings.now() < until;
    const isBusy = pending !== undefined || isIgnored === true || isInMenu;
    if (isBusy) this.world.air.after(this.world.pace('notifyAgain'), () => this.notify(port, text));
    else this.arrive(port, text);
  }

  private arrive(port: number, text: string): void {
    this.dialogueOf(port).text = text;
    this.world.push({ ussd: [{ port, text }] });
  }

  /** All dialogues end and are forgotten. */
  forget(): void {
    this.dialogues.clear();
  }

  private reply(port: GsmPort, dialogue: Dialogue, sent: string): void {
    dialogue.pending = undefined;
    const now = this.world.settings.now();
    if (now >= dialogue.until) dialogue.at = undefined;
    dialogue.until = now + this.world.pace('ussdSession');
    const numbered = numberedCode(sent);
    const step: UssdStep | undefined = dialogue.at?.choices?.[sent] ?? numbered ?? ussdCodes[sent];
    const lost = !step && dialogue.at !== undefined;
    if (!lost) dialogue.at = step?.choices ? step : undefined;
    const text = lost ? wrongChoice : (step ?? unknownCode).text;
    const { balanceText } = this.world.settings;
    this.arrive(port.port, port.card ? filled(text, balanceText, port.card) : text);
    if (numbered?.second !== undefined) this.follow(port, dialogue, numbered.second);
  }

  /** One more text of the same session, unless that ends before. */
  private follow(port: GsmPort, dialogue: Dialogue, text: string): void {
    dialogue.pending = this.world.timers.after(this.world.pace('secondUssd'), () => {
      dialogue.pending = undefined;
      this.arrive(port.port, text);
    });
  }

  private dialogueOf(port: number): Dialogue {
    const known = this.dialogues.get(port);
    if (known) return known;
    const fresh: Dialogue = { text: '', until: 0 };
    this.dialogues.set(port, fresh);
    return fresh;
  }
}
