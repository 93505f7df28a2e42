/** Failures for the person at the keyboard: what was wrong, the way out, and the exit code. */
import { ownerOf } from './ports.ts'

export class Failure extends Error {
  override readonly name = 'Failure'
  /** The command to type next. */
  readonly attempt: string | undefined
  readonly exitCode: number

  constructor(message: string, options: { attempt?: string; exitCode: number }) {
    super(message)
    this.attempt = options.attempt
    this.exitCode = options.exitCode
  }
}

/** Any error as lines for stderr and an exit code. Errors nobody foresaw show where they came from. */
export function report(error: unknown): { lines: string[]; exitCode: number } {
  if (error instanceof Failure) {
    const attempt = error.attempt === undefined ? [] : [`try:   ${error.attempt}`]
    return { lines: [`error: ${error.message}`, ...attempt], exitCode: error.exitCode }
  }
  if (isNamed(error, 'ConfigError')) {
    const problems = error.message.split('\n').map((problem) => `error: ${problem}`)
    return { lines: [...problems, 'try:   hatchery serve --help'], exitCode: 2 }
  }
  if (isPortTaken(error)) return portTaken(error.port)
  if (isNamed(error, 'HatcheryError')) return { lines: [`error: ${error.message}`], exitCode: 1 }
  return {
    lines: [`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`],
    exitCode: 1,
  }
}

/** By name: the classes live in the server, which most commands never load. */
const isNamed = (error: unknown, name: string): error is Error =>
  error instanceof Error && error.name === name

const isPortTaken = (error: unknown): error is { port: number } =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' && 'port' in error

function portTaken(port: number): { lines: string[]; exitCode: number } {
  const owner = ownerOf(port) ?? 'another program'
  return {
    lines: [`error: port ${port} is used by ${owner}`, `try:   hatchery serve --port ${port + 1}`],
    exitCode: 1,
  }
}
