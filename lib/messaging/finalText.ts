import { expandTemplate } from '../sms-text';
import type { NewSms } from '../store';

/** Returns the text as the handset shows it. */
export const finalText = ({ text, text_param }: Pick<NewSms, 'text' | 'text_param'>): string =>
  text_param ? expandTemplate(text, text_param) : text;
