/** In place of Google: publishes a key and signs ID tokens with it. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT, exportJWK, generateKeyPair } from 'jose'
import { onTestFinished } from 'vitest'

const issuer = 'https://accounts.google.com'

export interface IdentityProvider {
  readonly keysUrl: string
  /** How often the keys were asked for. */
  readonly asked: () => number
  /** From now on the keys cannot be read. */
  fail(): void
  /** An ID token; the claims given here stand in place of good ones, undefined leaves one out. */
  idToken(claims?: Readonly<Record<string, unknown>>, signing?: Signing): Promise<string>
}

interface Signing {
  readonly kid?: string
  /** With a key that is not published. */
  readonly withOtherKey?: boolean
}

export async function startIdentityProvider(): Promise<IdentityProvider> {
  const [own, other] = [await generateKeyPair('RS256'), await generateKeyPair('RS256')]
  const keys = [{ ...(await exportJWK(own.publicKey)), kid: 'key-1', alg: 'RS256', use: 'sig' }]
  let asked = 0
  let status = 200
  const server = createServer((_request, response) => {
    asked += 1
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ keys }))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return {
    keysUrl: `http://127.0.0.1:${port}/keys`,
    asked: () => asked,
    fail: () => (status = 500),
    idToken(claims = {}, { kid = 'key-1', withOtherKey = false } = {}) {
      const now = Math.floor(Date.now() / 1_000)
      const good = { iss: issuer, aud: 'client-1', sub: '1098', name: 'Ada', exp: now + 600 }
      return new SignJWT({ iat: now, ...good, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(withOtherKey ? other.privateKey : own.privateKey)
    },
  }
}
