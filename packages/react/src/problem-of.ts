import { problemSchema } from '@cloakroom/contract/problem';
import { ApiError } from './api-error.ts';
import { parseRetryAfter } from './retry-after.ts';

/**
 * Make an `ApiError` of an answer that is not 2xx. Whatever is not problem details of the contract
 * (RFC 9457) is `unexpected_answer`: an error page of some proxy on the way, for instance.
 */
export async function problemOf(response: Response, now = Date.now()): Promise<ApiError> {
  const retryAfter = parseRetryAfter(response.headers.get('Retry-After'), now);
  const problem = problemSchema.safeParse(await readProblem(response));
  if (!problem.success) {
    return new ApiError({ code: 'unexpected_answer', status: response.status, retryAfter });
  }
  return new ApiError({
    code: problem.data.error,
    status: response.status,
    requestId: problem.data.request_id,
    retryAfter,
  });
}

async function readProblem(response: Response): Promise<unknown> {
  if (!/^application\/problem\+json\b/i.test(response.headers.get('Content-Type') ?? '')) {
    return undefined;
  }
  return response.json().catch(() => undefined);
}
