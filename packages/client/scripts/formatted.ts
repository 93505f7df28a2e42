import { readFileSync } from 'node:fs'
import { format } from 'oxfmt'

const formatting = new URL('../../../.oxfmtrc.json', import.meta.url)

/** Code as all of the repository is formatted. Throws where it is no code. */
export async function formatted(name: string, text: string): Promise<string> {
  const options = JSON.parse(readFileSync(formatting, 'utf8')) as Record<string, unknown>
  const { code, errors } = await format(name, text, options)
  if (errors.length > 0) throw new Error(`${name} cannot be formatted: ${JSON.stringify(errors)}`)
  return code
}
