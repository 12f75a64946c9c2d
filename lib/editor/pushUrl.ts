/** What makes up the address that a gateway pushes to. */
export interface PushPlace {
  /** The editor's own address, as the browser has it. */
  editor: { protocol: string; hostname: string; port: string };
  httpNodeRoot: string;
  path: string;
  /** A TCP port of its own; 0 = Node-RED's HTTP server. */
  listen: string;
  /** As the form's field holds it. */
  token: string;
}

/** What the field of a saved credential holds instead of it. */
const SAVED = '__PWRD__';
const THIS_MACHINE_ONLY = /^(localhost|127\..*|\[?::1\]?)$/;

/**
 * The URL to enter in the gateway. A saved token doesn't come back to the browser and neither does the name by which the
 * gateway knows this machine, when the editor is open on that machine itself: `<token>` and `<host>` stand for them.
 */
export function pushUrl({ editor, httpNodeRoot, path, listen, token }: PushPlace): string {
  const host = THIS_MACHINE_ONLY.test(editor.hostname) ? '<host>' : editor.hostname;
  const ownPort = Number(listen) > 0;
  const port = ownPort ? listen.trim() : editor.port;
  const origin = `${ownPort ? 'http:' : editor.protocol}//${host}${port === '' ? '' : `:${port}`}`;
  const parts = [ownPort ? '' : httpNodeRoot, path, token === SAVED ? '<token>' : token];
  return origin + `/${parts.join('/')}`.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}
