/** What an STK view asks for (manual 13.3). */
export const inputType = {
  display: 0,
  desktop: 1,
  select: 2,
  yesNo: 3,
  digit: 4,
  character: 5,
  digits: 8,
  hiddenDigits: 9,
  characters: 10,
  hiddenCharacters: 11,
  locked: 12,
} as const;

/** One screen of the SIM's menu: a list leads on by item, an input by its answer. */
export interface StkScreen {
  readonly title: string;
  readonly text: string;
  readonly input_type: number;
  readonly items?: readonly { readonly name: string; readonly leadsTo: StkScreen }[];
}

const input = (title: string, text: string, input_type: number): StkScreen => ({ title, text, input_type });

const inputs: StkScreen = {
  title: 'Inputs',
  text: '',
  input_type: inputType.select,
  items: [
    { name: 'Yes or no', leadsTo: input('Roaming', 'Allow roaming?', inputType.yesNo) },
    { name: 'One digit', leadsTo: input('Rating', 'Rate us, 0 to 9', inputType.digit) },
    { name: 'One character', leadsTo: input('Initial', 'Your initial', inputType.character) },
    { name: 'Digits', leadsTo: input('Top up', 'Amount', inputType.digits) },
    { name: 'Hidden digits', leadsTo: input('Voucher', 'Voucher code', inputType.hiddenDigits) },
    { name: 'Characters', leadsTo: input('Name', 'Your name', inputType.characters) },
    { name: 'Hidden characters', leadsTo: input('Password', 'Your password', inputType.hiddenCharacters) },
  ],
};

/** The SIM's desktop: every input type of the manual can be reached from here. */
export const desktop: StkScreen = {
  title: '神州行天地',
  text: '',
  input_type: inputType.desktop,
  items: [
    { name: 'Balance', leadsTo: input('Balance', 'Your balance is 12.34 EUR.', inputType.display) },
    { name: 'Inputs', leadsTo: inputs },
    { name: 'Operator menu', leadsTo: input('Operator menu', 'Locked by the operator.', inputType.locked) },
  ],
};

const accepted: Readonly<Record<number, RegExp>> = {
  [inputType.yesNo]: /^(yes|no)$/i,
  [inputType.digit]: /^\d$/,
  [inputType.character]: /^.$/u,
  [inputType.digits]: /^\d+$/,
  [inputType.hiddenDigits]: /^\d+$/,
  [inputType.characters]: /^.+$/u,
  [inputType.hiddenCharacters]: /^.+$/u,
};

/** Whether a screen takes this answer; a screen that asks for nothing takes none. */
export const takes = (screen: StkScreen, param: string): boolean => accepted[screen.input_type]?.test(param) ?? false;

/** Whether a screen waits for an answer in words or digits. */
export const asks = (screen: StkScreen): boolean => accepted[screen.input_type] !== undefined;

/** The screen after an answer; what was typed without echo isn't shown. */
export function thanks(screen: StkScreen, param: string): StkScreen {
  const hidden = screen.input_type === inputType.hiddenDigits || screen.input_type === inputType.hiddenCharacters;
  return input(screen.title, hidden ? 'Thank you.' : `Thank you: ${param}`, inputType.display);
}
