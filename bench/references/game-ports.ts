/** Port numbers in turns, from a range that the product is not given; each program begins elsewhere in it. */
export function createPorts(from = 12_000, to = 19_000): () => number {
  let last = from + (process.pid % (to - from))
  return () => {
    last = last >= to ? from : last + 1
    return last
  }
}
