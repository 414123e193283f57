import type { CloakroomStack } from './cloakroom-stack.ts';

/** Stand in for the stack where something deployed is tested: there is an address, and no knobs. */
export function deployedStack(url: string): CloakroomStack {
  const refuse = (): never => {
    throw new Error('There are no knobs behind E2E_BASE_URL: this spec must not be @deployed');
  };
  return {
    url: new URL(url).origin,
    get providerUrl() {
      return refuse();
    },
    get provider() {
      return refuse();
    },
    get store() {
      return refuse();
    },
    get traffic() {
      return refuse();
    },
    stop: async () => {},
  };
}
