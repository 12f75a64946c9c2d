import { drivers } from './drivers';
import { killWriters } from './killWriters';

for (const driver of drivers) {
  describe(`a store whose process was killed, by ${driver.name}`, () => {
    it('has everything that was acknowledged, and the rest whole or not at all', () => killWriters(driver, 3)).timeout(
      60_000,
    );
  });
}
