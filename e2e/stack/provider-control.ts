import type { FaultKind, IssuedSecret } from '@cloakroom/emulator';

/** What the matrix asks of a provider, whoever plays it. What is absent has no meaning there. */
export interface ProviderControl {
  reset(): void;
  registerApp(request: { name: string; redirectUri: string }): {
    clientId: string;
    clientSecret: string;
  };
  addFault(fault: {
    endpoint: string;
    kind: FaultKind;
    status?: number | undefined;
    times?: number | undefined;
  }): void;
  clearFaults(): void;
  stats(): { calls: Record<string, number> };
  issuedSecrets(): readonly IssuedSecret[];
  revokeGrants?(): unknown;
  expireAccessTokens?(): unknown;
}
