import { House, SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { lookOf } from '../button/look.ts';
import { NoticeTicket } from '../ticket/notice-ticket.tsx';
import { useScreen } from '../use-screen.ts';

/** Answer an address that leads nowhere with a way home. */
export function NoSuchPage(): ReactNode {
  const { t } = useTranslation();
  useScreen('noSuchPage');
  return (
    <NoticeTicket
      heading={t('noSuchPage.heading')}
      icon={SearchX}
      stamp={t('stamp.missing')}
      actions={
        <a className={lookOf('primary')} href="/">
          <House aria-hidden size={20} />
          {t('noSuchPage.home')}
        </a>
      }
    >
      <p>{t('noSuchPage.note')}</p>
    </NoticeTicket>
  );
}
