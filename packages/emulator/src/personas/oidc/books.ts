import type { AuthorizationCode, KoaContextWithOIDC, Provider } from 'oidc-provider';
import type { Issuer } from './issuer.ts';

/** Write down what the library does: which grants there are, what is given out, what is used up. */
export function keepBooks(issuer: Issuer, provider: Provider): void {
  const { grants, ledger } = issuer;
  provider.on('authorization_code.saved', (code) => openGrant(issuer, code));
  provider.on('authorization_code.consumed', ({ jti }) => grants.noteSpent(jti));
  provider.on('access_token.saved', ({ jti }) => ledger.note('access_token', jti));
  provider.on('refresh_token.saved', ({ jti, grantId = '' }) => {
    ledger.note('refresh_token', jti);
    grants.noteRefreshToken(jti, grantId);
  });
  provider.on('refresh_token.consumed', ({ jti }) => grants.noteSpent(jti));
  provider.on('grant.success', ({ oidc }) => {
    const isRefresh = oidc.params?.grant_type === 'refresh_token';
    if (isRefresh) grants.noteRefresh(oidc.entities.Grant?.jti ?? '');
  });
  provider.on('grant.error', (ctx, { error }) => {
    if (error === 'invalid_grant') grants.noteRefusal(presented(ctx));
  });
  provider.on('grant.revoked', (_ctx, grantId) => grants.noteRevoked(grantId));
  provider.on('end_session.success', ({ oidc }) => {
    // Without `logout` somebody chose to stay signed in here.
    if (oidc.params?.logout) grants.endSession(oidc.entities.Session?.uid ?? '');
  });
}

function openGrant({ grants, ledger, users }: Issuer, code: AuthorizationCode): void {
  const { jti, grantId = '', accountId, clientId = '', scope = '', sessionUid = '' } = code;
  const user = users.all().find(({ sub }) => sub === accountId);
  ledger.note('code', jti);
  grants.open({
    id: grantId,
    username: user?.username ?? '',
    clientId,
    scope,
    sessionUid,
    created: Date.now(),
  });
}

function presented({ oidc }: KoaContextWithOIDC): { code?: string; refreshToken?: string } {
  const { code = '', refresh_token: refreshToken = '' } = oidc.params ?? {};
  return { code: String(code), refreshToken: String(refreshToken) };
}
