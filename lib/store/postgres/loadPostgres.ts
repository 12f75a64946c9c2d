/** The store on PostgreSQL, required late: few have need of it (decision 69). */
export const loadPostgres = (): typeof import('.') => require('.') as typeof import('.');
