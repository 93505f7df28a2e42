/** Colours of tables. They say nothing that the words do not say. */
import { createColors } from 'picocolors'

export interface Paint {
  header(line: string): string
  /** A cell, padded, of the column of this name. */
  cell(column: string, text: string): string
  /** The word before an error. */
  error(word: string): string
}

export function createPaint(colour: boolean): Paint {
  const { dim, green, red, blue, magenta } = createColors(colour)
  const tones: Readonly<Record<string, (text: string) => string>> = {
    ...{ running: green, succeeded: green, active: green },
    ...{ starting: blue, created: blue, draining: magenta },
    ...{ stopping: dim, stopped: dim, revoked: dim, destroyed: dim, failed: red },
  }
  return {
    header: dim,
    cell: (column, text) => (column === 'status' ? (tones[text.trim()]?.(text) ?? text) : text),
    error: red,
  }
}
