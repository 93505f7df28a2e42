/** Structured log lines: one for each thing that happened, at the place that decided it. No secret ever goes in. */
export interface Log {
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}
