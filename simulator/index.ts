export type { Call, Cdr } from './cdr';
export type { Fault, FaultKind } from './faults';
export type { RebootOptions } from './gateway';
export type { GsmPort as SimPort, Reg } from './gsm-port';
export { specialNumbers } from './network';
export type { DigestAlgorithm, DigestOptions, SimulatorOptions } from './options';
export type { PushFaults } from './push';
export { type Simulator, startSimulator } from './simulator';
export type { SmsState, SubmittedSms } from './sms';
