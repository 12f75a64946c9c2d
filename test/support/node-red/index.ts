export { type NodeRedVersion, platform, versions, versionsInTurn } from './platform';
export { type DeployType, type NodeRedOptions, type RunningNodeRed, startNodeRed } from './startNodeRed';
export { type Packed, pack } from './tarball';
export type { Credentials, FlowNode, Install } from './userDir';
