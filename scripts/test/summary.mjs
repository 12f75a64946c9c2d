/** Prints how it went; a check that fails counts as one failure, so that "0 failed" is said only when all is well. Answers whether it is. */
export function summarize(results) {
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log('\n== summary');
  for (const { name, ok, passed, failed, reasons } of results) {
    const counts = passed + failed > 0 ? `: ${passed} passed, ${failed} failed` : '';
    console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}${counts}`);
    for (const reason of reasons) console.log(`       ${reason.split('\n')[0]}`);
  }
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  return results.every(({ ok }) => ok);
}
