import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A certificate authority that nobody knows but who is given its file. Everything is a file. */
export interface CertificateAuthority {
  /** Its own certificate. */
  file: string;
  /** Sign a certificate for a host name. */
  sign(host: string): { cert: string; key: string };
  remove(): void;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export function makeAuthority(): CertificateAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'cloakroom-ca-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const [file, caKey] = [at('ca.pem'), at('ca.key')];
  const named = ['-subj', '/CN=A test authority', '-days', '2'];
  openssl('req', '-x509', ...NEW_KEY, ...named, '-keyout', caKey, '-out', file);
  return {
    file,
    sign(host) {
      const [cert, key, request] = [at(`${host}.pem`), at(`${host}.key`), at(`${host}.csr`)];
      openssl('req', ...NEW_KEY, '-subj', `/CN=${host}`, '-keyout', key, '-out', request);
      writeFileSync(at('names'), `subjectAltName=DNS:${host}\n`);
      const by = ['-CA', file, '-CAkey', caKey, '-CAcreateserial', '-extfile', at('names')];
      openssl('x509', '-req', '-in', request, ...by, '-days', '2', '-out', cert);
      return { cert, key };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
