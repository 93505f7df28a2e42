/** What a reader hands out piece by piece, with a place that somebody else may have when the reader is done. */

/** Calls `leave` at the end of `pieces`, when the reader stops or fails, and also where the reader never began. */
export function leavingAtTheEnd<Piece>(
  pieces: AsyncGenerator<Piece, void>,
  leave: () => void,
): AsyncIterable<Piece> {
  async function step(): Promise<IteratorResult<Piece, void>> {
    try {
      const result = await pieces.next()
      if (result.done === true) leave()
      return result
    } catch (error) {
      leave()
      throw error
    }
  }
  async function stop(): Promise<IteratorResult<Piece, void>> {
    leave()
    return await pieces.return()
  }
  return { [Symbol.asyncIterator]: () => ({ next: step, return: stop }) }
}
