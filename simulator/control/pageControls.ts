import { faultKinds } from '../http/Faults';
import { ruleWords } from '../network/operator/rules';
import { speeds } from '../network/pace';

/** What a port can be told, by its word in the control API, as the buttons say it. */
const portButtons: Readonly<Record<string, string>> = {
  loseSim: 'Take the SIM out',
  insertSim: 'Put the SIM in',
  unregister: 'Lose the network',
  register: 'Register',
  powerOff: 'Switch off',
  powerOn: 'Switch on',
  reset: 'Reset',
  block: 'Block the SIM',
  unblock: 'Unblock it',
  bar: 'Bar the card',
  unbar: 'Let it send again',
  stick: 'Get stuck',
  unstick: 'Come unstuck',
  lie: 'Lie: tell of all SMS that they arrived',
  beHonest: 'Be honest again',
};

const options = (words: readonly string[]): string => words.map((word) => `<option>${word}</option>`).join('');
const port = '<label>Port <select name="port" class="port" data-kind="number" required></select></label>';
const number = '<label>Number <input name="number" value="99970200011" pattern="\\+?[0-9]{1,24}" required></label>';

/** A form whose fields become the body of POST /simulator/<command>. */
const form = (command: string, fields: string, button: string): string =>
  `<form data-command="${command}">${fields}<button>${button}</button><output></output></form>`;

/** Forms and buttons for all that the control API can do but an incoming SMS, which has its own place. */
export const pageControls = `<details>
<summary>Let something happen</summary>
<div class="controls">
<section aria-label="A port"><h3>A port</h3>
<form data-command="port">${port}
<div class="buttons">${Object.entries(portButtons)
  .map(([action, text]) => `<button name="action" value="${action}">${text}</button>`)
  .join('')}</div>
<label>Signal, 0 to 31 <input name="signal" type="number" min="0" max="31" value="5"></label>
<button name="action" value="signal">Set the signal</button>
<label>Balance <input name="balance" type="number" step="0.01" value="0"></label>
<button name="action" value="balance">Set the balance</button>
<label>Slot, 0 to 3 <input name="slot" type="number" min="0" max="3" value="1"></label>
<button name="action" value="slot">Use this slot</button>
<label>Port <select name="to" class="port" data-kind="number"></select></label>
<button name="action" value="moveSim">Move the card there</button>
<output></output></form>
</section>
<section aria-label="The network"><h3>The network</h3>
${form('ussd', `${port}<label class="wide">Text <input name="text" value="Your credit is low." required></label>`, 'Send a USSD text unasked')}
${form('call', `${port}${number}<input type="hidden" name="missed" value="true" data-kind="boolean">`, 'Let a call be missed')}
${form('answers', '<label class="wide">Whoever gets an SMS answers, empty = nobody <input name="text" value="OK, got it."></label>', 'Answer by itself')}
</section>
<section aria-label="The operator"><h3>The operator</h3>
${form('operator/rule', `<label>Each card at most <input name="max" type="number" min="0" value="3" required></label><label>of <select name="count">${options(ruleWords.count)}</select></label><label>a <select name="per">${options(ruleWords.per)}</select></label><label>window <select name="window">${options([...ruleWords.window].reverse())}</select></label><label>Zone, empty = this machine's <input name="zone" data-optional placeholder="Europe/Vienna"></label>`, 'Bar what sends more')}
${form('operator', '<label>A segment costs <input name="price" type="number" min="0" step="0.01" value="0.09"></label><label>A barred card <select name="bars"><option value="sms">sends no SMS</option><option value="network">loses the network</option></select></label>', 'Set the terms')}
${form('operator', '<input type="hidden" name="rules" value="[]" data-kind="json">', 'End all rules')}
</section>
<section aria-label="The gateway"><h3>The gateway</h3>
${form(
  'fault',
  `<label>Fault <select name="fault">${options(faultKinds)}</select></label><label>Times, empty = until cleared <input name="times" type="number" min="1" data-kind="number" value="1"></label><label>ms, of slow and refuse <input name="ms" type="number" min="0" data-kind="number" value="5000"></label><label>Only this path <input name="path" data-optional placeholder="/api/send_sms"></label>`,
  'Let requests fail',
)}
${form('faults/clear', '', 'Clear all faults')}
${form(
  'reboot',
  '<label>Seconds <input name="seconds" type="number" min="0" data-kind="number" value="20"></label><label><input name="losesQueue" type="checkbox" checked> loses its queue</label><label><input name="idsStartAgain" type="checkbox"> ids start again</label><label><input name="losesRecords" type="checkbox"> loses its records</label>',
  'Reboot',
)}
${form('push', '<label class="wide">Pushes go to, on this machine; empty = nowhere <input name="url" placeholder="http://127.0.0.1:1880/dinstar/push"></label>', 'Set the push address')}
${form('speed', `<label>Speed <select name="speed">${options(speeds)}</select></label>`, 'Set the speed')}
${form('clocks', '<label>Device ahead, seconds <input name="device" type="number" value="0" data-kind="number"></label><label>Network ahead <input name="network" type="number" value="0" data-kind="number"></label>', 'Set clocks')}
  ${form('pushFaults', '<label>Lost, 0 to 1 <input name="lose" type="number" min="0" max="1" step="0.1" value="0" data-kind="number"></label><label>Doubled <input name="double" type="number" min="0" max="1" step="0.1" value="0" data-kind="number"></label><label>Late <input name="reorder" type="number" min="0" max="1" step="0.1" value="0" data-kind="number"></label>', 'Spoil pushes')}
${form('incoming/delete', '', 'Delete all incoming SMS')}
${form('incoming/restart', '', 'Start incoming ids again at 1')}
</section>
</div>
</details>`;
