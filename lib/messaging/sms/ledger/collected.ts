import type { StoredSms } from '../../../store';

/** What an SMS is when it leaves: of several that have become one, their joint text. */
export function asSent(sms: StoredSms): StoredSms {
  const { collected, text_param: _filled, ...rest } = sms;
  if (!collected) return sms;
  return { ...rest, collected, text: collected.text, encoding: collected.encoding };
}

/** Whether it goes with another SMS. */
export const isCarried = ({ id, collected }: StoredSms): boolean => collected !== undefined && collected.id !== id;

/** Whether it is collected with what came before it. */
export const isFollower = ({ collect }: Pick<StoredSms, 'collect'>): boolean => collect?.until !== undefined;
