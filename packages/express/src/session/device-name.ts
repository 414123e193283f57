import Bowser from 'bowser';

/** Name a device as its user would: "Chrome on Linux". The version says nothing to them. */
export function deviceName(userAgent: string | undefined): string {
  if (!userAgent) return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent.slice(0, 512));
  return [browser.name, os.name].filter(Boolean).join(' on ') || 'Unknown device';
}
