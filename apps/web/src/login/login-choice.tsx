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
  const redirecting = providers?.filter(({ kind }) => kind === 'redirect') ?? [];
  if (isPending) return <div className={styles.placeholder} aria-hidden />;
  if (redirecting.length > 1) return <ManyProviders providers={redirecting} />;
  return <OneProvider provider={redirecting[0]} label={label} />;
}

function OneProvider({ provider, label }: { provider: Provider | undefined; label: string }) {
  const { t } = useTranslation();
  return (
    <div className={styles.one}>
      <LoginLink className={lookOf('primary', styles.large)}>
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
