/** The only place of the command line that reads the environment. */
export type Environment = Readonly<Record<string, string | undefined>>

export const environment: Environment = process.env

/** Colours only on a terminal, never with NO_COLOR. */
export const usesColour = (stream: { isTTY?: boolean }): boolean =>
  stream.isTTY === true && (environment['NO_COLOR'] ?? '') === ''
