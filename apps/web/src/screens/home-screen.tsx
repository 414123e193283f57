import { type SessionState, useProviders, useSession } from '@cloakroom/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../navigation/place.ts';
import { type ScreenName, useScreen } from '../use-screen.ts';
import { CheckingScreen } from './checking-screen.tsx';
import { ExpiredScreen } from './expired-screen.tsx';
import { FarewellScreen } from './farewell-screen.tsx';
import { LoginFailedScreen } from './login-failed-screen.tsx';
import { SessionsScreen } from './sessions-screen.tsx';
import { SignedInScreen } from './signed-in-screen.tsx';
import { SignedOutScreen } from './signed-out-screen.tsx';
import { UnavailableScreen } from './unavailable-screen.tsx';

/** Show who is here: one screen per session state, and one per place for somebody who is signed in. */
export function HomeScreen({ place }: { place: Place }): ReactNode {
  const state = useSession();
  // Asked for at once, so that a chooser is there together with the first screen.
  useProviders();
  const screen = screenOf(state, place);
  useScreen(screen);
  const { t } = useTranslation();
  return (
    <>
      <p className="visually-hidden" aria-live="polite">
        {t(`title.${screen}`)}
      </p>
      <Screen state={state} place={place} />
    </>
  );
}

function Screen({ state, place }: { state: SessionState; place: Place }): ReactNode {
  switch (state.status) {
    case 'checking':
      return <CheckingScreen />;
    case 'signedIn':
      if (place === 'sessions') return <SessionsScreen state={state} />;
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

function screenOf(state: SessionState, place: Place): ScreenName {
  if (state.status === 'signedIn' && place === 'sessions') return 'sessions';
  if (state.status !== 'signedOut') return state.status;
  if (state.loginError) return 'loginFailed';
  return state.farewell ? 'farewell' : 'signedOut';
}
