import type { Outage } from '@cloakroom/react';
import { DoorClosed, WifiOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { RetryLine } from '../retry-line.tsx';
import { NoticeTicket } from '../ticket/notice-ticket.tsx';

/** Say that nobody can tell who is here, and count down to the next try. It is not a logout. */
export function UnavailableScreen({ outage }: { outage: Outage }): ReactNode {
  const { t } = useTranslation();
  const offline = outage.cause === 'offline';
  return (
    <NoticeTicket
      heading={t(`outage.${outage.cause}`)}
      icon={offline ? WifiOff : DoorClosed}
      stamp={offline ? t('stamp.offline') : t('stamp.closed')}
      actions={<RetryLine retryAt={outage.retryAt} />}
    >
      <p>{t(`outage.${outage.cause}Note`)}</p>
    </NoticeTicket>
  );
}
