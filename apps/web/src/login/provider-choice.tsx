import type { Provider } from '@cloakroom/contract/providers';
import { LoginLink } from '@cloakroom/react';
import { KeyRound, LogIn } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lookOf } from '../button/look.ts';
import { useFocusOnArrival } from '../use-focus-on-arrival.ts';
import { keepLastProvider, lastProviderFirst, readLastProvider } from './last-provider.ts';
import { hasNamesake } from './namesakes.ts';
import styles from './provider-choice.module.css';

/** What a choice of providers takes. */
export interface ProviderChoiceProps {
  providers: readonly Provider[];
  /** One that takes a password was chosen: its form is shown here. */
  onChoose: (provider: Provider) => void;
  /** Id of the one whose form somebody comes back from. */
  backFrom?: string | undefined;
}

/** Offer several providers, the last one first. Those that take a password are asked for it here. */
export function ProviderChoice({ providers, onChoose, backFrom }: ProviderChoiceProps): ReactNode {
  const { t } = useTranslation();
  const last = readLastProvider();
  const wayBack = useFocusOnArrival<HTMLButtonElement>(true);
  return (
    <nav className={styles.choice} aria-labelledby="login-choice">
      <p id="login-choice" className={styles.question}>
        {t('login.choose')}
      </p>
      <ul className={styles.list}>
        {lastProviderFirst(providers, last).map((provider, index) => {
          const { id, kind } = provider;
          const look = lookOf(index === 0 ? 'primary' : 'secondary', styles.wide);
          const name = (
            <ProviderName
              provider={provider}
              hasNamesake={hasNamesake(provider, providers)}
              isLast={id === last}
            />
          );
          return (
            <li key={id}>
              {kind === 'redirect' ? (
                <LoginLink provider={id} className={look} onClick={() => keepLastProvider(id)}>
                  {name}
                </LoginLink>
              ) : (
                <button
                  type="button"
                  ref={id === backFrom ? wayBack : undefined}
                  className={look}
                  onClick={() => onChoose(provider)}
                >
                  {name}
                </button>
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

function ProviderName(props: {
  provider: Provider;
  hasNamesake: boolean;
  isLast: boolean;
}): ReactNode {
  const { t } = useTranslation();
  const { provider, isLast } = props;
  const Icon = provider.kind === 'redirect' ? LogIn : KeyRound;
  return (
    <>
      <Icon aria-hidden size={20} />
      <span>
        {t('login.with', { provider: provider.name })}
        {props.hasNamesake && <small className={styles.id}> {provider.id}</small>}
      </span>
      {isLast && <small className={styles.last}>{t('login.lastUsed')}</small>}
    </>
  );
}
