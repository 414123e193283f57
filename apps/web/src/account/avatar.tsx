import type { SessionUser } from '@cloakroom/contract/session';
import { UserRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import styles from './avatar.module.css';
import { greetingName } from './greeting-name.ts';
import { initialsOf } from './initials.ts';

/**
 * Show a user's picture, or initials. Only a picture that this origin may load: the page's policy lets
 * no other through, and to fetch one elsewhere would tell that host who is here.
 */
export function Avatar({ user }: { user: SessionUser }): ReactNode {
  const [broken, setBroken] = useState<string>();
  const picture = user.avatar_url;
  if (picture && picture !== broken && isOwnPicture(picture)) {
    return (
      <img className={styles.avatar} src={picture} alt="" onError={() => setBroken(picture)} />
    );
  }
  return (
    <span className={styles.avatar} aria-hidden>
      {initialsOf(greetingName(user) ?? '') || <UserRound size={28} strokeWidth={1.5} />}
    </span>
  );
}

function isOwnPicture(address: string): boolean {
  if (address.startsWith('data:image/')) return true;
  return URL.canParse(address, location.href)
    ? new URL(address, location.href).origin === location.origin
    : false;
}
