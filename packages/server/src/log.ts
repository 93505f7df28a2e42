/** The log of the server: one JSON line per thing that happened. */
import { destination, pino } from 'pino'
import type { Log } from './domain/log.ts'

/** Milliseconds until a line is written at the latest: many lines share one write. */
const periodicFlush = 20

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

/** Writes to a descriptor (1 stdout, 2 stderr); what is buffered is written before the program ends. */
export function createLog(level: LogLevel, descriptor: 1 | 2): Log {
  const output = destination({ dest: descriptor, sync: false, minLength: 4_096, periodicFlush })
  process.once('exit', () => output.flushSync())
  const formatters = { level: (label: string) => ({ level: label }) }
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime, formatters }, output)
}

export const silentLog: Log = { info() {}, warn() {}, error() {} }
