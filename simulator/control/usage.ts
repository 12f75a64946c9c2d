import { faultKinds } from '../http/Faults';

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
