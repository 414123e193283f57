import { Shirt } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoginChoice } from '../login/login-choice.tsx';
import { NoticeTicket } from '../ticket/notice-ticket.tsx';

/** Confirm a logout, made in this tab or in another one. */
export function FarewellScreen({ where }: { where: 'here' | 'elsewhere' }): ReactNode {
  const { t } = useTranslation();
  return (
    <NoticeTicket
      heading={t(`farewell.${where}`)}
      icon={Shirt}
      stamp={t('stamp.returned')}
      actions={<LoginChoice label={t('login.again')} />}
    >
      <p>{t(`farewell.${where}Note`)}</p>
    </NoticeTicket>
  );
}
