/**
 * Asks the runtime where the embedded store keeps messages, and calls `action` when that is memory alone: this Node has no
 * SQLite. No answer, no call: the editor may not know better than the runtime.
 */
export function whenEmbeddedStoreIsMemory(action: () => void): void {
  // Node-RED adds the person's login to jQuery's requests.
  $.getJSON('dinstar/store').done((answer: { embedded?: unknown } | null) => {
    if (answer?.embedded === 'memory') action();
  });
}
