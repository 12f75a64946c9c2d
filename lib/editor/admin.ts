/** What an admin request failed with: the runtime's error codes, `NOT_ALLOWED` without the permission, `NO_ANSWER` offline. */
export class AdminError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly field?: string,
  ) {
    super(message);
  }
}

/**
 * Asks our own part of the editor's API, `dinstar/admin/<path>` below wherever the editor lies. jQuery adds the session's
 * token, but only to relative addresses. Rejects with an {@link AdminError}.
 */
export function askAdmin<T>(method: 'GET' | 'POST', path: string, body: object = {}): Promise<T> {
  const sent = method === 'POST' ? { contentType: 'application/json', data: JSON.stringify(body) } : {};
  return new Promise((resolve, reject) => {
    $.ajax({ url: `dinstar/admin/${path}`, method, dataType: 'json', cache: true, ...sent }).then(resolve, (failed) =>
      reject(errorOf(failed)),
    );
  });
}

function errorOf({ status, statusText, responseJSON }: JQuery.jqXHR): AdminError {
  const { code, message, field } = (responseJSON ?? {}) as { code?: string; message?: string; field?: string };
  if (code !== undefined) return new AdminError(code, message ?? code, field);
  if (status === 0) return new AdminError('NO_ANSWER', statusText);
  return new AdminError(status === 401 || status === 403 ? 'NOT_ALLOWED' : 'NO_ANSWER', `${status} ${statusText}`);
}
