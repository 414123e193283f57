import { useTranslation } from 'react-i18next';
import { deviceOf } from './device.ts';

/** Name devices in the language of the page. */
export function useDeviceName(): (device: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const device = deviceOf(name);
    if (device) return t('sessions.device', { ...device });
    return name === 'Unknown device' ? t('sessions.unknownDevice') : name;
  };
}
