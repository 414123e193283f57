import { spawn } from 'node:child_process';
import { afterEach, expect, test } from 'vitest';

const module = JSON.stringify(new URL('./launchers.ts', import.meta.url).href);
const program = `
  const { watchLaunchers } = await import(${module});
  watchLaunchers(() => { console.log('gone'); process.exit(); });
  console.log('watching ' + process.pid);
  setInterval(() => {}, 1000);`;

let programPid = 0;

afterEach(() => {
  try {
    process.kill(programPid, 'SIGKILL');
  } catch {} // it went by itself
});

/** The program below a shell that calls itself so, and what the program said by now. */
async function startBelow(name: string) {
  const shell = spawn(
    '/bin/sh',
    ['-c', '"$0" --input-type=module --eval "$1" & wait', process.execPath, program],
    { argv0: name, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const next = () => new Promise((resolve) => shell.stdout.once('data', resolve));
  shell.stdout.on('data', (data) => {
    said += data;
  });
  await next();
  programPid = Number(/watching (\d+)/.exec(said)?.[1]);
  return { shell, next, said: () => said };
}

test.each(['pnpm', '/usr/bin/npx'])('the end of %s is noticed by what it started', async (name) => {
  const { shell, next, said } = await startBelow(name);
  const told = next();
  shell.kill('SIGKILL');
  await told;
  expect(said()).toContain('gone');
});

test('a shell around may end: whoever starts the demo in the background wants it to stay', async () => {
  const { shell, next, said } = await startBelow('/bin/sh');
  shell.kill('SIGKILL');
  await Promise.race([next(), new Promise((resolve) => setTimeout(resolve, 1500))]);
  expect(said()).not.toContain('gone');
});
