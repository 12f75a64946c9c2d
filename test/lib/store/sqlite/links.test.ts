import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import should from 'should';
import { StoreUnavailable } from '../../../../lib/store';
import { temporaryFolder } from '../../../support/temporaryFolder';
import { drivers, opened } from './drivers';

const modeOf = (place: string): number => statSync(place).mode & 0o777;

for (const driver of drivers) {
  describe(`a store behind a link, by ${driver.name}`, () => {
    it('is closed to others where it is one, on another disk, say, and its folder there is left as it is', async () => {
      const home = temporaryFolder('link');
      const disk = path.join(home, 'disk');
      const there = path.join(disk, 'messages.sqlite');
      mkdirSync(disk);
      await (await opened(driver, there)).close();
      chmodSync(there, 0o644);
      chmodSync(disk, 0o755);
      symlinkSync(disk, path.join(home, 'dinstar'));
      symlinkSync(there, path.join(home, 'linked.sqlite'));
      await (await opened(driver, path.join(home, 'dinstar', 'messages.sqlite'))).close();
      should([modeOf(disk), modeOf(there)]).eql([0o755, 0o600]);
      chmodSync(there, 0o644);
      await (await opened(driver, path.join(home, 'linked.sqlite'))).close();
      should(modeOf(there)).equal(0o600);
    });

    it('leaves the mode of anything else that the link leads to', async () => {
      const home = temporaryFolder('link');
      const other = path.join(home, 'notes.txt');
      writeFileSync(other, 'somebody’s notes, which others may read');
      chmodSync(other, 0o644);
      const file = path.join(home, 'dinstar', 'messages.sqlite');
      mkdirSync(path.dirname(file));
      symlinkSync(other, file);
      await should(opened(driver, file)).be.rejectedWith(StoreUnavailable);
      should(modeOf(other)).equal(0o644);
    });
  });
}
