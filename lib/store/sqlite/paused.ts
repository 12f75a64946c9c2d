/** What a column `paused` of an input says: its SMS are held, and may go on or not. */
export const RUNS = 0;
export const PAUSED = 1;
export const STOPPED = 2;

/** What was said last of what comes later under a job's name, or from a node. */
export const PAUSE = 'SELECT paused, place FROM pauses WHERE gateway = ? AND kind = ? AND name = ?';
