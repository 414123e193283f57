import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The files of a certificate, and of the key it belongs to. */
export interface Certificate {
  cert: string;
  key: string;
}

/** A certificate authority that nobody knows but who is given its file. Everything is a file. */
export interface CertificateAuthority {
  /** Its own certificate. */
  file: string;
  /**
   * Sign a certificate for a host: a name, or an IP address.
   * @param days that it is valid for; negative: that it has been over for
   */
  sign(host: string, days?: number): Certificate;
  remove(): void;
}

const NEW_KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export function makeAuthority(): CertificateAuthority {
  const folder = mkdtempSync(join(tmpdir(), 'cloakroom-ca-'));
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const [ca, caKey] = [at('ca.pem'), at('ca.key')];
  const named = ['-subj', '/CN=A test authority', '-days', '2'];
  openssl('req', '-x509', ...NEW_KEY, ...named, '-keyout', caKey, '-out', ca);
  return {
    file: ca,
    sign(host, days = 2) {
      const file = (ending: string) => at(`${host}.${days}.${ending}`);
      const [cert, key, request] = [file('pem'), file('key'), file('csr')];
      openssl('req', ...NEW_KEY, '-subj', `/CN=${host}`, '-keyout', key, '-out', request);
      writeFileSync(at('names'), `subjectAltName=${isIP(host) ? 'IP' : 'DNS'}:${host}\n`);
      const by = ['-CA', ca, '-CAkey', caKey, '-CAcreateserial', '-extfile', at('names')];
      openssl('x509', '-req', '-in', request, ...by, '-days', String(days), '-out', cert);
      return { cert, key };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
