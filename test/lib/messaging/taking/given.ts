import { atOnce } from '../../../../lib/concurrency';
import { finalText } from '../../../../lib/messaging/finalText';
import {
  type RawOptions,
  type ValidatedRequest,
  validateRequest,
} from '../../../../lib/messaging/taking/validateRequest';
import { START } from '../../../support/FakeClock';

/** What is taken of an input to `10086` that says "Fire", but for some fields. */
export const validated = (fields: Partial<RawOptions>): ValidatedRequest =>
  atOnce(validateRequest({ to: '10086', text: 'Fire', literal: false, ...fields }, 'keep', START));
/** What each is sent. */
export const said = (fields: Partial<RawOptions>): string[] => validated(fields).sms.map(finalText);
