/** A chatty game without the game: appends lines to a file at an even rate, each with the time it was written. */
import { closeSync, openSync, writeSync } from 'node:fs'
import { answer, argumentOf, serveQuestions } from '../lib/child-side.ts'

export interface LogWriterOptions {
  readonly file: string
  readonly linesPerSecond: number
}

const { file, linesPerSecond } = argumentOf<LogWriterOptions>()
const everyMs = 5
const padding = 'x'.repeat(60)

serveQuestions({ write })
answer({})

/** Writes for some seconds; answers how many lines it were. */
async function write(): Promise<number> {
  const descriptor = openSync(file, 'a')
  const began = performance.now()
  let lines = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const seconds = (performance.now() - began) / 1_000
      const wanted = Math.floor(Math.min(seconds, 4) * linesPerSecond)
      const now = Number(process.hrtime.bigint()) / 1e6
      const text = `${now.toFixed(3)} ${padding}\n`
      writeSync(descriptor, text.repeat(Math.max(0, wanted - lines)))
      lines = Math.max(lines, wanted)
      if (seconds < 4) return
      clearInterval(timer)
      resolve()
    }, everyMs)
  })
  closeSync(descriptor)
  return lines
}
