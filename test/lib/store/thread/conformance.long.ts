import { describeThreaded } from './threaded';

describeThreaded({ runs: 1000 });
