import { type Bound, brief, code, deploy, editor, flow, GATEWAY, gateway, LISTENERS, NODE, push } from './bound';
import { MESSAGING_BOUNDS } from './messagingBounds';

/** Everything that can grow and outlives a call, found by {@link ../support/bounds/collections.ts}; OldestOut is bounded by itself. */
export const BOUNDS: Readonly<Record<string, Readonly<Record<string, Bound>>>> = {
  'lib/concurrency/KeyedMutex.ts': {
    'KeyedMutex.byKey': code('one a key in use', 'a key that nobody is at is forgotten'),
  },
  'lib/concurrency/Ongoing.ts': {
    'Ongoing.pieces': flow('one for each piece under way', 'gone with the piece'),
    'Ongoing.waiting': code('one a close of a node', 'gone when nothing is under way'),
  },
  'lib/concurrency/Semaphore.ts': {
    'Semaphore.#queue': flow('`most`, as each user says', 'who comes then is turned away'),
  },
  'lib/concurrency/Gatherer.ts': {
    'Gatherer.waiting': flow('what has come since the last turn of the event loop', 'begun in the next ones'),
  },
  'lib/concurrency/Pace.ts': {
    'Pace.waiting': flow('what comes in a burst', 'begun in the next turns of the event loop'),
  },
  'lib/concurrency/Piece.ts': { 'Piece.own': flow('who listens for its end', 'gone with the piece') },
  'lib/concurrency/steps.ts': { 'OneStep.value': brief('64 items') },
  'lib/concurrency/Batcher.ts': { 'Batcher.items': flow('what is asked in one go', 'done at its end') },

  'lib/gateway-api/Connections.ts': {
    'Connections.agent': code('`maxSockets` sockets', 'the agent opens no more'),
    'Connections.#idleSince': code('`maxSockets`', 'one a socket, gone with it'),
    'Connections.#watched': code('`maxSockets`', 'weak'),
    'Connections.#keptSince': code('`maxSockets`', 'weak'),
  },
  'lib/gateway-api/ResettableAgent.ts': { 'ResettableAgent.#below': code('`maxSockets`', 'weak') },
  'lib/gateway-api/ApiSession.ts': {
    'ApiSession.#places': flow('what the line lets through', 'the line bounds what waits for a gateway'),
  },
  'lib/gateway-api/KeptAnswer.ts': { 'KeptAnswer.#body': brief('512 KB of an answer') },
  'lib/gateway-api/keys.ts': {
    spellings: code('one a list of keys in the sources', 'weak; a list that is made for one call goes with it'),
  },
  'lib/gateway-api/Lockout.ts': { 'Lockout.#worked': code(64, 'paths of the API, counted') },
  'lib/gateway-api/AnswerMask.ts': {
    'AnswerMask.#proofs': code(32, 'two for each of the last 16 requests, the oldest goes'),
  },
  'lib/gateway-api/tolerantJson.ts': { 'mend.pieces': brief('one a piece of an answer of 512 KB') },
  'lib/gateway-api/wholeRecords.ts': { 'Walk.rows': brief('10,000 of an answer of 512 KB') },
  'lib/gateway-api/meaningOf.ts': { tables: code('one a table of the manual', 'all stand in the sources') },

  ...MESSAGING_BOUNDS,

  'lib/numbers/zones.ts': { byCountry: code('one for each country', 'made once') },
  'lib/numbers/countries.ts': { byMcc: code('one for each country code', 'made once') },

  'lib/runtime/CurrentNodes.ts': { 'CurrentNodes.byId': deploy(NODE, 'gone when it is removed') },
  'lib/runtime/deletedNodes.ts': {
    'idsOfNodes.nodes': deploy(NODE, 'read at a start of the flows'),
    'idsOfOurs.nodes': deploy(NODE, 'read with a heartbeat'),
  },
  'lib/runtime/flowStops.ts': { afterStart: code('one for each runtime', 'there is one') },
  'lib/runtime/namedField.ts': { sources: deploy(NODE, 'weak') },
  'lib/runtime/emitting/emitByItself.ts': {
    'EmittingNode.ending': deploy('one for each gateway that is left', 'gone when it has ended'),
  },
  'lib/runtime/admin/PortList.ts': {
    'PortList.known': editor('gateway nodes of the last 5 s', 'older ones go with the next question'),
  },
  'lib/runtime/admin/routes.ts': { known: code('one for each Node-RED', 'weak') },
  'lib/runtime/admin/connection/connectionTestRequest.ts': { 'readConnectionTestRequest.hidden': brief('one a field') },
  'lib/runtime/sidebar/Sidebar.ts': {
    'Sidebar.records': deploy(GATEWAY, 'gone after the deploy that removes it'),
    'Sidebar.watches': deploy(GATEWAY, 'only while somebody looks'),
    'Sidebar.sent': editor('one a lease', 'gone when nobody looks'),
  },
  'lib/runtime/sidebar/GatewayRecord.ts': {
    'GatewayRecord.ports': gateway(32, 'ports 0 to 31'),
    'GatewayRecord.registered': push(32, 'ports 0 to 31'),
  },
  'lib/messaging/sharing/Claims.ts': {
    'Claims.fenced': deploy(GATEWAY, 'replaced whole'),
    'Claims.split': deploy(GATEWAY, 'replaced whole'),
  },
  'lib/messaging/sharing/OtherMachines.ts': {
    'OtherMachines.all': deploy('one for each machine', 'replaced whole with each heartbeat'),
    'OtherMachines.serials': deploy(GATEWAY, 'of gateway nodes that this machine has'),
  },
  'lib/messaging/sharing/Questions.ts': {
    'Questions.open': flow('what is asked of other machines', 'each ends within 30 s'),
  },
  'lib/machines/HeldLeases.ts': { 'HeldLeases.byGroup': deploy(GATEWAY, 'dropped when they end') },
  'lib/machines/Letters.ts': { 'Letters.lookNow.done': brief('the letters of one look, 256 and those that fail') },
  'lib/machines/Machine.ts': {
    'Machine.wanted': deploy(GATEWAY, 'replaced whole'),
    'Machine.free': deploy(GATEWAY, 'those that are wanted'),
    'Machine.givingBack': deploy(GATEWAY, 'until they are given back'),
  },
  'lib/runtime/sidebar/Leases.ts': {
    'Leases.byTicket': editor(50, 'of one user; the oldest ends. All end after 45 s'),
  },
  'lib/runtime/sidebar/Minutes.ts': { 'Minutes.rings': code('three of 30 numbers', 'rings') },
  'lib/runtime/sidebar/PortWatch.ts': { 'PortWatch.end': code(LISTENERS, 'one question at a time') },
  'lib/runtime/sidebar/Recent.ts': { 'Recent.all': push(12, 'the newest 8 SMS and 12 events, their texts cut') },
  'lib/runtime/gateways/GatewayNode.ts': {
    'GatewayNode.tls': deploy('one TLS node’s options', 'read once'),
    'GatewayNode.settings': deploy('one node’s properties', 'read once'),
  },
  'lib/runtime/gateways/GatewayNodes.ts': {
    'GatewayNodes.byId': deploy(GATEWAY, 'gone when it is removed'),
    'GatewayNodes.inOrder': deploy(GATEWAY, 'made anew when one comes or goes'),
    'GatewayNodes.logins': deploy(GATEWAY, 'made anew when one comes or goes'),
    'GatewayNodes.words': deploy('two a gateway node', 'gone with the turn of the event loop'),
  },
  'lib/runtime/gateways/GatewaySubscriptions.ts': {
    'GatewaySubscriptions.all': deploy(NODE, 'they leave when they end'),
  },
  'lib/runtime/gateways/Simulators.ts': {
    'Simulators.running': editor('one a name in use', 'others end with the trial'),
  },
  'lib/runtime/gateways/OutageReporter.ts': {
    'OutageReporter.said': code('one a code of an error', 'all stand in the sources'),
  },
  'lib/runtime/push/body.ts': { 'collect.chunks': brief('the receiver’s limit of a body') },
  'lib/runtime/http/openEndpoint.ts': { paths: deploy(NODE, 'gone when it closes') },
  'lib/runtime/push/PushesUnderWay.ts': { 'PushesUnderWay.turns': push(1024, 'who comes then is answered 503') },
  'lib/runtime/push/PushRouter.ts': { 'PushRouter.receivers': deploy(NODE, 'they leave when they close') },
  'lib/runtime/saved/untold.ts': { hiddenOf: deploy(NODE, 'weak; one a property') },
  'lib/runtime/saved/readSaved.ts': {
    'readSaved.problems': brief('one a property'),
    'writtenOf.found': brief('one node'),
  },
  'lib/runtime/sms/Intake.ts': {
    'Intake.byGateway': deploy(GATEWAY, 'gone when none of its inputs is being taken'),
    'Intake.inOrder': flow('inputs that wait for a gateway’s queue', 'gone when the gateway node has started'),
  },
  'lib/runtime/sms/InputsOfGateway.ts': {
    'InputsOfGateway.inputs': flow('inputs that are being taken', 'gone when each is kept or refused'),
    'InputsOfGateway.notBegun': flow('what comes in a burst', 'begun in the next turns of the event loop'),
    'InputsOfGateway.waiting': deploy('one an end of the gateway node', 'gone when nothing is being taken'),
  },
  'lib/runtime/typedInput.ts': { sortedOf: deploy(NODE, 'weak') },
  'lib/runtime/sms/SmsStatus.ts': {
    'SmsStatus.open': deploy(GATEWAY, 'gone with its last open input'),
    'SmsStatus.troubled': deploy(GATEWAY, 'gone with the next good outcome, or the node'),
    'SmsStatus.limited': deploy(GATEWAY, 'gone when nothing is held any more, or with the node'),
  },
  'lib/runtime/sms/PendingInputs.ts': {
    'PendingInputs.open': flow('one for each open input', 'gone when its outcome has left, after `wait` at the latest'),
    'PendingInputs.outputsOf': deploy(NODE, 'gone when it is removed'),
  },
  'lib/runtime/sms/ProgressTeller.ts': {
    'ProgressTeller.tracked': flow('jobs of a node that are told of', 'gone when all of them is final'),
  },
  'lib/runtime/Users.ts': { 'Users.byConfig': deploy(NODE, 'they leave when they close') },
  'lib/runtime/stores/DifferentNodes.ts': { 'DifferentNodes.shown': deploy(NODE, 'replaced whole') },
  'lib/runtime/stores/SharedDatabase.ts': {
    'SharedDatabase.users': deploy('one for each store node', 'gone with the node'),
  },
  'lib/runtime/stores/StoreNodes.ts': { 'StoreNodes.byId': deploy(NODE, 'gone when it is removed') },
  'lib/sms-text/gsm7.ts': { SEPTETS: code(65_536, 'made once') },

  'lib/store/memory/GatewayShelf.ts': {
    'GatewayShelf.portSetCounts': flow('those of the SMS that wait', 'gone with the last of a port set'),
  },
  'lib/store/memory/InputShelf.ts': {
    'GatewayInputs.claims': flow('those of `#inputs`', 'forgotten with the input'),
    'InputShelf.inputs': flow('open ones and 20,000 finished ones', 'the oldest finished ones are forgotten'),
    'InputShelf.byGateway': flow('those of `#inputs`', 'forgotten with the last input'),
    'InputShelf.duplicates': flow('those of `#inputs`', 'forgotten with the input'),
    'InputShelf.jobsByGateway': deploy(GATEWAY, 'that has had SMS'),
  },
  'lib/store/memory/JobShelf.ts': {
    'JobShelf.inputs': flow('those of `InputShelf`', 'forgotten with the input'),
    'JobShelf.pauses': flow('names that a command has paused', 'gone when they are resumed, or with a job of its own'),
    'JobShelf.nodes': deploy(NODE, 'gone when it is resumed'),
  },
  'lib/store/memory/MemoryStore.ts': {
    'MemoryStore.commands': flow('commands under way', 'gone with the command'),
    'MemoryStore.keys': flow('inputs with a key that are being taken', 'gone when they are taken'),
  },
  'lib/store/memory/OrderedSet.ts': { 'OrderedSet.chunks': flow('what waits for its time', 'those of `Shelves`') },
  'lib/store/memory/OrderedSets.ts': {
    'OrderedSets.sets': flow('what waits for its time', 'an empty one is forgotten'),
  },
  'lib/store/memory/Shelves.ts': {
    'Shelves.notes': deploy('a few for each node', 'each bounded by who writes it'),
    'Shelves.sms': flow('those of the inputs', 'forgotten with the input'),
    'Shelves.arriving': flow('SMS of inputs that are being taken', 'gone when they are in their places'),
    'Shelves.claims': flow('inputs that are being taken', 'gone when they are taken or refused'),
    'Shelves.byGateway': deploy(GATEWAY, 'that has had SMS'),
  },
  'lib/store/memory/SubmissionShelf.ts': {
    'SubmissionShelf.begun': flow('those of the SMS', 'forgotten with the SMS'),
    'SubmissionShelf.unsettledSms': flow('one for each request in doubt', 'gone when it is settled'),
  },
  'lib/store/memory/UsageShelf.ts': {
    'UsageShelf.counters': flow('a few for each SIM card, 60 parts each', 'forgotten a week after their end'),
    'UsageShelf.byRecipient': flow('different recipients of the longest period', 'forgotten a week after its end'),
  },
  'lib/store/memory/WaitingQueues.ts': {
    'WaitingQueues.priorities': flow('those of the SMS that wait', 'gone with the SMS'),
  },
  'lib/store/UsedIds.ts': { 'UsedIds.takenAt': brief('the SMS of one transaction') },
  'lib/store/postgres/CallQueue.ts': {
    'CallQueue.waiting': flow('what is asked while the database works', 'done together, or refused together'),
  },
  'lib/store/postgres/Database.ts': {
    'Database.unsettled': flow(
      'transactions whose end the network took away',
      'settled once the database is there again',
    ),
  },
  'lib/store/postgres/Fences.ts': { 'Fences.epochs': deploy(GATEWAY, 'it goes with the lease') },
  'lib/store/postgres/Statements.ts': { 'Statements.known': brief('200 statements: see MOST') },
  'lib/store/postgres/Transaction.ts': { 'Transaction.inOrder': brief('the calls of one transaction, 64 at most') },
  'lib/store/postgres/UsedKeys.ts': { 'UsedKeys.added': brief('the inputs of one transaction') },
  'lib/store/sqlite/Connection.ts': {
    'Connection.statements': code('one for each statement', 'all stand in the sources'),
  },
  'lib/store/sqlite/drivers/libsql.ts': {
    stuck: flow('one for each store file of a full disk', 'the next opening frees it'),
  },
  'lib/store/thread/Parcel.ts': { 'Parcel.items': flow('what is asked in one turn of the loop', 'sent at its end') },
  'lib/store/thread/Turn.ts': { 'Turn.come': flow('what is asked in one turn of the loop', 'done in the next') },
  'lib/store/thread/StoreThread.ts': {
    'StoreThread.pending': flow('what is asked while the disk works', 'gone with the answer, or with the thread'),
    'StoreThread.joined': flow('long answers on their way', 'gone with the last piece, or with the thread'),
    'StoreThread.waiting': brief('who closes the store'),
  },
  'lib/store/thread/longAnswers.ts': { 'Joined.lists': flow('a long answer', 'gone with its last piece') },
  'lib/store/thread/worker.ts': {
    'serve.given': flow('pieces of what is to be taken', 'gone when it is whole'),
    'serve.open': flow('long answers on their way', 'gone with the last piece'),
  },
  'lib/times/remembered.ts': { 'bySpans.spans': gateway(4000, 'all are forgotten then') },

  'simulator/http/Api.ts': { 'Api.requests': gateway(110_000, 'the newest 100,000') },
  'simulator/http/Digest.ts': { 'Digest.nonces': gateway(200, 'the newest') },
  'simulator/http/Faults.ts': { 'Faults.active': editor(1000, 'the newest') },
  'simulator/device/CardSlots.ts': {
    'CardSlots.cards': code(4, 'slots'),
    'CardSlots.takenOut': code(4, 'slots'),
  },
  'simulator/network/operator/Operator.ts': {
    'Operator.log': gateway(10_000, 'the newest'),
    'Operator.tallies': code('one a card', 'new rules begin anew'),
  },
  'simulator/network/operator/Tally.ts': {
    'Tally.sent': code('the rule’s `max`', 'a card that would send more is barred'),
  },
  'simulator/device/Ledger.ts': {
    'Ledger.entries': gateway('`capacity` and a tenth', 'the oldest tenth is cut off'),
    'Ledger.indexes': code('one a key of an entry', 'gone with the entry'),
  },
  'simulator/http/Listener.ts': {
    'Listener.server': code('its listeners', 'made once'),
    'Listener.sockets': code('one a connection', 'gone with it'),
  },
  'simulator/endpoints/Params.ts': { 'Params.values': brief('one request of 1 MB') },
  'simulator/device/Pusher.ts': {
    'Pusher.waiting': gateway(200_000, 'what is more is lost, as with the device'),
    'Pusher.agents': code(2, 'made once'),
  },
  'simulator/device/sms/Queue.ts': {
    'Queue.queues': flow('SMS accepted and not sent', 'gone with the last of a port set'),
  },
  'simulator/http/readBody.ts': { 'readBody.chunks': brief('1 MB') },
  'simulator/device/sms/Sender.ts': {
    'Sender.onAir': code(32, 'one a port'),
    'Sender.held': code(32, 'one a port'),
  },
  'simulator/device/sms/SmsService.ts': {
    'SmsService.tasks': flow('SMS accepted and not sent', 'gone with the last SMS'),
  },
  'simulator/device/StkService.ts': { 'StkService.views': code(32, 'one a port') },
  'simulator/device/Timers.ts': { 'Timers.running': flow('SMS on air and answers on their way', 'gone when it fires') },
  'simulator/device/UssdService.ts': {
    'UssdService.requests': gateway(100_000, 'the newest'),
    'UssdService.dialogues': code(32, 'one a port'),
  },
};
