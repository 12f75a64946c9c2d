/** A SIM card. */
export interface SimCard {
  readonly imsi: string;
  readonly iccid: string;
  number: string;
  readonly operator: string;
  readonly smsc: string;
  /** What is left to send with, in the operator's money. */
  balance: number;
  /** The operator lets it send no longer, or doesn't let it in at all; since when (ms since 1970), and why. */
  barred?: { readonly how: 'sms' | 'network'; readonly at: number; readonly why: string };
}

/** The fictional network 999 70 (999 is the country code for tests, ITU-T E.212). */
export const fictionalNetwork = '99970';

/** What is on a new card. */
export const startBalance = 12.34;

/** Digits of an IMSI. */
const imsiLength = 15;

const operators = ['Fictel', 'Moonphone', 'Paper Mobile'];

/**
 * The card that sits in a slot of a port when the gateway is new.
 * @param network the MCC and MNC of who gave it out
 * @param balance what is on it
 * @param batch a number from 0 to 99,999,999: cards of different batches are different
 */
export function simCardFor(
  port: number,
  slot: number,
  network = fictionalNetwork,
  balance = startBalance,
  batch = 0,
): SimCard {
  const id = String(port).padStart(2, '0');
  const free = imsiLength - network.length - 1 - id.length;
  return {
    imsi: `${network}${slot}${digits(batch, free)}${id}`,
    iccid: `8999970${slot}${digits(batch, 8)}${id}00`,
    number: `999701${slot}00${id}`,
    operator: operators[port % operators.length] ?? 'Fictel',
    smsc: '+99970100500',
    balance,
  };
}

/** The last digits of a number, as many as there is room for. */
const digits = (number: number, room: number): string => String(number).padStart(room, '0').slice(-room);

/** The IMEI of a port's module: 15 digits. */
export const imeiOf = (port: number): string => `3500000000${String(port).padStart(2, '0')}001`;
