/** The entries of an archive, and where they become too many or too much. */
import { type UnpackLimits, sizeText } from './limits.ts'
import { entryRefusal, refusal } from './refusal.ts'
import type { TarEntry } from './tar-entries.ts'

/** Says how far it is each time this much more was written. */
const sayEveryBytes = 512 * 1_048_576
/** Of all names together: they are kept in memory. */
const mostNameLength = 64 * 1_048_576

/** The entries, until they are too many or too much; says how far it is. */
export async function* limited(
  all: AsyncIterable<TarEntry>,
  limits: UnpackLimits,
  say: (line: string) => void,
): AsyncIterable<TarEntry> {
  let entries = 0
  let written = 0
  let nameLength = 0
  for await (const entry of all) {
    entries += 1
    nameLength += entry.name.length + entry.target.length
    if (entries > limits.mostEntries) throw tooMany(limits)
    if (nameLength > mostNameLength) throw refusal('the archive has too many long names')
    const before = written
    written += entry.sizeBytes
    if (written > limits.mostBytes) {
      throw entryRefusal(
        entry.name,
        `makes the archive larger than ${sizeText(limits.mostBytes)} unpacked, which is the most`,
      )
    }
    yield entry
    if (Math.floor(written / sayEveryBytes) > Math.floor(before / sayEveryBytes))
      say(`unpacked ${sizeText(written)} so far`)
  }
}

export const tooMany = ({ mostEntries }: UnpackLimits): Error =>
  refusal(`the archive has more than ${mostEntries} entries, which is the most`)
