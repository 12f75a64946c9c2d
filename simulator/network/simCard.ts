/** A SIM card. */
export interface SimCard {
  readonly imsi: string;
  readonly iccid: string;
  number: string;
  readonly operator: string;
  readonly smsc: string;
}

/** The fictional network 999 70 (999 is the country code for tests, ITU-T E.212). */
export const fictionalNetwork = '99970';

/** Digits of an IMSI. */
const imsiLength = 15;

const operators = ['Fictel', 'Moonphone', 'Paper Mobile'];

/** The card that sits in a slot of a port when the gateway is new; `network`: the MCC and MNC of who gave it out. */
export function simCardFor(port: number, slot: number, network = fictionalNetwork): SimCard {
  const id = String(port).padStart(2, '0');
  return {
    imsi: `${network}${slot}${id.padStart(imsiLength - network.length - 1, '0')}`,
    iccid: `8999970${slot}00000000${id}00`,
    number: `999701${slot}00${id}`,
    operator: operators[port % operators.length] ?? 'Fictel',
    smsc: '+99970100500',
  };
}

/** The IMEI of a port's module: 15 digits. */
export const imeiOf = (port: number): string => `3500000000${String(port).padStart(2, '0')}001`;
