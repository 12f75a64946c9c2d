export type { Call, Cdr } from './device/CallRecords';
export type { RebootOptions } from './device/Gateway';
export type { GsmPort as SimPort, Reg } from './device/GsmPort';
export type { DigestAlgorithm, DigestOptions, SimulatorOptions } from './device/options';
export type { PushFaults } from './device/Pusher';
export type { SmsState, SubmittedSms } from './device/sms/sms';
export type { Fault, FaultKind } from './http/Faults';
export { specialNumbers } from './network/specialNumbers';
export { type Simulator, startSimulator } from './simulator';
