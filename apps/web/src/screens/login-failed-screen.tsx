import type { LoginError } from '@cloakroom/react';
import { CircleAlert, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginChoice } from '../login/login-choice.tsx';
import { NoticeTicket } from '../ticket/notice-ticket.tsx';

/** Say why a login failed and what to do next. Somebody who said no is not told of an error. */
export function LoginFailedScreen({ error }: { error: LoginError }): ReactNode {
  const { t } = useTranslation();
  const cancelled = error === 'access_denied';
  return (
    <NoticeTicket
      heading={t(`loginError.${error}.what`)}
      icon={cancelled ? Undo2 : CircleAlert}
      stamp={cancelled ? t('stamp.cancelled') : t('stamp.void')}
      tone={cancelled ? 'calm' : 'alarm'}
      actions={<LoginChoice label={t('login.retry')} />}
    >
      <p>{t(`loginError.${error}.next`)}</p>
      {!cancelled && error !== 'unknown' && <small>{t('login.code', { code: error })}</small>}
    </NoticeTicket>
  );
}
