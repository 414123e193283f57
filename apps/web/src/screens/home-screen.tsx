import { type SessionState, useProviders, useSession } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type ScreenName, useScreen } from '../use-screen.ts';
import { CheckingScreen } from './checking-screen.tsx';
import { ExpiredScreen } from './expired-screen.tsx';
import { FarewellScreen } from './farewell-screen.tsx';
import { LoginFailedScreen } from './login-failed-screen.tsx';
import { SignedInScreen } from './signed-in-screen.tsx';
import { SignedOutScreen } from './signed-out-screen.tsx';
import { UnavailableScreen } from './unavailable-screen.tsx';

/** Show who is here: one screen per session state. */
export function HomeScreen(): ReactNode {
  const state = useSession();
  // Asked for at once, so that a chooser is there together with the first screen.
  useProviders();
  const screen = screenOf(state);
  useScreen(screen);
  const { t } = useTranslation();
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {t(`title.${screen}`)}
      </p>
      <Screen state={state} />
    </>
  );
}

function Screen({ state }: { state: SessionState }): ReactNode {
  switch (state.status) {
    case 'checking':
      return <CheckingScreen />;
    case 'signedIn':
      return <SignedInScreen state={state} />;
    case 'expired':
      return <ExpiredScreen previous={state.previous} />;
    case 'unavailable':
      return <UnavailableScreen outage={state} />;
    case 'signedOut':
      if (state.loginError) return <LoginFailedScreen error={state.loginError} />;
      return state.farewell ? <FarewellScreen where={state.farewell} /> : <SignedOutScreen />;
  }
}

function screenOf(state: SessionState): ScreenName {
  if (state.status !== 'signedOut') return state.status;
  if (state.loginError) return 'loginFailed';
  return state.farewell ? 'farewell' : 'signedOut';
}
