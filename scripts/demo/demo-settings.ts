/** What can be set for the demo. */
export interface DemoSettings {
  /** Where the search for a free port begins. */
  port: number;
  providerPort: number;
  /** Show the logs on the screen too. */
  isVerbose: boolean;
  /** Serve the provider's control API. */
  hasControl: boolean;
  /** Offer every provider of the emulator, not only the first. */
  hasAllProviders: boolean;
  redisUrl: string | undefined;
}

/**
 * Read the settings of the demo from the environment.
 *
 * @throws when a port is none
 */
export function readDemoSettings(env: NodeJS.ProcessEnv): DemoSettings {
  return {
    port: readPort('PORT', env.PORT || '3000'),
    providerPort: readPort('DEMO_PROVIDER_PORT', env.DEMO_PROVIDER_PORT || '4000'),
    isVerbose: env.DEMO_VERBOSE === '1',
    // Where all are offered, that is how the demo is registered at them.
    hasControl: env.DEMO_CONTROL === 'on' || env.DEMO_PROVIDERS === 'all',
    hasAllProviders: env.DEMO_PROVIDERS === 'all',
    redisUrl: env.REDIS_URL || undefined,
  };
}

function readPort(name: string, text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port between 1 and 65535, not ${text}`);
}
