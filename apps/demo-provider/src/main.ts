import { startEmulator } from '@cloakroom/emulator';

const { HOST, PORT = '4000', DEVELOPER_TOKEN, CONTROL = 'off' } = process.env;
const control = CONTROL === 'on';

const emulator = await startEmulator({
  host: HOST,
  port: Number(PORT),
  developerToken: DEVELOPER_TOKEN,
  control,
});

// Before the line below: who reads it may send a signal at once.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => emulator.close().then(() => process.exit(0)));
}

process.stdout.write(`${JSON.stringify({ event: 'listening', url: emulator.url, control })}\n`);
