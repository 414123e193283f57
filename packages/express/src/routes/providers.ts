import { startUrl } from '@cloakroom/contract/paths';
import type { ProviderList } from '@cloakroom/contract/providers';
import type { RequestHandler } from 'express';
import type { Providers } from '../oauth/providers.ts';

/** `GET /auth/providers`: what a sign-in page can offer, the default first. */
export function providers({ providers: onOffer }: { providers: Providers }): RequestHandler {
  const list: ProviderList = [...onOffer].map(({ id, name, profile }) => ({
    id,
    name,
    profile: profile.id,
    kind: profile.kind,
    start_url: profile.kind === 'redirect' ? startUrl({ provider: id }) : null,
  }));
  return (_req, res) => {
    res.json(list);
  };
}
