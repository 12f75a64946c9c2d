import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where systems put Chromium, or what is as good. `CHROMIUM` in the environment names another one. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const SWITCHES = [
  '--no-sandbox',
  '--disable-gpu',
  // It has nobody to talk to but the Node-RED under test.
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts a Chromium without a window. Where the machine has none, Debian's is installed, which may take a minute. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: find() ?? install(), headless: true, args: SWITCHES });
}

const find = (): string | undefined => [process.env.CHROMIUM ?? '', ...PLACES].find((place) => existsSync(place));

function install(): string {
  const apt = (...args: string[]): void => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    // Somebody else may be installing something.
    const patience = ['-o', 'DPkg::Lock::Timeout=120'];
    execFileSync('apt-get', ['-qq', ...patience, ...args], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  console.log("      installing Debian's chromium for the editor's tests …");
  try {
    apt('update');
    apt('install', '-y', '--no-install-recommends', 'chromium');
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: Buffer };
    throw missing(stderr?.toString().trim() || message);
  }
  const place = find();
  if (place === undefined) throw missing('apt-get brought none');
  return place;
}

const missing = (why: string): Error =>
  new Error(
    `The editor's tests need Chromium, which isn't here and couldn't be installed (${why}). ` +
      'Install it (Debian: apt-get install chromium) or say in CHROMIUM where it is.',
  );
