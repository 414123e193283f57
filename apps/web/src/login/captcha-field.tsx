import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../form/text-field.tsx';

/** Longer than any token of today; the BFF takes no more. */
const LONGEST = 8192;

/**
 * Ask for the token of the provider's captcha as text. The page's policy lets no script of another site
 * in, so the puzzle itself cannot be shown.
 */
export function CaptchaField(): ReactNode {
  const { t } = useTranslation();
  return (
    <TextField
      name="captcha"
      label={t('captcha.label')}
      note={t('captcha.note')}
      autoComplete="off"
      maxLength={LONGEST}
    />
  );
}
