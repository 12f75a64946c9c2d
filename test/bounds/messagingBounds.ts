import { type Bound, brief, code, deploy, flow, GATEWAY, gateway, LISTENERS, NODE, push } from './bound';

/** What can grow in the messaging core. */
export const MESSAGING_BOUNDS: Readonly<Record<string, Readonly<Record<string, Bound>>>> = {
  'lib/messaging/HomeCountry.ts': { 'HomeCountry.sims': gateway(32, 'ports 0 to 31, 15 digits each') },
  'lib/messaging/Gateway.ts': {
    'Gateway.members': deploy(GATEWAY, 'they leave when they are gone'),
    'Gateway.leaving': flow(LISTENERS, 'each takes its own away again'),
  },
  'lib/messaging/Gateways.ts': {
    'Gateways.known': deploy('one id for each gateway node ever deployed', 'what they took still has to end'),
    'Gateways.moves': deploy(GATEWAY, 'forgotten when it has moved'),
    'Gateways.notedShared': deploy('gateway nodes that the shared store knows of', 'replaced at a start of the flows'),
    'Gateways.periodicTasks': code(3, 'made once'),
  },
  'lib/messaging/sharing/Sharing.ts': {
    'Sharing.living': deploy('the machines that share a store', 'replaced with each heartbeat'),
    'Sharing.untrusted': flow(
      'inputs whose outcome is due while the store is away',
      'tried again with the next heartbeat',
    ),
    'Sharing.leaving': deploy(GATEWAY, 'until they are given back'),
  },
  'lib/messaging/SharedGateways.ts': {
    'SharedGateways.byAddress': deploy(GATEWAY, 'closed when the last node is gone'),
    'SharedGateways.members': deploy(GATEWAY, 'they leave when they are gone'),
    'SharedGateways.ends': deploy(GATEWAY, 'they leave when they are gone'),
  },
  'lib/messaging/canary/Canary.ts': { 'Canary.schedules': deploy(NODE, 'gone when it closes') },
  'lib/messaging/health/DeliveredShare.ts': { 'DeliveredShare.ends': flow(21, 'the last 20 SMS') },
  'lib/messaging/health/GatewayHealth.ts': { 'GatewayHealth.signals': gateway(32, 'ports 0 to 31') },
  'lib/messaging/health/Health.ts': {
    'Health.facts': deploy(GATEWAY, 'made anew at each look'),
    'Health.watches': deploy(NODE, 'they leave when they close'),
  },
  'lib/messaging/health/HealthWatch.ts': {
    'HealthWatch.byKey': gateway(
      'ten conditions a gateway, three for each of 32 SIMs',
      'others are forgotten at each look',
    ),
    'HealthWatch.leaving': code(LISTENERS, 'one, made with it'),
  },
  'lib/messaging/health/ReadySims.ts': { 'ReadySims.byPort': push(32, 'ports 0 to 31') },
  'lib/messaging/sms/collecting/Collecting.ts': {
    'Collecting.joined': flow('SMS under way that others were joined to, 10,000 each', 'forgotten when they are done'),
    'Collecting.inOrder': flow('SMS that are joined or parted', 'each is a few calls of the store'),
  },
  'lib/messaging/sms/holding/Holding.ts': {
    'Holding.judging': flow('turns of one queue', 'each is short'),
    'Holding.releasing': flow('a review and what is due', 'there is one of each at a time'),
  },
  'lib/messaging/sms/holding/LoopGuard.ts': {
    'RecipientCounts.counts': flow('numbers of 256 SMS', 'made anew each time SMS are judged'),
    'RecipientCounts.families': flow('numbers of 256 SMS', 'made anew each time SMS are judged'),
  },
  'lib/messaging/sms/holding/NodeHours.ts': {
    'NodeHours.byNode': deploy('one for each send sms node ever deployed', 'what it sent still goes by its hours'),
    'NodeHours.noted': deploy('one for each send sms node ever deployed', 'ids of the same nodes'),
  },
  'lib/messaging/Oddities.ts': { 'Oddities.said': gateway(200, 'nothing more is said then') },
  'lib/messaging/Pushes.ts': {
    'Pushes.listeners': deploy('four lists of the nodes that listen', 'they leave when they end'),
  },
  'lib/messaging/commands/PortSetter.ts': { 'PortSetter.ports': flow('1000 a port', 'BUSY then') },
  'lib/messaging/commands/RegistrationWait.ts': { 'RegistrationWait.end': brief('one question at a time') },
  'lib/messaging/dialogs/PortMutexes.ts': {
    'PortMutex.mutex': flow('1000 a port', 'BUSY then'),
    'PortMutexes.byPort': flow('32', 'ports are checked'),
  },
  'lib/messaging/dialogs/ussd/PortTexts.ts': { 'PortTexts.held': push(8, 'of 1000 characters; more are told at once') },
  'lib/messaging/dialogs/ussd/RecentTexts.ts': { 'RecentTexts.seen': push(32, 'the newest, 1000 characters each') },
  'lib/messaging/dialogs/ussd/Coalescer.ts': {
    'Coalescer.waiting': flow('one a port', 'a port has one dialogue at a time'),
  },
  'lib/messaging/dialogs/ussd/UssdDialogs.ts': {
    'UssdDialogs.ports': push(32, 'ports 0 to 31; others are passed over'),
    'UssdDialogs.sends': flow('32', 'codes that wait for the line: one a port'),
    'UssdDialogs.listeners': deploy(NODE, 'they leave when they end'),
    'UssdDialogs.running': flow('1000 a port', 'as many as may wait for their turn'),
    'UssdDialogs.ongoing': flow('1000 a port', 'as many as may wait for their turn'),
  },
  'lib/messaging/dialogs/ussd/ReplyPoller.ts': {
    'ReplyPoller.watched': flow('32', 'a port has one dialogue at a time'),
  },
  'lib/messaging/sims/Balances.ts': {
    'Balances.dueAt': gateway('one a port', 'cards that are in no port any more are forgotten'),
  },
  'lib/messaging/sims/CardNotes.ts': {
    'CardNotes.byCard': gateway('one a port', 'cards that are in no port any more are forgotten'),
    'CardNotes.sentNotedAt': gateway('one a port', 'cards that are in no port any more are forgotten'),
  },
  'lib/messaging/sims/Rests.ts': {
    'Rests.noted': gateway('one a port', 'cards that are in no port any more are forgotten'),
    'Rests.turns': brief('endings of one answer'),
  },
  'lib/messaging/sims/Rotation.ts': {
    'Rotation.wanted': flow('32', 'ports 0 to 31'),
    'Rotation.leftAlone': flow('32', 'ports 0 to 31'),
  },
  'lib/messaging/sims/SimPlans.ts': { 'SimPlans.resting': flow('32', 'ports 0 to 31') },
  'lib/messaging/sims/SlotsSeen.ts': {
    'SlotsSeen.cards': gateway('128', 'four slots of 32 ports'),
    'SlotsSeen.empty': flow('128', 'four slots of 32 ports'),
  },
  'lib/messaging/sims/SimWatch.ts': {
    'SimWatch.byCard': gateway('256 cards', 'those that are gone are forgotten'),
    'SimWatch.leaving': code(LISTENERS, 'one, made with it'),
  },
  'lib/messaging/sims/Cards.ts': {
    'Cards.byPort': gateway(32, 'ports 0 to 31; others are passed over'),
    'Cards.justSeen': gateway(32, 'one a port'),
  },
  'lib/messaging/sms/sender/PortLoad.ts': { 'PortLoad.byPort': code('32', 'ports that we have chosen') },
  'lib/messaging/sms/sender/SimLimitRule.ts': {
    'SimLimitRule.closed': flow('two for each set of ports', 'forgotten when they end'),
    'SimLimitRule.own': flow(
      'one for each SMS that a limit holds by its recipient or its length',
      'forgotten when they end',
    ),
  },
  'lib/messaging/sims/SimMeter.ts': {
    'SimMeter.rows': brief('what one card has used, for one request'),
    'SimMeter.known': brief('the recipients of one request'),
    'SimMeter.knownLimits': brief('the limits of one plan'),
  },
  'lib/messaging/sims/counters.ts': { days: deploy('one a plan', 'gone with the plan') },
  'lib/plans/periods.ts': { last: deploy('one a limit, and one a plan', 'gone with the plan') },
  'lib/messaging/inbox/EmitOutbox.ts': {
    'EmitOutbox.waiting': push(2000, '1000, and what one push or page brings on top; then nothing is taken'),
    'EmitOutbox.stored': push(2000, 'those of `waiting`'),
    'EmitOutbox.held': push(2000, 'those of `waiting`'),
    'EmitOutbox.underWay': code(100, 'those emitted in one go'),
  },
  'lib/messaging/inbox/Inbox.ts': {
    'Inbox.consumers': deploy('the listening nodes and 64 others', 'the oldest of them is written down and forgotten'),
    'Inbox.listening': deploy(NODE, 'they leave when they end'),
    'Inbox.mutex': flow(1000, 'BUSY then'),
  },
  'lib/messaging/inbox/RecordHistory.ts': {
    'RecordHistory.prints': gateway(400, 'the 128 to 256 newest, 16 lowest, about 100 between'),
    'RecordHistory.former': push(64, 'the newest'),
  },
  'lib/messaging/inbox/Ranges.ts': {
    'Ranges.ranges': push(2100, '1000 by pushes; a look drops what is below its cursor'),
  },
  'lib/messaging/inbox/InboxCursor.ts': {
    'InboxCursor.meanwhile': push(2000, 'pushed during one look, each waits in `EmitOutbox` too'),
  },
  'lib/messaging/inbox/Unpushed.ts': { 'Unpushed.ids': gateway(100, 'the newest of the first look, for 30 looks') },
  'lib/messaging/inbox/Undecided.ts': {
    'Undecided.byFingerprint': push(1000, 'of 256,000 characters in all; the push is refused then'),
  },
  'lib/messaging/requestQueue/RequestQueue.ts': {
    'RequestQueue.waiting': flow(10_000, 'BUSY then'),
    'RequestQueue.shared': flow(10_000, 'each waits once in `waiting`'),
    'RequestQueue.underWay': code('`concurrency`', 'no more leave'),
  },
  'lib/messaging/requestQueue/SharedRead.ts': { 'SharedRead.end': brief('one question') },
  'lib/messaging/sms/outcome/Departures.ts': {
    'Departures.unnoted': flow('one for each outcome that has left', 'gone when that is noted'),
  },
  'lib/messaging/sms/outcome/Look.ts': {
    'Look.passed': flow('SMS of one input', 'gone with the look'),
    'Look.waiting': flow('those that happen to an input while it is looked at', 'gone with the look'),
  },
  'lib/messaging/sms/outcome/Outcomes.ts': {
    'Outcomes.looks': flow('one for each outcome on its way', 'gone when it has left'),
    'Outcomes.pending': flow('one for each open input', 'gone when its outcome has left'),
  },
  'lib/messaging/sms/Unread.ts': {
    'Unread.ids': flow('one for each open input, or SMS that others were joined to', 'asked again after two seconds'),
  },
  'lib/messaging/sms/outcome/verdicts.ts': {
    'openOf.open': flow('one for each recipient of an open input', 'those of `Outcomes.pending`'),
  },
  'lib/messaging/reading/KnownPorts.ts': {
    'KnownPorts.seen': gateway(32, 'ports 0 to 31'),
    'KnownPorts.absent': flow('32', 'ports are checked; believed for 30 s'),
  },
  'lib/messaging/sms/evidence/Evidence.ts': { 'Evidence.ours': gateway(256, 'the newest') },
  'lib/messaging/sms/evidence/InFlight.ts': {
    'InFlight.ends': flow('`concurrency` requests of 128 SMS', 'those on air'),
  },
  'lib/messaging/sms/evidence/StopsUnderWay.ts': {
    'StopsUnderWay.batches': flow('one for each stop under way', 'ends after a few looks'),
  },
  'lib/messaging/sms/reconcile/LostSmsDetector.ts': {
    'LostSmsDetector.missing': flow('one batch of SMS', 'made anew by each search'),
  },
  'lib/messaging/sms/reconcile/Reconciler.ts': {
    'Reconciler.doubts': flow('one for each request in doubt', 'two in a row stop sending'),
    'Reconciler.inherited': flow('one for each request in doubt', 'of the former process'),
  },
  'lib/messaging/selftest/SelfTest.ts': {
    'SelfTest.sms': code(5, 'those of a self-test'),
    'SelfTest.end': code(LISTENERS, 'one self-test of a gateway at a time'),
    'SelfTest.tasks': code(5, 'one for each request'),
  },
  'lib/messaging/selftest/Observer.ts': {
    'Observer.user_ids': code(5, 'those of a self-test'),
    'Observer.former': brief('one answer of 512 KB'),
    'Observer.results': code(5, 'those of its own user_ids'),
    'Observer.reports': brief('one answer of 512 KB'),
    'Observer.pushed': push(1000, '500 characters each; more are not looked at'),
  },
  'lib/messaging/sms/sender/Admission.ts': {
    'Admission.readyPorts': gateway('one answer of 512 KB', 'made anew by each answer'),
  },
  'lib/messaging/Schedulers.ts': { 'Schedulers.schedulers': code(4, 'made with the gateway') },
  'lib/messaging/Listeners.ts': { 'Listeners.listeners': code(1, 'each by the one who made it') },
  'lib/messaging/sms/ledger/Ledger.ts': {
    'Ledger.merging': flow('one an SMS that changes at this moment', 'gone when it has changed'),
  },
  'lib/messaging/sms/ledger/Readings.ts': {
    'Readings.underWay': flow(
      'one for the results of a push or an answer, with the SMS that change meanwhile',
      'gone when they are entered',
    ),
  },
  'lib/messaging/jobs/Jobs.ts': { 'Jobs.inOrder': flow('commands under way', 'gone with the command') },
  'lib/messaging/sms/sender/Sender.ts': {
    'Sender.unsent': flow('128 for each request', 'gone when it begins, or is taken back'),
    'Sender.asked': code(2, 'two priorities'),
    'Sender.choosing': code('`concurrency`', 'one a turn at the gateway'),
  },
  'lib/messaging/sms/stopping/StopFollowUp.ts': {
    'StopFollowUp.underWay': flow('one for each stop under way', 'ends after a few looks'),
  },
  'lib/messaging/sms/outcome/sumUp.ts': {
    'sumUp.tasks': brief('one a task of an input'),
    'sumUp.recipients': brief('one a recipient'),
  },
  'lib/messaging/sms/outcome/entries.ts': { 'entriesOf.entries': brief('one a recipient') },
  'lib/messaging/taking/turns.ts': { 'addressed.all': brief('one a number of a recipient, at most eleven') },
  'lib/messaging/sms/outcome/Failover.ts': {
    'Failover.turns': flow('one a recipient of whom something changes at this moment', 'gone when that is done'),
    'Failover.giving': code('as many as `turns`', 'gone with the turn'),
  },
  'lib/messaging/taking/doubles.ts': {
    'withoutDoubles.seen': brief('one a recipient'),
    'withoutDoubles.found': brief('one a recipient'),
    'familiesOf.families': brief('one a recipient'),
    'Words.texts': brief('one for each different text of an input'),
    'Words.params': brief('one for each different parameters of an input'),
  },
  'lib/messaging/taking/recipients.ts': { 'userIdsOf.seen': brief('one a recipient') },
  'lib/messaging/watching/cdr/CallRecords.ts': { 'CallRecords.ends': deploy(NODE, 'gone when it has ended') },
  'lib/messaging/watching/cdr/CdrWatch.ts': {
    'CdrWatch.ending': code(LISTENERS, 'one question at a time'),
    'CdrWatch.finding': push('one a push that is worked on, and one a question', 'more pushes are turned away'),
  },
  'lib/messaging/watching/cdr/MergedAnswers.ts': {
    'MergedAnswers.all': brief('one reading of 100,000 records, and one answer more'),
    'MergedAnswers.counts': brief('one a record of `all`'),
  },
  'lib/messaging/watching/cdr/SeenCdrs.ts': {
    'SeenCdrs.calls': push('100,000, one list and 10,000 pushed ones', 'what isn’t listed any more is forgotten then'),
    'SeenCdrs.missingSince': push('those of `calls`', 'forgotten with the call'),
    'SeenCdrs.changed': code(65, 'the notes it is made of'),
  },
  'lib/messaging/watching/ports/PortMemory.ts': { 'PortMemory.ports': gateway(32, 'ports 0 to 31') },
  'lib/messaging/watching/ports/PortWatcher.ts': {
    'PortWatcher.leaving': code(LISTENERS, 'one look at a time'),
    'PortWatcher.heard': push(1000, 'the newest count'),
    'PortWatcher.look.heard': brief('those of `heard`'),
  },
};
