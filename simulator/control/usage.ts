import { faultKinds } from '../http/Faults';
import { specialNumbers } from '../network/specialNumbers';

/** The control API as --help prints it. */
export const controlUsage = `The page at / has a button for all of this. The same over HTTP, from this machine and without a login
(Content-Type: application/json; a mistake is answered 400 {"error"}):

  GET  /simulator/state             ports, newest SMS, queue, faults
  GET  /simulator/record            every SMS that was accepted
  GET  /simulator/requests          every request to the API
  GET  /simulator/judgements        which cards the operator has barred, when and why
  POST /simulator/incoming          {"port":0,"number":"99970200011","text":"Hi"}: an SMS comes in
  POST /simulator/incoming/delete   {"ids":[1]}, or {} for all
  POST /simulator/incoming/restart  ids start again at 1
  POST /simulator/port              {"port":0,"action":…}: loseSim, insertSim, register, unregister, reset, powerOn,
                                    powerOff, stick, unstick, lie, beHonest, block, unblock, signal (+"signal":5),
                                    reg (+"reg":"NO_SIM"), slot (+"slot":1), moveSim (+"to":3: the cards change places),
                                    balance (+"balance":0), bar (+"how":"sms" or "network"), unbar
  POST /simulator/operator          {"rules":[{"count":"sms","per":"day","max":3}],"bars":"sms","price":0.09}:
                                    a card that breaks a rule is barred: it sends nothing, or loses the network.
                                    count: sms, segments, recipients; per: minute, hour, day, week, month;
                                    window: calendar (+"at":"06:00","day":1,"zone":"Europe/Vienna") or sliding;
                                    iccid: for one card only. {"rules":[]} ends them
  POST /simulator/operator/rule     {"count":"sms","per":"day","max":3}: one more
  POST /simulator/ussd              {"port":0,"text":"…"}: a text that nobody asked for
  POST /simulator/call              {"port":0,"number":"…","missed":true}, or a call record
  POST /simulator/answers           {"text":"OK"}: whoever gets an SMS answers; {} ends it
  POST /simulator/fault             {"fault":…,"times":1,"path":"/api/send_sms","ms":1000}:
                                    ${faultKinds.slice(0, 8).join(', ')},
                                    ${faultKinds.slice(8).join(', ')}
  POST /simulator/faults/clear
  POST /simulator/reboot            {"seconds":20,"losesQueue":true,"idsStartAgain":false,"losesRecords":false}
  POST /simulator/push              {"url":"http://127.0.0.1:1880/dinstar/push"}, on this machine only; {} ends it
  POST /simulator/speed             {"speed":"fast"}: milliseconds from now on; {"speed":"real"}: the seconds of a real one
  POST /simulator/clocks            {"device":-28800,"network":3600}: seconds ahead of the right time
  POST /simulator/pushFaults        {"lose":0.1,"double":0.1,"reorder":0.1,"noUserId":0.1}: chances
`;

const special = Object.entries(specialNumbers)
  .map(([ending, { meaning }]) => `  999…${ending}   ${meaning}`)
  .join('\n');

/** What --help prints. */
export const usage = `Usage: node-red-dinstar simulator [switches]
       node-red-dinstar move-store --help   (messages from the embedded store to PostgreSQL, and back)

A simulated Dinstar gateway on 127.0.0.1, with a page to look at it.

  --port <n>            TCP port (default 8090; 0 = one that is free)
  --ports <n>           GSM ports, 1 to 32 (default 8)
  --slots <n>           SIM slots of each port, 1 to 4 (default 1)
  --operator <file>     JSON of POST /simulator/operator: how much a card may send before the operator bars it
  --balance <n>         what is on each card (default 12.34)
  --tells-credit        later firmware: remain_credit tells the balance
  --sn <text>           serial number
  --login <kind>        none, basic or digest (default none)
  --username <text>     default admin
  --password <text>     default admin
  --algorithm <name>    of Digest: MD5, MD5-sess, SHA-256, SHA-256-sess
  --nonce-uses <n>      requests a Digest nonce is good for
  --tls-key <file>      PEM key and certificate: speak HTTPS
  --tls-cert <file>
  --fast                milliseconds instead of the seconds a real gateway takes
  --latency <ms>        what every request takes
  --untidy              JSON as careless as some firmware's
  --plain               first firmware: no sn and no later keys in its answers
  --timezone <name>     zone of the device's timestamps, e.g. Europe/Berlin
  --device-ahead=<s>    seconds that the device's clock is ahead, e.g. -28800 (results, calls, Date header)
  --network-ahead=<s>   the same of the network's (incoming SMS, delivery reports)
  --push-url <url>      where push events go
  --incoming-every <s>  invents an incoming SMS every so many seconds
  --help

Numbers that the mobile network treats in a way of their own start with 999 and end in:
${special}

USSD codes: *100# balance, *101# own number, *125# a menu, *199# is never answered,
*150*n# is answered with its number, *151*n# late, *152*n# twice.
${controlUsage}`;
