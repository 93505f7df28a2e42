/** The tokens of game servers: the process' id and a signature of it, so that nothing has to be stored or revoked. */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { ProcessTokens } from '../domain/process-token.ts'

/** What the key is for; another label gives another key. */
const label = 'hatchery process token'

const form = /^hathora_ps_([\w-]{1,100})_([0-9a-f]{64})$/

/** `secret`: random bytes of this installation. The key is derived from it, so they may sign other things too. */
export function createProcessTokens(secret: Uint8Array): ProcessTokens {
  const key = new Uint8Array(hkdfSync('sha256', secret, '', label, 32))
  const sign = (processId: string): string =>
    createHmac('sha256', key).update(processId).digest('hex')
  return {
    tokenOf: (processId) => `hathora_ps_${processId}_${sign(processId)}`,
    processIdOf(token) {
      const [, processId, signature] = form.exec(token) ?? []
      if (processId === undefined || signature === undefined) return undefined
      const isOurs = timingSafeEqual(Buffer.from(signature), Buffer.from(sign(processId)))
      return isOurs ? processId : undefined
    },
  }
}
