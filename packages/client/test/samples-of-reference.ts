/** The samples that stand in the pages of the reference. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

export interface Sample {
  /** `roomsV2.createRoom` */
  readonly name: string
  readonly code: string
}

const folder = join(import.meta.dirname, '../../../docs/sdk')

export const referenceSamples = (): Sample[] =>
  readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/^```ts sample=([\w.]+)\n(.*?)^```$/gms),
    ].map(([, name = '', code = '']) => ({ name, code })),
  )
