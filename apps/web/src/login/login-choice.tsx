import type { Provider } from '@cloakroom/contract/providers';
import { LoginLink, useProviders } from '@cloakroom/react';
import { LogIn } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { lookOf } from '../button/look.ts';
import styles from './login-choice.module.css';
import { PasswordLogin } from './password-login.tsx';
import { ProviderChoice } from './provider-choice.tsx';

/** Offer the way in: one link, a form where it takes a password, or the choice where there are several. */
export function LoginChoice({ label }: { label: string }): ReactNode {
  const { providers, isPending } = useProviders();
  const { t } = useTranslation();
  if (isPending) return <div className={styles.placeholder} aria-hidden />;
  // The list could not be fetched: the BFF has a default that it needs no name for.
  if (providers === undefined) return <OneProvider label={label} />;
  const [only, ...others] = providers;
  if (only === undefined) return <p className={styles.note}>{t('login.none')}</p>;
  if (others.length > 0) return <SeveralProviders providers={providers} />;
  if (only.kind === 'password') return <PasswordLogin provider={only} />;
  return <OneProvider provider={only} label={label} />;
}

function OneProvider({ provider, label }: { provider?: Provider; label: string }): ReactNode {
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

/** The choice, and in its place the form of a provider that takes a password, once it is chosen. */
function SeveralProviders({ providers }: { providers: readonly Provider[] }): ReactNode {
  const [chosen, setChosen] = useState<Provider>();
  const [left, setLeft] = useState<Provider>();
  if (chosen === undefined) {
    return <ProviderChoice providers={providers} onChoose={setChosen} backFrom={left?.id} />;
  }
  const back = () => {
    setLeft(chosen);
    setChosen(undefined);
  };
  return <PasswordLogin provider={chosen} onBack={back} />;
}
