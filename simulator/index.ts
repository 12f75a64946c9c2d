export type { Call, Cdr } from './cdr';
export type { Fault, FaultKind } from './Faults';
export type { RebootOptions } from './Gateway';
export type { GsmPort as SimPort, Reg } from './GsmPort';
export { specialNumbers } from './network';
export type { DigestAlgorithm, DigestOptions, SimulatorOptions } from './options';
export type { PushFaults } from './Pusher';
export { type Simulator, startSimulator } from './simulator';
export type { SmsState, SubmittedSms } from './sms';
