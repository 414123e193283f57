/** What the BFF says of a device, "Chrome on Linux", in parts that each language puts together. */
export interface Device {
  browser: string;
  system: string;
}

/** Take the name of a device apart; `undefined` where it names no browser and no system. */
export function deviceOf(name: string): Device | undefined {
  const [, browser, system] = /^(.+) on (.+)$/.exec(name) ?? [];
  return browser && system ? { browser, system } : undefined;
}

/** Tell whether it is a phone or a tablet. */
export function isHandheld({ system }: Device): boolean {
  return /^(Android|iOS|iPadOS|HarmonyOS|Windows Phone|KaiOS)$/i.test(system);
}
