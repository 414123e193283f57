import { PATHS } from '@cloakroom/contract/paths';
import { topupSchema } from '@cloakroom/contract/user-info';
import { useState } from 'react';
import { ApiError } from './api-error.ts';
import { useSessionClient } from './session-provider.tsx';

/** The BFF has checked the host; here it only must be a web page, not a `javascript:` of some kind. */
const topupPageSchema = topupSchema.refine(({ topup_url }) => /^https?:/i.test(topup_url));

/** How far a top-up got. */
export type TopupState =
  | { status: 'idle' }
  | { status: 'asking' }
  /** The provider's page is open in another tab. */
  | { status: 'opened' }
  /** The browser let no tab open: show a link to `url`, with `rel="noopener noreferrer"`. */
  | { status: 'blocked'; url: string }
  /** The provider has no such page: hide the button. */
  | { status: 'notSupported' }
  | { status: 'failed'; error: ApiError };

/** Ask for the provider's page for topping up, and open it in a tab of its own. */
export function useTopup(): TopupState & { topUp: () => Promise<void> } {
  const client = useSessionClient();
  const [state, setState] = useState<TopupState>({ status: 'idle' });
  const topUp = async () => {
    setState({ status: 'asking' });
    try {
      const { topup_url: url } = await client.request(PATHS.topup, { schema: topupPageSchema });
      setState(openTab(url) ? { status: 'opened' } : { status: 'blocked', url });
    } catch (error) {
      setState(failure(error));
    }
  };
  return { ...state, topUp };
}

/**
 * Open a page that cannot reach back. `noopener` as a feature of window.open answers null whether or
 * not a tab opened, so the empty tab is cut off by hand before it goes anywhere.
 */
function openTab(address: string): boolean {
  const tab = window.open('', '_blank');
  if (tab === null) return false;
  tab.opener = null;
  tab.location.replace(address);
  return true;
}

function failure(error: unknown): TopupState {
  if (!(error instanceof ApiError)) throw error;
  return error.code === 'not_supported' ? { status: 'notSupported' } : { status: 'failed', error };
}
