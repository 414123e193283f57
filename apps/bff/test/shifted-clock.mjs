// Preloaded into a BFF (`node --import`): its clock runs ahead by the seconds that stand in the file
// CLOCK_FILE, so that a test need not wait ten minutes for what ends after ten minutes.
import { readFileSync } from 'node:fs';

const file = process.env.CLOCK_FILE;
const RealDate = Date;
const now = () => RealDate.now() + Number(readFileSync(file, 'utf8')) * 1000;

class ShiftedDate extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(now());
    else super(...given);
  }
  static now() {
    return now();
  }
}

globalThis.Date = ShiftedDate;
