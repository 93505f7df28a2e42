/** Port numbers in turns, from a range that the product is not given. */
export function createPorts(from = 12_000, to = 19_000): () => number {
  let last = from
  return () => {
    last = last >= to ? from : last + 1
    return last
  }
}
