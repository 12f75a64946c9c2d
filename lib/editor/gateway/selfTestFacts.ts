import type { SelfTestCheck, SelfTestReport } from '../../admin/selfTest';
import { duration } from '../duration';
import type { Fact, Mark } from '../facts';
import type { EditorNode } from '../red';
import { clockFact } from './connectionTest';
import { problemText } from './problems';

const TEXTS: Record<string, string> = {
  accepted: 'tip.check.accepted',
  sent: 'tip.check.sent',
  reports: 'tip.check.reports',
  pair: 'tip.check.pair',
  extension: 'tip.check.extension',
  emoji: 'tip.check.emoji',
  long: 'tip.check.long',
  once: 'tip.check.once',
  push: 'tip.check.push',
};

/** What may help with a check that isn't good. */
const ADVICE: Record<string, string> = {
  reports: 'tip.check.noReports',
  pair: 'tip.check.noPair',
  push: 'tip.check.noPush',
};
const ARRIVALS = ['pair', 'extension', 'emoji', 'long'];

/** A report as lines: first how it stands, then each check. */
export function reportFacts(node: EditorNode, report: SelfTestReport, now: number): Fact[] {
  return [headFact(node, report, now), ...report.checks.map((check) => checkFact(node, report, check))];
}

function headFact(node: EditorNode, report: SelfTestReport, now: number): Fact {
  const { state, problem, from, to, number, checks } = report;
  const way = node._('tip.selfTest.way', { from, to, number });
  if (problem) return { mark: 'bad', text: problemText(node, problem.code), detail: problem.message };
  if (state === 'aborted') return { mark: 'note', text: node._('tip.selfTest.aborted'), detail: way };
  if (state === 'running') {
    const ago = duration((now - Date.parse(report.started)) / 1000);
    return { mark: 'busy', text: node._('tip.selfTest.running', { ago }), detail: way };
  }
  const has = (wanted: SelfTestCheck['state']): boolean => checks.some((check) => check.state === wanted);
  if (has('bad')) return { mark: 'bad', text: node._('tip.selfTest.bad'), detail: way };
  return { mark: has('note') ? 'note' : 'good', text: node._('tip.selfTest.good'), detail: way };
}

function checkFact(node: EditorNode, { sms }: SelfTestReport, check: SelfTestCheck): Fact {
  const { id, state, count, detail, seconds } = check;
  if (id === 'clock') return clockOf(node, state, seconds);
  const counted = count === undefined ? '' : ` (${node._('tip.selfTest.count', { count, sms })})`;
  const fact: Fact = { mark: state, text: node._(TEXTS[id] ?? 'tip.check.accepted') + counted };
  if (state === 'good' || state === 'open') return fact;
  return { ...fact, detail: explanation(node, id, detail) };
}

function explanation(node: EditorNode, id: string, detail: string | undefined): string {
  const arrived =
    detail !== undefined && ARRIVALS.includes(id) ? node._('tip.check.arrived', { text: detail }) : detail;
  const advice = ADVICE[id];
  return [arrived, advice === undefined ? undefined : node._(advice)].filter((part) => part).join(' ');
}

function clockOf(node: EditorNode, mark: Mark, seconds: number | undefined): Fact {
  if (seconds === undefined) return { mark, text: node._('tip.check.clock') };
  if (mark === 'good') return { mark, text: node._('tip.check.clock') };
  return { ...clockFact(node, seconds), mark, detail: node._('tip.check.timezone') };
}
