import type { AuthenticatedSession } from '@cloakroom/contract/session';
import { Hourglass } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { greetingName } from '../account/greeting-name.ts';
import { LoginChoice } from '../login/login-choice.tsx';
import { NoticeTicket } from '../ticket/notice-ticket.tsx';

/** Tell somebody that the session ended by itself, and who they were. */
export function ExpiredScreen({ previous }: { previous: AuthenticatedSession }): ReactNode {
  const { t } = useTranslation();
  const name = greetingName(previous.user);
  return (
    <NoticeTicket
      heading={t('expired.heading')}
      icon={Hourglass}
      stamp={t('stamp.expired')}
      actions={<LoginChoice label={t('login.again')} />}
    >
      <p>{name ? t('expired.who', { name }) : t('expired.nobody')}</p>
    </NoticeTicket>
  );
}
