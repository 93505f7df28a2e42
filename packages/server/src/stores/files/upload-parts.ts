/** Whether a list of parts is the upload: each part once, with the ETag that its upload answered. */
import { HatcheryError } from '@hatchery/contract'

interface ListedPart {
  readonly partNumber: number
  readonly etag: string
}

/** Throws `invalid` and names the first part that is wrong. ETags count with and without quotes. */
export function assertPartsMatch(
  count: number,
  uploaded: ReadonlyMap<number, string>,
  listed: readonly ListedPart[],
): void {
  const seen = new Set<number>()
  for (const part of listed) {
    if (seen.has(part.partNumber)) throw invalid(`part ${part.partNumber} is listed twice`)
    seen.add(part.partNumber)
    assertPart(count, uploaded.get(part.partNumber), part)
  }
  for (let number = 1; number <= count; number += 1) {
    if (seen.has(number)) continue
    throw invalid(
      uploaded.has(number)
        ? `part ${number} is not listed`
        : `part ${number} is not listed and was not uploaded`,
    )
  }
}

function assertPart(
  count: number,
  uploaded: string | undefined,
  { partNumber, etag }: ListedPart,
): void {
  if (!Number.isInteger(partNumber) || partNumber < 1 || partNumber > count) {
    throw invalid(`part ${partNumber} does not exist: the parts are 1 to ${count}`)
  }
  if (uploaded === undefined)
    throw invalid(`part ${partNumber} was not uploaded: send it again, then complete`)
  if (bare(etag) === bare(uploaded)) return
  const given = etag === '' ? 'no ETag' : `the ETag ${etag.slice(0, 100)}`
  throw invalid(`part ${partNumber} is listed with ${given}, but its upload answered ${uploaded}`)
}

const bare = (etag: string): string => etag.replace(/^"(.*)"$/, '$1')

const invalid = (problem: string): HatcheryError => new HatcheryError('invalid', problem)
