import { describeThreaded } from './threaded';

// What lies behind the thread is tried without it, and all of it with it in the long test.
describeThreaded({ runs: 8, isWay: true });
