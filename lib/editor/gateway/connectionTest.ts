import type { ConnectionFound } from '../../admin/answers';
import { askAdmin } from '../admin';
import { countryName } from '../checks/country';
import { duration } from '../duration';
import type { Form } from '../Form';
import type { Fact } from '../facts';
import type { EditorNode } from '../red';
import { markWords, showFacts } from '../showFacts';
import { problemFact } from './problems';

const FIELDS = ['url', 'auth', 'timezone', 'timeout', 'tls', 'username', 'password'];
const SWITCHES = ['oldTls', 'lenientHttp'];
const LOGINS = { none: 'tip.test.none', basic: 'tip.test.basic', digest: 'tip.test.digest' };
/** Seconds: the gateway's time is told in whole ones, and the question takes a moment. */
const CLOCK_TOLERANCE_S = 3;

/** The button "Test connection": tries what the dialog says, saved or not, and shows what the gateway tells. */
export function offerConnectionTest(node: EditorNode, form: Form): void {
  const button = form.find('.dinstar-test');
  const result = form.find('.dinstar-test-result');
  button.on('click', async () => {
    button.prop('disabled', true);
    showFacts(result, [{ mark: 'busy', text: node._('tip.test.asking') }], markWords(node));
    const facts = await askWith(node, form);
    button.prop('disabled', false);
    showFacts(result, facts, markWords(node));
  });
  // What was found out holds for what was typed then.
  for (const field of [...FIELDS, ...SWITCHES]) form.field(field).on('change', () => result.empty());
}

async function askWith(node: EditorNode, form: Form): Promise<Fact[]> {
  // The password as it is typed; of a saved one the field holds a placeholder.
  const fields = FIELDS.map((field): [string, string] => [field, String(form.field(field).val() ?? '')]);
  fields.push(...SWITCHES.map((field): [string, string] => [field, form.read(node, field)]));
  try {
    return factsOf(
      node,
      await askAdmin<ConnectionFound>('POST', 'connection', { id: node.id, ...Object.fromEntries(fields) }),
    );
  } catch (error) {
    return [problemFact(node, error)];
  }
}

function factsOf(node: EditorNode, found: ConnectionFound): Fact[] {
  const { login, sn, ports, registered } = found;
  const serial: Fact =
    sn === undefined
      ? { mark: 'open', text: node._('tip.test.noSn') }
      : { mark: 'good', text: node._('tip.test.sn', { sn }) };
  return [
    { mark: 'good', text: node._(LOGINS[login]) },
    serial,
    { mark: registered > 0 ? 'good' : 'note', text: node._('tip.test.ports', { ports, registered }) },
    countryFact(node, found.country),
    clockFact(node, found.clockAhead),
    ...recordFacts(node, found.clocks),
  ];
}

/** Seconds: what a record tells is a few seconds old when it comes. */
const RECORD_CLOCK_TOLERANCE_S = 60;

/** What the times of its records have told: the device's of results and calls, the network's of SMS and reports. */
function recordFacts(node: EditorNode, { device, network }: ConnectionFound['clocks'] = {}): Fact[] {
  const fact = (key: string, ahead: number | undefined): Fact[] => {
    if (ahead === undefined) return [];
    const isSame = Math.abs(ahead) <= RECORD_CLOCK_TOLERANCE_S;
    const words = { difference: duration(ahead) };
    const clock = isSame ? 'tip.test.asHere' : ahead > 0 ? 'tip.test.ahead' : 'tip.test.behind';
    return [{ mark: isSame ? 'good' : 'note', text: node._(key, { clock: node._(clock, words) }) }];
  };
  return [...fact('tip.test.deviceClock', device), ...fact('tip.test.networkClock', network)];
}

function countryFact(node: EditorNode, country: string | undefined): Fact {
  if (country === undefined) return { mark: 'open', text: node._('tip.test.noCountry') };
  const name = countryName(country, RED.i18n.lang()) ?? country;
  return { mark: 'good', text: node._('tip.test.country', { country: `${name} (${country})` }) };
}

/** By how many seconds a gateway's clock is ahead, in words; undefined = it isn't known. */
export function clockFact(node: EditorNode, ahead: number | undefined): Fact {
  if (ahead === undefined) return { mark: 'open', text: node._('tip.test.noClock') };
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_S) return { mark: 'good', text: node._('tip.test.sameClock') };
  const difference = { difference: duration(ahead) };
  return { mark: 'note', text: node._(ahead > 0 ? 'tip.test.clockAhead' : 'tip.test.clockBehind', difference) };
}
