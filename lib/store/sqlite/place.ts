import path from 'node:path';

/** The embedded store's file, in the folder that is the package's own in Node-RED's user directory. */
export const storeFileIn = (folder: string): string => path.join(folder, 'messages.sqlite');
