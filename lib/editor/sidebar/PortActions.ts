import { AdminError, askAdmin } from '../admin';
import type { Translate } from '../red';
import { sizeOf } from '../texts/textSize';
import { button, make, mark, say } from './dom';
import { problem, SMS_LABELS } from './words';

/** What a form of an action says before it is done, and does then. */
interface Action {
  fields: HTMLInputElement[];
  /** What it costs or breaks. */
  warning: () => string;
  /** The name of the button that does it. */
  name: string;
  /** Resolves with what came of it. */
  act: () => Promise<string>;
}

/** What can be done to a port: each says first what it costs, and is done when that was confirmed. */
export class PortActions {
  readonly element = make('div', 'dinstar-actions');
  private readonly form = make('form');
  private readonly result = make('div', 'dinstar-result');
  private readonly buttons: HTMLButtonElement[];

  constructor(
    private readonly t: Translate,
    private readonly path: string,
    private readonly port: number,
  ) {
    this.buttons = [
      button(t('label.action.sms'), () => this.open(this.sms())),
      button(t('label.action.ussd'), () => this.open(this.ussd())),
      button(t('label.action.reset'), () => this.open(this.reset())),
    ];
    this.result.setAttribute('role', 'status');
    this.element.append(make('div', 'dinstar-buttons', ...this.buttons), this.form, this.result);
  }

  /** Without the permission the actions are there to be seen, and say why they can't be had. */
  show(write: boolean): void {
    for (const one of this.buttons) {
      one.disabled = !write;
      mark(one, 'title', write ? undefined : this.t('error.notAllowed'));
    }
  }

  private sms(): Action {
    const to = this.field('label.action.to', 'tel');
    const text = this.field('label.action.text', 'text', this.t('label.action.defaultText'));
    return {
      fields: [to, text],
      warning: () =>
        this.t('tip.sms', {
          count: sizeOf(text.value, { encoding: 'auto', transliterate: false }).segments,
          port: this.port,
        }),
      name: this.t('label.action.send'),
      act: async () => {
        const body = { to: to.value, text: text.value };
        const { status } = await askAdmin<{ status: string }>('POST', `${this.path}/sms`, body);
        return this.t(SMS_LABELS[status] ?? 'label.sms.unknown');
      },
    };
  }

  private ussd(): Action {
    const text = this.field('label.action.code', 'text');
    return {
      fields: [text],
      warning: () => this.t('tip.ussd', { port: this.port }),
      name: this.t('label.action.send'),
      act: async () => {
        const body = { text: text.value };
        const { replies } = await askAdmin<{ replies: { text: string }[] }>('POST', `${this.path}/ussd`, body);
        return replies.map((reply) => reply.text).join('\n\n');
      },
    };
  }

  private reset(): Action {
    return {
      fields: [],
      warning: () => this.t('tip.reset', { port: this.port }),
      name: this.t('label.action.resetNow'),
      act: async () => {
        await askAdmin('POST', `${this.path}/reset`);
        return this.t('label.action.resetDone');
      },
    };
  }

  private open(action: Action): void {
    const warning = make('p');
    const confirm = button(action.name, () => undefined);
    confirm.type = 'submit';
    const cancel = button(this.t('label.action.cancel'), () => this.close());
    const rows = action.fields.map((field) => make('label', '', make('span', '', field.title), field));
    this.form.replaceChildren(...rows, warning, make('div', 'dinstar-buttons', confirm, cancel));
    const warn = (): void => say(warning, action.warning());
    this.form.oninput = warn;
    this.form.onsubmit = (event) => {
      event.preventDefault();
      void this.run(action, confirm);
    };
    warn();
    say(this.result, '');
    (action.fields[0] ?? confirm).focus();
  }

  private close(): void {
    this.form.replaceChildren();
    this.buttons[0]?.focus();
  }

  private async run({ act, fields }: Action, confirm: HTMLButtonElement): Promise<void> {
    const empty = fields.find(({ value }) => value.trim() === '');
    if (empty) return empty.focus();
    confirm.disabled = true;
    mark(this.result, 'data-level', undefined);
    say(this.result, this.t('label.action.working'));
    try {
      say(this.result, await act());
      if (fields.length === 0) this.close();
    } catch (error) {
      const { code, field, message } = error instanceof AdminError ? error : new AdminError('GATEWAY_ERROR', '');
      mark(this.result, 'data-level', 'bad');
      // Why an input is wrong is said in the runtime's own words; they name the field.
      say(this.result, code === 'INVALID_INPUT' && field !== undefined ? message : problem(this.t, code));
    } finally {
      confirm.disabled = false;
    }
  }

  private field(label: string, type: string, value = ''): HTMLInputElement {
    const input = make('input');
    input.type = type;
    input.value = value;
    input.title = this.t(label);
    input.autocomplete = 'off';
    return input;
  }
}
