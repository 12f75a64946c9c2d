/** The page's script; text from the network is only ever set as text. Polls the control API each second. */
export const pageScript = `
const el = (id) => document.getElementById(id);
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}
function row(left, right, rightClass) {
  const top = make('div', 'top');
  top.append(make('strong', '', left), make('span', rightClass, right));
  return top;
}
function portCard(port) {
  const card = make('li');
  const state = port.stuck ? 'STUCK' : port.lying ? 'LYING' : port.barred ? 'BARRED' : port.blocked ? 'BLOCKED' : port.sending ? 'SENDING' : port.reg;
  const tone = { REGISTER_OK: 'good', SENDING: '', SEARCHING_NETWORK: '' }[state] ?? 'bad';
  card.append(row('Port ' + port.port, state, 'state ' + tone));
  const meter = make('meter');
  Object.assign(meter, { min: 0, max: 31, low: 8, high: 14, optimum: 31, value: port.signal });
  meter.title = 'Signal ' + port.signal + ' of 31';
  card.append(make('div', 'soft', port.operator ? port.operator + ' · ' + port.number : 'no SIM'), meter);
  const about = port.slots.length > 1 ? ['slot ' + port.slot] : [];
  if (port.balance !== undefined) about.push('balance ' + port.balance.toFixed(2));
  for (const { count, per, max, value } of port.used || []) about.push(value + ' of ' + max + ' ' + count + ' a ' + per);
  card.append(make('div', 'soft', about.join(' · ')));
  return card;
}
const stateClass = { SENT_OK: 'good', DELIVERED: 'good', FAILED: 'bad', UNDELIVERED: 'bad', LOST: 'bad', STOPPED: 'bad' };
function outgoingCard(sms) {
  const card = make('li');
  const parts = [sms.time, sms.port === undefined ? '' : 'port ' + sms.port, sms.count > 1 ? sms.count + ' segments' : ''];
  card.append(row('to ' + sms.number, sms.state, 'state ' + (stateClass[sms.state] || '')));
  card.append(make('div', 'body', sms.text), make('div', 'soft', parts.filter(Boolean).join(' · ')));
  return card;
}
function incomingCard(sms) {
  const card = make('li');
  card.append(row('from ' + sms.number, '#' + sms.incoming_sms_id, 'soft'));
  card.append(make('div', 'body', sms.text), make('div', 'soft', sms.timestamp + ' · port ' + sms.port));
  return card;
}
function fill(id, cards, empty) {
  el(id).replaceChildren(...(cards.length ? cards : [make('li', 'empty', empty)]));
}
function offerPorts(ports) {
  for (const select of document.querySelectorAll('select.port')) {
    if (select.options.length === ports.length) continue;
    select.replaceChildren(...ports.map(({ port }) => new Option(port, port)));
  }
}
function show(state) {
  const summary = [state.sn, state.url, state.accepted + ' SMS accepted', state.queued + ' waiting'];
  summary.push(state.pushUrl ? 'pushes to ' + state.pushUrl : 'no push');
  if (state.answers) summary.push('answers "' + state.answers + '"');
  for (const { fault, path } of state.faults) summary.push('fault: ' + fault + (path ? ' ' + path : ''));
  el('summary').textContent = summary.join(' · ');
  offerPorts(state.ports);
  fill('ports', state.ports.map(portCard), '');
  el('judgements').hidden = state.operator.log.length === 0;
  fill('log', state.operator.log.map(({ time, text }) => row(text, time, 'soft')), '');
  fill('outgoing', state.outgoing.map(outgoingCard), 'Nothing yet.');
  fill('incoming', state.incoming.map(incomingCard), 'Nothing yet.');
}
let last = '';
async function refresh() {
  try {
    const text = await (await fetch('/simulator/state')).text();
    if (text !== last) show(JSON.parse(text));
    last = text;
  } catch {
    last = '';
    el('summary').textContent = 'The gateway does not answer.';
  }
}
async function poll() {
  await refresh();
  setTimeout(poll, 1000);
}
function valueOf(field) {
  if (field.type === 'checkbox') return field.checked;
  if (field.dataset.kind === 'boolean') return field.value === 'true';
  if (field.dataset.kind === 'json') return JSON.parse(field.value);
  return field.type === 'number' || field.dataset.kind === 'number' ? Number(field.value) : field.value;
}
function bodyOf(form, submitter) {
  const body = {};
  for (const field of form.elements) {
    // An empty number means nothing, as what may be left out; an empty text is one.
    const isLeftOut = field.value === '' && (field.type === 'number' || 'optional' in field.dataset);
    if (field.name && field.tagName !== 'BUTTON' && !isLeftOut) body[field.name] = valueOf(field);
  }
  if (submitter && submitter.name) body[submitter.name] = submitter.value;
  return body;
}
document.addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = event.target;
  const told = form.querySelector('output');
  const body = JSON.stringify(bodyOf(form, event.submitter));
  try {
    const answer = await fetch('/simulator/' + form.dataset.command, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const { error } = await answer.json();
    told.textContent = error || 'Done.';
    told.className = error ? '' : 'good';
    if (!error) for (const field of form.querySelectorAll('[data-once]')) field.value = '';
  } catch {
    told.textContent = 'The gateway does not answer.';
    told.className = '';
  }
  await refresh();
});
poll();
`;
