#!/usr/bin/env bash
# Two telephones in one USSD menu at the same time, each with a session of its own, in a menu as the package's README builds it: one
# menu for the service, whose states answer when a balance was looked up.
#
# Package: ussd-menu-builder 1.2.0.
# Expected: each is answered, once; both, if the second comes after the first was answered, are.
# Seen: the first is never answered and its session times out at the operator; the second is answered twice. What belongs to a
#   session (menu.args, menu.val, where the answer goes) is kept once for the menu: the later call takes the place of the earlier.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ussd-menu-builder@1.2.0
cat >ask.cjs <<'JS'
const UssdMenu = require('ussd-menu-builder');
const { deepStrictEqual } = require('node:assert');
const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });
const menu = new UssdMenu();
menu.startState({ run: () => menu.con('1. Balance'), next: { 1: 'balance' } });
menu.state('balance', { run: () => { pause(2000).then(() => menu.end('Your balance is 10')); } });
const answers = { first: 0, second: 0 };
const call = (name) => {
  menu.run({ sessionId: name, serviceCode: '*100#', phoneNumber: '+436601234567', text: '1' }, () => { answers[name] += 1; });
};
const answersOf = async (between) => {
  Object.assign(answers, { first: 0, second: 0 });
  call('first');
  await pause(between);
  call('second');
  await pause(5000);
  return { ...answers };
};
(async () => {
  const seen = { apart: await answersOf(5000), together: await answersOf(20) };
  console.log(seen);
  deepStrictEqual(seen, { apart: { first: 1, second: 1 }, together: { first: 0, second: 2 } });
})();
JS
node ask.cjs
