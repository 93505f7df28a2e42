/** Bytes as lines. */

export interface LineSplitter {
  /** The lines that `bytes` completes, without their ends (LF or CRLF). */
  push(bytes: Uint8Array): string[]
  /** What is left of a line without an end; undefined where there is nothing. */
  flush(): string | undefined
}

const newline = 10
/** A longer one comes in pieces, so that no program can fill the memory of its reader. */
const longestLineBytes = 1_048_576

/** UTF-8 that is broken across two pieces stays whole; bytes that are none become U+FFFD. */
export function createLineSplitter(): LineSplitter {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  let pieces: Uint8Array[] = []
  let heldBytes = 0

  function take(): string {
    const bytes = pieces.length === 1 ? pieces[0] : joined(pieces, heldBytes)
    pieces = []
    heldBytes = 0
    return decoder.decode(bytes).replace(/\r$/, '')
  }

  function hold(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return
    pieces.push(bytes)
    heldBytes += bytes.byteLength
  }

  return {
    push(bytes) {
      const lines: string[] = []
      let from = 0
      for (;;) {
        const end = bytes.indexOf(newline, from)
        if (end < 0) break
        hold(bytes.subarray(from, end))
        lines.push(take())
        from = end + 1
      }
      hold(bytes.subarray(from))
      if (heldBytes > longestLineBytes) lines.push(take())
      return lines
    },
    flush: () => (heldBytes === 0 ? undefined : take()),
  }
}

function joined(pieces: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.byteLength
  }
  return whole
}
