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
  const state = port.stuck ? 'STUCK' : port.blocked ? 'BLOCKED' : port.sending ? 'SENDING' : port.reg;
  const tone = { REGISTER_OK: 'good', SENDING: '', SEARCHING_NETWORK: '' }[state] ?? 'bad';
  card.append(row('Port ' + port.port, state, 'state ' + tone));
  const meter = make('meter');
  Object.assign(meter, { min: 0, max: 31, low: 8, high: 14, optimum: 31, value: port.signal });
  meter.title = 'Signal ' + port.signal + ' of 31';
  card.append(make('div', 'soft', port.operator ? port.operator + ' · ' + port.number : 'no SIM'), meter);
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
  const select = el('port');
  if (select.options.length === ports.length) return;
  select.replaceChildren(...ports.map(({ port }) => new Option(port, port)));
}
function show(state) {
  const summary = [state.sn, state.url, state.accepted + ' SMS accepted', state.queued + ' waiting'];
  summary.push(state.pushUrl ? 'pushes to ' + state.pushUrl : 'no push');
  for (const { fault, path } of state.faults) summary.push('fault: ' + fault + (path ? ' ' + path : ''));
  el('summary').textContent = summary.join(' · ');
  offerPorts(state.ports);
  fill('ports', state.ports.map(portCard), '');
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
el('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  const body = JSON.stringify({ port: Number(el('port').value), number: el('number').value, text: el('text').value });
  try {
    const answer = await fetch('/simulator/incoming', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
    const { error } = await answer.json();
    el('told').textContent = error || '';
    if (!error) el('text').value = '';
  } catch {
    el('told').textContent = 'The gateway does not answer.';
  }
  await refresh();
});
poll();
`;
