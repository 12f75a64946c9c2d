import { describeStore } from './conformance';
import { NaiveStore } from './NaiveStore';

// The random runs take the naive store's word, so its own word is checked by the same sentences.
describeStore('the naive one that others are compared with', async (random) => new NaiveStore(random), { runs: 1 });
