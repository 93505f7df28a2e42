/** The known name that a mistyped one probably means. */

/**
 * The candidate nearest to `word`; undefined when none is near. Upper case, signs and our prefix do not count, so
 * `--publicUrl` is near `--public-url`; a name without its section (`--grace-seconds`) counts as near.
 */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const plain = plainOf(word)
  let best: string | undefined
  let bestDistance = Math.max(2, Math.floor(plain.length / 4)) + 1
  for (const candidate of candidates) {
    const distance = distanceOf(plain, plainOf(candidate))
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

const plainOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^hatchery/, '')

const distanceOf = (word: string, candidate: string): number =>
  word.length >= 4 && candidate.endsWith(word) && candidate !== word ? 1 : edits(word, candidate)

/** Levenshtein's distance: letters to change, add or drop. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [index, letter] of from.split('').entries()) {
    const next = [index + 1]
    for (const [column, other] of to.split('').entries()) {
      const change = (row[column] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
