import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { manifest } from '../support/repository';

interface Locked {
  version?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  devOptional?: boolean;
  optional?: boolean;
  inBundle?: boolean;
  hasInstallScript?: boolean;
  license?: string;
}

const root = path.resolve(__dirname, '../..');
const textOf = (file: string): string => readFileSync(path.join(root, file), 'utf8');
const locks = [
  'package-lock.json',
  'test/support/node-red-5/package-lock.json',
  'test/support/node-red-dev/package-lock.json',
  'test/mutation/package-lock.json',
];
const packagesOf = (lock: string): [string, Locked][] =>
  Object.entries((JSON.parse(textOf(lock)) as { packages: Record<string, Locked> }).packages).filter(
    ([name]) => name !== '',
  );
const installed = packagesOf('package-lock.json').filter(
  ([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional,
);
const FREE = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD'];

describe('what the package brings along', () => {
  it('is at most six packages of its own choice', () => {
    should(Object.keys(manifest().dependencies ?? {}).length).be.belowOrEqual(6);
  });

  it('runs no script when it is installed, and is free to use', () => {
    should(installed.length).be.above(0);
    should(installed.filter(([, { hasInstallScript }]) => hasInstallScript)).be.empty();
    should(installed.filter(([, { license = '' }]) => !FREE.includes(license)).map(([name]) => name)).be.empty();
  });

  for (const lock of locks) {
    it(`is locked by checksums, and by no place to load it from (${lock})`, () => {
      const loose = packagesOf(lock).filter(
        // What comes inside of another package is in that one's checksum.
        ([, { integrity, inBundle }]) => !inBundle && !integrity?.startsWith('sha512-'),
      );
      should(loose.map(([name]) => name)).be.empty();
      should(packagesOf(lock).filter(([, { resolved }]) => resolved !== undefined)).be.empty();
    });
  }

  it('is listed, part by part, by `npm run sbom`', () => {
    const text = execFileSync('npm', ['run', '--silent', 'sbom'], { cwd: root, encoding: 'utf8' });
    const listed = JSON.parse(text) as {
      bomFormat: string;
      components: { name: string; version: string; hashes?: { alg: string }[] }[];
    };
    should(listed.bomFormat).equal('CycloneDX');
    const names = listed.components.map(({ name, version }) => `${name}@${version}`).sort();
    const bundled = packagesOf('package-lock.json').filter(([name]) =>
      ['axios', 'libphonenumber-js', 'prom-client'].some((part) => name === `node_modules/${part}`),
    );
    const parts = [...installed, ...bundled].map(
      ([name, { version }]) => `${name.split('node_modules/').at(-1)}@${version}`,
    );
    should(names).eql(parts.sort());
    should(names.filter((name) => /^(axios|valibot|libphonenumber-js|prom-client)@/.test(name))).have.length(4);
    should(listed.components.every(({ hashes = [] }) => hashes.some(({ alg }) => alg === 'SHA-512'))).be.true();
  });

  it('is published by a workflow with provenance, and without a token in the repository', () => {
    const release = textOf('.github/workflows/release.yml');
    should(release).match(/npm publish .*--provenance/);
    should(release).match(/id-token: write/);
    should(release).not.match(/NPM_TOKEN|NODE_AUTH_TOKEN/);
    should(release).match(/- run: npm test\n[\s\S]*npm publish/);
  });
});
