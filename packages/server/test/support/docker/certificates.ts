/** Certificates for an engine behind TLS and for its client, signed by an authority of the test's own. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes `server/` and `client/`, each with ca.pem, cert.pem and key.pem; answers the client's folder. */
export function writeCertificates(folder: string, address: string): string {
  const authority = join(folder, 'authority')
  makeKeyAnd(authority, ['req', '-x509', '-days', '2', '-subj', '/CN=authority'])
  sign({ folder: join(folder, 'server'), authority, extensions: `subjectAltName=IP:${address}` })
  sign({ folder: join(folder, 'client'), authority, extensions: 'extendedKeyUsage=clientAuth' })
  return join(folder, 'client')
}

interface Signing {
  readonly folder: string
  readonly authority: string
  readonly extensions: string
}

function sign({ folder, authority, extensions }: Signing): void {
  makeKeyAnd(folder, ['req', '-subj', '/CN=hatchery-test'])
  writeFileSync(join(folder, 'extensions'), `${extensions}\n`)
  openssl(folder, [
    ...['x509', '-req', '-days', '2', '-in', 'cert.pem', '-out', 'cert.pem'],
    ...['-CA', join(authority, 'cert.pem'), '-CAkey', join(authority, 'key.pem')],
    ...['-CAcreateserial', '-extfile', 'extensions'],
  ])
  openssl(folder, ['x509', '-in', join(authority, 'cert.pem'), '-out', 'ca.pem'])
}

function makeKeyAnd(folder: string, command: readonly string[]): void {
  mkdirSync(folder, { recursive: true })
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl(folder, [...command, ...curve, '-keyout', 'key.pem', '-out', 'cert.pem'])
}

const openssl = (cwd: string, args: readonly string[]): void =>
  void execFileSync('openssl', args, { cwd, stdio: 'ignore' })
