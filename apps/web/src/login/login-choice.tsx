import type { Provider } from '@cloakroom/contract/providers';
import { LoginLink, useProviders } from '@cloakroom/react';
import { LogIn } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lookOf } from '../button/look.ts';
import { keepLastProvider, lastProviderFirst, readLastProvider } from './last-provider.ts';
import styles from './login-choice.module.css';

/** Offer the way in: one link, or one per provider where there are several. */
export function LoginChoice({ label }: { label: string }): ReactNode {
  const { providers, isPending } = useProviders();
  const { t } = useTranslation();
  if (isPending) return <div className={styles.placeholder} aria-hidden />;
  // The list could not be fetched: the BFF has a default that it needs no name for.
  if (providers === undefined) return <OneProvider label={label} />;
  const redirecting = providers.filter(({ kind }) => kind === 'redirect');
  const [only, ...others] = redirecting;
  if (only === undefined) return <p className={styles.note}>{t('login.none')}</p>;
  if (others.length > 0) return <ManyProviders providers={redirecting} />;
  return <OneProvider provider={only} isDefault={only === providers[0]} label={label} />;
}

function OneProvider(props: { provider?: Provider; isDefault?: boolean; label: string }) {
  const { t } = useTranslation();
  const { provider, isDefault = true, label } = props;
  return (
    <div className={styles.one}>
      <LoginLink
        className={lookOf('primary', styles.large)}
        {...(provider && !isDefault && { provider: provider.id })}
      >
        <LogIn aria-hidden size={22} />
        {label}
      </LoginLink>
      {provider && <p className={styles.note}>{t('login.at', { provider: provider.name })}</p>}
    </div>
  );
}

function ManyProviders({ providers }: { providers: readonly Provider[] }) {
  const { t } = useTranslation();
  const last = readLastProvider();
  return (
    <nav className={styles.many} aria-labelledby="login-choice">
      <p id="login-choice" className={styles.question}>
        {t('login.choose')}
      </p>
      <ul className={styles.list}>
        {lastProviderFirst(providers, last).map(({ id, name }, index) => (
          <li key={id}>
            <LoginLink
              provider={id}
              className={lookOf(index === 0 ? 'primary' : 'secondary', styles.wide)}
              onClick={() => keepLastProvider(id)}
            >
              {t('login.with', { provider: name })}
              {id === last && <small className={styles.last}>{t('login.lastUsed')}</small>}
            </LoginLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
