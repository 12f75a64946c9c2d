/** Does something when the npm that started this process has ended: a signal sent to it alone isn't handed on, only our parent changes. */
export function whenNpmEnds(action) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    action();
  }, 500).unref();
}
