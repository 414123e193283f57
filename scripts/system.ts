import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** A kind of operating system, as far as the installation of programs differs. */
export type SystemFamily = 'debian' | 'ubuntu' | 'fedora' | 'arch' | 'macos' | 'other';

export interface System {
  family: SystemFamily;
  isRoot: boolean;
}

/** Tell what this machine runs, by `/etc/os-release` where that exists. */
export function detectSystem(): System {
  const isRoot = process.getuid?.() === 0;
  if (platform() === 'darwin') return { family: 'macos', isRoot };
  return { family: familyOf(osRelease()), isRoot };
}

/** Read the family from the text of an os-release file: `ID` first, then `ID_LIKE`. */
export function familyOf(release: string): SystemFamily {
  const fields = new Map(
    [...release.matchAll(/^(\w+)="?([^"\n]*)"?$/gm)].map(([, name, value]) => [name, value ?? '']),
  );
  const ids = `${fields.get('ID') ?? ''} ${fields.get('ID_LIKE') ?? ''}`.split(' ');
  const known: SystemFamily[] = ['ubuntu', 'debian', 'fedora', 'arch'];
  return known.find((family) => ids.includes(family)) ?? 'other';
}

function osRelease(): string {
  try {
    return readFileSync('/etc/os-release', 'utf8');
  } catch {
    return '';
  }
}
