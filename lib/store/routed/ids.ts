/** Above every id that a store in a file gives out: where those in memory begin. */
export const FIRST_MEMORY_ID = 2 ** 51;

/** Above every id that is given out in memory: where those in a database begin. An id tells where an SMS is. */
export const FIRST_DATABASE_ID = 2 ** 52;
