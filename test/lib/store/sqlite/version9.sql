-- A store's file of version 9, written by the last build that wrote that version: the SMS of version1.sql.
BEGIN TRANSACTION;
CREATE TABLE counters (sms INTEGER NOT NULL, submission INTEGER NOT NULL, next_user_id INTEGER NOT NULL);
INSERT INTO counters VALUES(5,1,1610612736);
CREATE TABLE inputs (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    gateway TEXT NOT NULL,
    key TEXT,
    taken_at NUMERIC NOT NULL,
    wait_until NUMERIC NOT NULL,
    closed_at NUMERIC NOT NULL DEFAULT 0,
    duplicate_of TEXT,
    first_sms INTEGER NOT NULL,
    last_sms INTEGER NOT NULL,
    undone INTEGER NOT NULL,
    rest TEXT NOT NULL
  , job TEXT, others INTEGER NOT NULL DEFAULT 0, until TEXT, paused INTEGER NOT NULL DEFAULT 0, waiting INTEGER NOT NULL DEFAULT 0, accepted INTEGER NOT NULL DEFAULT 0, sent INTEGER NOT NULL DEFAULT 0, delivered INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, withheld INTEGER NOT NULL DEFAULT 0, stopped INTEGER NOT NULL DEFAULT 0, listed INTEGER NOT NULL DEFAULT 0);
