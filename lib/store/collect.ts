/** That SMS to one recipient are collected: after the first, what follows within a time becomes one. Moments go with a step of the clock. */
export interface Collect {
  /** What is collected together. */
  group: string;
  /** How long, in ms, and from when on (ms since 1970). */
  for: number;
  at: number;
  /** Until when what follows is collected; absent = it is the first one, and goes at once. */
  until?: number;
  /** The joint text may be Unicode where that takes no more segments. */
  mayBeUnicode?: true;
}

/** What became of SMS that were collected: all of them have the same. */
export interface Collected {
  /** How many they are, and what they say together. */
  count: number;
  text: string;
  encoding: 'unicode' | 'gsm-7bit';
  /** The one that leaves for all. */
  id: number;
  user_id: number;
  /** Until when what follows is collected (ms since 1970). */
  until: number;
}
