/** A step of a USSD dialogue: what the network says and, in a menu, what each answer leads to. */
export interface UssdStep {
  readonly text: string;
  readonly choices?: Readonly<Record<string, UssdStep>>;
}

const main: UssdStep = {
  text: 'Fictel services\n1 Balance\n2 Data packs\n3 My number\n0 Exit',
  choices: {
    '1': { text: 'Your balance is %balance% EUR.' },
    '2': {
      text: 'Data packs\n1 Day 1.00\n2 Week 5.00\n9 Back',
      choices: {
        '1': { text: 'Day pack booked. Thank you!' },
        '2': { text: 'Week pack booked. Thank you!' },
        get '9'() {
          return main;
        },
      },
    },
    '3': { text: 'Your number is %number%.' },
    '0': { text: 'Goodbye.' },
  },
};

/** The codes the fictional network knows; any other is answered by `unknownCode`. */
export const ussdCodes: Readonly<Record<string, UssdStep>> = {
  '*100#': { text: '%balance text%' },
  '*101#': { text: 'Your number is %number%.' },
  '*125#': main,
};

/** A numbered code such as `*150*17#`: `17` is in what comes back, so that it tells what it belongs to. */
export interface NumberedCode extends UssdStep {
  /** What follows the answer, a little later. */
  readonly second?: string;
  /** What comes instead of an answer, and so late that the session may have been ended. */
  readonly late?: string;
}

/** Reads a numbered code: `*150*n#` is answered, `*151*n#` late, `*152*n#` twice. */
export function numberedCode(code: string): NumberedCode | undefined {
  const [, kind, number] = /^\*15([0-2])\*(\d{1,20})#$/.exec(code) ?? [];
  if (number === undefined) return undefined;
  const text = `Answer ${number}.`;
  if (kind === '1') return { text, late: `Late answer ${number}.` };
  return kind === '2' ? { text, second: `Answer ${number}, once more.` } : { text };
}

/** A text with what is known of the card in its places; `balanceText`: how the operator tells a balance. */
export function filled(text: string, balanceText: string, card: { number: string; balance: number }): string {
  const balance = card.balance.toFixed(2);
  return text
    .replace('%balance text%', () => balanceText)
    .replaceAll('%balance%', balance)
    .replaceAll('%comma%', balance.replace('.', ','))
    .replaceAll('%number%', card.number);
}

/** A code that is never answered. */
export const silentCode = '*199#';

export const unknownCode: UssdStep = { text: 'Invalid MMI code.' };

/** What a menu says to an answer it doesn't offer. */
export const wrongChoice = 'Wrong choice. Try again.';