INSERT INTO inputs VALUES(1,'on air','g1',NULL,1705320000000,0,0,NULL,1,1,1,'{"node":"send","until":"delivered","on_timeout":"keep","duplicates":0}','"on air"',0,'delivered',0,0,1,1,0,0,0,0,0);
INSERT INTO inputs VALUES(2,'over','g1','"door-7"',1705320000000,0,1705320011000,NULL,2,2,0,'{"node":"send","until":"delivered","on_timeout":"keep","duplicates":0}','"over"',0,'delivered',0,0,1,1,1,0,0,0,0);
INSERT INTO inputs VALUES(3,'in doubt','g1',NULL,1705320000000,0,0,NULL,3,3,1,'{"node":"send","until":"delivered","on_timeout":"keep","duplicates":0}','"in doubt"',0,'delivered',0,0,0,0,0,0,0,0,0);
INSERT INTO inputs VALUES(4,'waits','g1',NULL,1705320000000,0,0,NULL,4,5,2,'{"node":"send","until":"delivered","on_timeout":"keep","duplicates":0}','"waits"',0,'delivered',0,2,0,0,0,0,0,0,1);
CREATE TABLE messages (input INTEGER PRIMARY KEY, msg TEXT NOT NULL);
INSERT INTO messages VALUES(1,'{"topic":"alarm"}');
INSERT INTO messages VALUES(2,'{"topic":"alarm"}');
INSERT INTO messages VALUES(3,'{"topic":"alarm"}');
INSERT INTO messages VALUES(4,'{"topic":"alarm"}');
CREATE TABLE notes (key TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO notes VALUES('"time"','"{\"shift\":0,\"at\":1705320002000}"');
CREATE TABLE sms (
    id INTEGER PRIMARY KEY,
    gateway TEXT NOT NULL,
    input TEXT NOT NULL,
    user_id INTEGER NOT NULL,
    number TEXT NOT NULL,
    stage TEXT NOT NULL,
    rank INTEGER NOT NULL,
    batch_key TEXT NOT NULL,
    template INTEGER NOT NULL,
    text_hash INTEGER NOT NULL,
    expires_at NUMERIC NOT NULL,
    poll_at NUMERIC NOT NULL,
    polls INTEGER NOT NULL,
    submission INTEGER,
    begun_at NUMERIC,
    queue_before INTEGER,
    task_before INTEGER,
    newest_before TEXT,
    text TEXT NOT NULL,
    sms TEXT NOT NULL,
    state TEXT NOT NULL
  , due_at NUMERIC NOT NULL DEFAULT 0, paused INTEGER NOT NULL DEFAULT 0);
INSERT INTO sms VALUES(1,'g1','on air',1,'+491701234567','sent',1,'gsm-7bit|all|1',0,4187665542,0,1705320062000,1,1,1705320001000,0,4,'{"user_id":9,"number":"110"}','"Water in the cellar"','{"user_id":1,"number":"+491701234567","encoding":"gsm-7bit","request_status_report":true,"priority":"normal","expires_at":0}','{"status":"SENT_OK","task_id":5,"port":1,"ref_id":250,"count":1,"succ_count":1,"time":"2024-01-15 13:00:02","history":[{"status":"ACCEPTED","at":1705320002000,"by":"answer"},{"status":"SENT_OK","at":1705320007000,"by":"push"}]}',0,0);
INSERT INTO sms VALUES(2,'g1','over',2,'0170765432','done',1,'gsm-7bit|all|1',0,4187665542,0,0,0,1,1705320001000,0,4,'{"user_id":9,"number":"110"}','"Water in the cellar"','{"user_id":2,"number":"0170765432","encoding":"gsm-7bit","request_status_report":true,"priority":"normal","expires_at":0}','{"status":"DELIVERED","task_id":5,"port":2,"ref_id":7,"count":1,"succ_count":1,"status_code":0,"history":[{"status":"DELIVERED","at":1705320011000,"by":"push"}]}',0,0);
INSERT INTO sms VALUES(3,'g1','in doubt',3,'112233','submitting',1,'gsm-7bit|all|1',0,4187665542,0,0,0,1,1705320001000,0,4,'{"user_id":9,"number":"110"}','"Water in the cellar"','{"user_id":3,"number":"112233","encoding":"gsm-7bit","request_status_report":true,"priority":"normal","expires_at":0}','{"status":"QUEUED","history":[]}',0,0);
INSERT INTO sms VALUES(4,'g1','waits',4,'445566','waiting',0,'unicode|0,3|1',0,2256071806,0,0,0,NULL,NULL,NULL,NULL,NULL,'"Fire: «Küche» 😀"','{"user_id":4,"number":"445566","encoding":"unicode","request_status_report":true,"priority":"high","expires_at":0,"ports":[0,3]}','{"status":"QUEUED","history":[]}',0,0);
INSERT INTO sms VALUES(5,'g1','waits',5,'445567','waiting',1,'gsm-7bit|all|1',0,4187665542,0,0,0,NULL,NULL,NULL,NULL,NULL,'"Water in the cellar"','{"user_id":5,"number":"445567","encoding":"gsm-7bit","request_status_report":true,"priority":"normal","expires_at":0}','{"status":"QUEUED","history":[]}',0,0);
CREATE TABLE pauses (
    gateway TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    paused INTEGER NOT NULL,
    node TEXT, place INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (gateway, kind, name)
  ) WITHOUT ROWID;
CREATE TABLE usage (
    card TEXT NOT NULL,
    counter TEXT NOT NULL,
    period NUMERIC NOT NULL,
    until NUMERIC NOT NULL,
    sliding INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    PRIMARY KEY (card, counter, period)
  ) WITHOUT ROWID;
CREATE TABLE usage_recipients (
    card TEXT NOT NULL,
    counter TEXT NOT NULL,
    period NUMERIC NOT NULL,
    recipient TEXT NOT NULL,
    until NUMERIC NOT NULL,
    sliding INTEGER NOT NULL,
    uses INTEGER NOT NULL,
    PRIMARY KEY (card, counter, period, recipient)
  ) WITHOUT ROWID;
CREATE INDEX inputs_open ON inputs (gateway, id) WHERE closed_at = 0;
CREATE INDEX inputs_wait ON inputs (gateway, wait_until, id) WHERE closed_at = 0 AND wait_until <> 0;
CREATE INDEX inputs_key ON inputs (gateway, key) WHERE key IS NOT NULL AND duplicate_of IS NULL;
CREATE INDEX inputs_duplicate ON inputs (duplicate_of) WHERE closed_at = 0 AND duplicate_of IS NOT NULL;
CREATE INDEX inputs_prunable ON inputs (closed_at, id) WHERE closed_at <> 0 AND undone = 0;
CREATE INDEX sms_user_id ON sms (user_id);
CREATE INDEX sms_expiry ON sms (gateway, expires_at) WHERE stage = 'waiting' AND expires_at <> 0;
CREATE INDEX sms_stage ON sms (gateway, stage, id, batch_key) WHERE stage <> 'waiting' AND stage <> 'done';
CREATE INDEX sms_poll ON sms (gateway, poll_at) WHERE stage = 'gateway' OR stage = 'sent' OR stage = 'unknown';
CREATE INDEX sms_begun ON sms (gateway, begun_at) WHERE begun_at IS NOT NULL;
CREATE INDEX sms_port ON sms (json_extract(state, '$.port'), id, json_extract(state, '$.ref_id'), json_extract(state, '$.count')) WHERE stage = 'gateway' OR stage = 'sent';
CREATE INDEX sms_held ON sms (gateway, rank, due_at) WHERE stage = 'waiting' AND due_at <> 0;
CREATE INDEX sms_held_id ON sms (gateway, id) WHERE stage = 'waiting' AND due_at <> 0;
CREATE INDEX sms_standby ON sms (gateway, poll_at) WHERE stage = 'standby';
CREATE INDEX inputs_job ON inputs (gateway, job, first_sms);
CREATE INDEX inputs_undone ON inputs (gateway, first_sms) WHERE undone > 0;
CREATE INDEX sms_waiting ON sms (gateway, rank, batch_key, id, expires_at)
    WHERE stage = 'waiting' AND due_at = 0 AND paused = 0;
CREATE INDEX sms_text_hash ON sms (text_hash) WHERE stage = 'waiting' AND due_at = 0 AND paused = 0;
CREATE INDEX sms_paused ON sms (gateway) WHERE stage = 'waiting' AND due_at = 0 AND paused <> 0;
CREATE INDEX usage_until ON usage (until);
CREATE INDEX usage_recipients_recipient ON usage_recipients (recipient);
CREATE INDEX usage_recipients_until ON usage_recipients (until);
CREATE INDEX inputs_listed ON inputs (gateway, first_sms) WHERE listed <> 0;
CREATE INDEX inputs_listed_waiting ON inputs (gateway, first_sms) WHERE listed <> 0 AND waiting > 0;
CREATE INDEX sms_tail ON sms (substr(ltrim(number, '+0'), -7), begun_at) WHERE stage <> 'waiting';
CREATE INDEX inputs_stopping ON inputs (gateway, first_sms)
    WHERE paused = 2 AND (waiting > 0 OR (others > 0 AND undone > 0));
COMMIT;
PRAGMA application_id = 1196641651;
PRAGMA user_version = 9;
