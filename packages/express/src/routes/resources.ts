import { PATHS } from '@cloakroom/contract/paths';
import type { Request, RequestHandler, Response } from 'express';
import { ApiError } from '../errors.ts';
import { requireSession } from '../middleware/require-session.ts';
import type { ApiAnswer } from '../oauth/api-answer.ts';
import { jsonValue } from '../oauth/json-object.ts';
import type { ProviderRequest } from '../oauth/provider-request.ts';
import type { Providers } from '../oauth/providers.ts';
import { failureOf } from '../proxy/api-failure.ts';
import { clientGone } from '../proxy/client-gone.ts';
import type { ProviderApi } from '../proxy/provider-api.ts';
import { matchResource, passedQuery } from '../proxy/resource-route.ts';
import { queryOf } from '../query.ts';

/** Bytes of an answer: a document may be long. */
const MAX_BYTES = 8 * 1024 * 1024;

/** `ANY /api/provider/<route>`: what the profile lists of the provider's API, and nothing else. */
export function resources(options: {
  providers: Providers;
  callProvider: ProviderApi;
}): RequestHandler {
  return async (req, res) => {
    const session = requireSession(res);
    const provider = options.providers.get(session.record.provider);
    const resource = matchResource(provider.profile.resources, pathOf(req));
    if (resource === undefined) throw new ApiError('not_found');
    const method = req.method === 'HEAD' ? 'GET' : req.method;
    if (!resource.methods.includes(method)) {
      res.set('Allow', resource.methods.join(', '));
      throw new ApiError('method_not_allowed');
    }
    const query = passedQuery(queryOf(req), resource);
    if (query === undefined) throw new ApiError('invalid_request', { reason: 'given twice' });

    const answer = await options.callProvider(session, provider, {
      url: provider.url(resource.path) + query,
      method: method as ProviderRequest['method'],
      maxBytes: MAX_BYTES,
      signal: clientGone(res),
      ...(Buffer.isBuffer(req.body) && {
        body: req.body,
        headers: { 'content-type': 'application/json' },
      }),
    });
    passOn(answer, res);
  };
}

/** As it was sent, not decoded: what is compared is what is forwarded. */
function pathOf({ originalUrl }: Request): string {
  return originalUrl.split('?', 1)[0]?.slice(`${PATHS.resources}/`.length) ?? '';
}

/** JSON of any shape passes as it came; of the provider's headers nothing does. */
function passOn(answer: ApiAnswer, res: Response): void {
  const { status, body } = answer;
  if (status >= 200 && status < 300) {
    const isEmpty = status === 204 || status === 205;
    if (!isEmpty && jsonValue(answer) === undefined)
      throw new ApiError('provider_error', { reason: 'no JSON' });
    res.status(status);
    if (isEmpty) res.end();
    else res.type('application/json').send(body);
    return;
  }
  if (status >= 400 && status < 500 && ![403, 404, 429].includes(status)) {
    throw new ApiError('provider_rejected', { status, reason: `status ${status}` });
  }
  throw failureOf(answer);
}
