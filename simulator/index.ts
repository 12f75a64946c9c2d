export type { Simulator } from './control/simulator';
export type { RebootOptions } from './device/Gateway';
export type { DigestAlgorithm, SimulatorOptions } from './device/options';
export type { SubmittedSms } from './device/sms/sms';
export type { FaultKind } from './http/Faults';
export { startSimulator } from './startSimulator';
