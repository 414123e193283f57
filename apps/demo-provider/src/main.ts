import { DEMO_USERS, startEmulator } from '@cloakroom/emulator';
import { notice } from './notice.ts';

const { HOST, PORT = '4000', PUBLIC_URL, DEVELOPER_TOKEN, CONTROL = 'off' } = process.env;
const control = CONTROL === 'on';

const emulator = await startEmulator({
  host: HOST,
  port: Number(PORT),
  publicUrl: PUBLIC_URL,
  developerToken: DEVELOPER_TOKEN,
  control,
}).catch((error: NodeJS.ErrnoException) => {
  if (error.code !== 'EADDRINUSE') throw error;
  process.stderr.write(`Port ${PORT} is taken: choose another one with PORT.\n`);
  process.exit(1);
});

// Before the line below: who reads it may send a signal at once.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => emulator.close().then(() => process.exit(0)));
}

// Programs read the line on stdout, people what stands on stderr.
process.stdout.write(`${JSON.stringify({ event: 'listening', url: emulator.url, control })}\n`);
const { developerToken } = emulator.personas.aihubmix;
process.stderr.write(
  notice({
    emulator,
    users: DEMO_USERS,
    control,
    developerToken: DEVELOPER_TOKEN ? undefined : developerToken,
  }),
);
