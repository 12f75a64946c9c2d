/** A step of a USSD dialogue: what the network says and, in a menu, what each answer leads to. */
export interface UssdStep {
  readonly text: string;
  readonly choices?: Readonly<Record<string, UssdStep>>;
}

const main: UssdStep = {
  text: 'Fictel services\n1 Balance\n2 Data packs\n3 My number\n0 Exit',
  choices: {
    '1': { text: 'Your balance is 12.34 EUR.' },
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
  '*100#': { text: 'Your balance is 12.34 EUR. Valid until 2031-12-31.' },
  '*101#': { text: 'Your number is %number%.' },
  '*125#': main,
};

/** A code that is never answered. */
export const silentCode = '*199#';

export const unknownCode: UssdStep = { text: 'Invalid MMI code.' };

/** What a menu says to an answer it doesn't offer. */
export const wrongChoice = 'Wrong choice. Try again.';
