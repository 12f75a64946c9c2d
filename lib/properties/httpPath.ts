import { shaped } from './rules';

/** A path of an HTTP server as it is: no parameters or wildcards of Express, no query, nothing that a URL writes otherwise. */
export const httpPath = shaped(/^\/?[\w.~/-]+$/, 'a path of letters, digits and - . _ ~ /');
