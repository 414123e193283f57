import { MUTATIONS } from './sabotage/mutations.ts';
import { openWorkshop } from './sabotage/workshop.ts';

const [wanted = ''] = process.argv.slice(2);
const workshop = openWorkshop();
const say = (line: string) => process.stdout.write(`${line}\n`);
let unnoticed = 0;

try {
  const before = workshop.run({ RACES_SEED: '1' });
  if (before.length > 0) throw new Error(`red before anything was broken: ${before.join('; ')}`);
  say('whole: green');
  for (const mutation of MUTATIONS.filter(({ name }) => name.includes(wanted))) {
    workshop.breakIt(mutation);
    const red = workshop.run({ RACES_SEED: '1' });
    workshop.repair();
    if (red.length === 0) unnoticed += 1;
    say(
      `${mutation.name}: ${red.length === 0 ? 'NOBODY NOTICED' : red.map((name) => `\n  red: ${name}`).join('')}`,
    );
  }
} finally {
  workshop.close();
}
process.exitCode = unnoticed > 0 ? 1 : 0;
